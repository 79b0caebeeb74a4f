import { type TransactionState, transactionStates } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { TransactionRow } from "../state/transaction.ts";
import { canMove, isOpen, isSuccessful, move, transactionTransitions } from "./transaction-machine.ts";

const lifetimes = { authorizationTimeout: 3_600_000, completionTimeout: 432_000_000, endOfLife: 8_640_000_000 };
const at = (state: TransactionState) => ({ id: "1", version: 7, state, processingOn: 5 }) as unknown as TransactionRow;

/** Written out again, from the description of the service, so that the table is compared with something. */
const described = [
  "CREATE PENDING",
  "PENDING PENDING",
  "PENDING CONFIRMED",
  "PENDING FAILED",
  "CONFIRMED PROCESSING",
  "CONFIRMED FAILED",
  "PROCESSING PROCESSING",
  "PROCESSING AUTHORIZED",
  "PROCESSING FAILED",
  "AUTHORIZED AUTHORIZED",
  "AUTHORIZED COMPLETED",
  "AUTHORIZED VOIDED",
  "COMPLETED FULFILL",
  "COMPLETED DECLINE",
];
const pairs = transactionStates.flatMap((from) => transactionStates.map((to) => [from, to] as const));

describe("states of a transaction", () => {
  it.each(pairs)("%s to %s", (from, to) => {
    const isAllowed = described.includes(`${from} ${to}`);
    expect(canMove(from, to)).toBe(isAllowed);
    if (isAllowed) expect(move(at(from), to, 1_000, lifetimes)).toMatchObject({ state: to, version: 8 });
    else expect(() => move(at(from), to, 1_000, lifetimes)).toThrow(`${to} cannot follow ${from}`);
  });

  it("ends in FULFILL, DECLINE, FAILED or VOIDED only", () => {
    const ends = transactionStates.filter((state) => transactionTransitions[state].length === 0);
    expect(ends).toEqual(["FULFILL", "DECLINE", "FAILED", "VOIDED"]);
  });

  it("can be paid while open, and is successful once money is reserved", () => {
    expect(transactionStates.filter(isOpen)).toEqual(["PENDING", "CONFIRMED", "PROCESSING"]);
    expect(transactionStates.filter(isSuccessful)).toEqual(["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE"]);
  });

  it.each([
    ["PENDING", "CONFIRMED", { confirmedOn: 1_000 }],
    ["CONFIRMED", "PROCESSING", { processingOn: 1_000, authorizationTimeoutOn: 3_601_000 }],
    ["PROCESSING", "AUTHORIZED", { authorizedOn: 1_000, completionTimeoutOn: 432_001_000, endOfLife: 8_640_001_000 }],
    ["AUTHORIZED", "COMPLETED", { completedOn: 1_000 }],
    ["COMPLETED", "FULFILL", { deliveryDecisionMadeOn: 1_000 }],
    ["COMPLETED", "DECLINE", { deliveryDecisionMadeOn: 1_000 }],
    ["PROCESSING", "FAILED", { failedOn: 1_000 }],
  ] as const)("%s to %s sets its dates", (from, to, dates) => {
    expect(move(at(from), to, 1_000, lifetimes)).toMatchObject(dates);
  });

  it("keeps its dates while it stays where it is", () => {
    expect(move(at("PROCESSING"), "PROCESSING", 1_000, lifetimes).processingOn).toBe(5);
  });
});
