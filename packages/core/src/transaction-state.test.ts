import { type TransactionState, transactionStates } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { isAhead, isFinal, isForward } from "./transaction-state.ts";

const path: readonly TransactionState[] = [
  "CREATE",
  "PENDING",
  "CONFIRMED",
  "PROCESSING",
  "AUTHORIZED",
  "COMPLETED",
  "FULFILL",
];

/** Every state that may be read after each state, itself included: the service's table, with steps missed. */
const followers: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  CREATE: transactionStates,
  PENDING: ["PENDING", "CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"],
  CONFIRMED: ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"],
  PROCESSING: ["PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"],
  AUTHORIZED: ["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"],
  COMPLETED: ["COMPLETED", "FULFILL", "DECLINE", "FAILED"],
  FULFILL: ["FULFILL"],
  DECLINE: ["DECLINE"],
  FAILED: ["FAILED"],
  VOIDED: ["VOIDED"],
};

describe("isForward", () => {
  it.each(transactionStates.flatMap((from) => transactionStates.map((to) => [from, to] as const)))(
    "%s, then %s",
    (from, to) => {
      expect(isForward(from, to)).toBe(followers[from].includes(to));
    },
  );

  it("lets every step of the path be missed", () => {
    for (const [index, from] of path.entries()) {
      for (const to of path.slice(index + 1)) expect(isForward(from, to)).toBe(true);
      if (!isFinal(from)) expect(isForward(from, "DECLINE")).toBe(true);
    }
  });
});

describe("isAhead", () => {
  it("is not true of the same state, nor of an older one", () => {
    expect(isAhead("FULFILL", "FULFILL")).toBe(false);
    expect(isAhead("AUTHORIZED", "FULFILL")).toBe(false);
    expect(isAhead("FULFILL", "AUTHORIZED")).toBe(true);
  });
});
