import type { Decimal, Instant, TransactionState } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { byGoverning, keepsMoney, type ReadAttempt, toReadAttempt } from "./attempt.ts";
import type { AttemptId, AttemptRow } from "./contract/index.ts";
import { refusal } from "./failure.ts";
import type { TransactionSnapshot } from "./snapshot.ts";
import { anOperationEntity, minute } from "./testing/operation-rows.ts";
import { anAttempt, anEntity } from "./testing/rows.ts";

function read(
  number: number,
  state: TransactionState,
  changes: Partial<TransactionSnapshot> = {},
  row: Partial<AttemptRow> = {},
): ReadAttempt {
  const attempt = anAttempt(number, row);
  return toReadAttempt(attempt, [anEntity(state, attempt, changes)]);
}

const givenBack = { refundedAmount: "29.95" as Decimal };

/** Ids, best first, of the same attempts in whatever order they come. */
function order(attempts: readonly ReadAttempt[], isAgreed = (_: ReadAttempt) => true): readonly string[] {
  const ids = (given: readonly ReadAttempt[]) => byGoverning(given, isAgreed).map(({ row }) => row.id);
  expect(ids(attempts.toReversed())).toEqual(ids(attempts));
  return ids(attempts);
}

describe("money is kept", () => {
  it.each<[string, boolean, TransactionState, Partial<TransactionSnapshot>]>([
    ["while it is reserved", true, "AUTHORIZED", {}],
    ["while it is reserved, whatever is said of refunds", true, "AUTHORIZED", givenBack],
    ["once it is taken", true, "FULFILL", {}],
    ["after a refund in part", true, "FULFILL", { refundedAmount: "29.94" as Decimal }],
    ["not after a refund as a whole", false, "FULFILL", givenBack],
    ["where the service tells no refunds", true, "FULFILL", { refundedAmount: null }],
    ["where it tells no completions", true, "COMPLETED", { completedAmount: null, refundedAmount: "29.94" as Decimal }],
    [
      "not when all that was completed went back",
      false,
      "FULFILL",
      { completedAmount: "10.00" as Decimal, refundedAmount: "10.00" as Decimal },
    ],
    ["not while it is open", false, "PROCESSING", {}],
    [
      "not while it is open and no amounts are told",
      false,
      "PROCESSING",
      { completedAmount: null, refundedAmount: null },
    ],
    ["not when it failed", false, "FAILED", {}],
  ])("%s", (_, expected, state, changes) => {
    expect(keepsMoney(read(1, state, changes))).toBe(expected);
  });

  it("not by an attempt of which nothing was read", () => {
    expect(keepsMoney(toReadAttempt(anAttempt(), []))).toBe(false);
  });
});

describe("an attempt", () => {
  it("is read from its own transaction, and from no other entity of that id", () => {
    const row = anAttempt(1);
    const other = { ...anOperationEntity("refund", "900001"), id: "900001" as never };
    const { attempt } = toReadAttempt(row, [other, anEntity("PENDING", anAttempt(2)), anEntity("FULFILL", row)]);
    expect(attempt.state).toBe("fulfilled");
    expect(toReadAttempt(row, [anEntity("FULFILL", anAttempt(2))]).attempt.state).toBe("created");
  });

  const charge = { shopKey: "charge-1" as never, refusal: refusal("unknownMeans", "en", "The card has gone.") };
  it.each<[TransactionState, string, string | undefined]>([
    ["PENDING", "failed", "unknownMeans"],
    ["CONFIRMED", "failed", "unknownMeans"],
    ["PROCESSING", "processing", undefined],
    ["FULFILL", "fulfilled", undefined],
  ])("whose charge was refused has failed, unless it is charged all the same: %s", (state, expected, code) => {
    const { attempt } = read(1, state, {}, { charge });
    expect(attempt.state).toBe(expected);
    expect(attempt.failure?.code).toBe(code);
  });

  it("whose charge was refused before anything was read has failed", () => {
    expect(toReadAttempt(anAttempt(1, { charge }), []).attempt).toMatchObject({ state: "failed", authorizedOn: null });
  });

  it("says that its money waits only where it does", () => {
    expect(read(1, "AUTHORIZED", { deferred: true }).attempt.deferred).toBe(true);
    expect(read(1, "AUTHORIZED").attempt).not.toHaveProperty("deferred");
  });
});

describe("which attempt governs", () => {
  it("goes by what is agreed, taken, reserved, given back, open, and failed", () => {
    const ranked = [
      read(1, "FULFILL"),
      read(2, "AUTHORIZED"),
      read(3, "FULFILL"),
      read(4, "AUTHORIZED"),
      read(5, "FULFILL", givenBack),
      read(6, "PENDING"),
      read(7, "FAILED"),
    ];
    const agreed = new Set(ranked.slice(0, 2));
    expect(order(ranked.toReversed(), (one) => agreed.has(one))).toEqual(ranked.map(({ row }) => row.id));
  });

  it("ranks failed and voided alike, and both before one that is only intended", () => {
    const intended = toReadAttempt(anAttempt(9, { createState: "intended", transaction: null }), []);
    expect(order([read(1, "VOIDED"), read(2, "FAILED"), intended])).toEqual(["attempt-2", "attempt-1", "attempt-9"]);
    expect(order([read(1, "FAILED"), read(2, "VOIDED"), intended])).toEqual(["attempt-2", "attempt-1", "attempt-9"]);
  });

  it.each(["cut", "refused"] as const)("is never one whose create was %s", (createState) => {
    expect(order([read(1, "FAILED"), read(2, "PENDING", {}, { createState })])).toEqual(["attempt-1"]);
  });

  it("is with money the one that was authorized first, else the newest", () => {
    const [early, late] = [{ authorizedOn: minute(3) }, { authorizedOn: minute(4) }];
    expect(order([read(1, "FULFILL", late), read(2, "FULFILL", early)])).toEqual(["attempt-2", "attempt-1"]);
    expect(order([read(1, "FULFILL", early), read(2, "FULFILL", late)])).toEqual(["attempt-1", "attempt-2"]);
    expect(order([read(1, "PENDING", early), read(2, "PENDING", late)])).toEqual(["attempt-2", "attempt-1"]);
  });

  it("is the newest where the service does not say when one was authorized", () => {
    const unknown = { authorizedOn: null };
    expect(order([read(1, "FULFILL", unknown), read(2, "FULFILL", { authorizedOn: minute(1) })])).toEqual([
      "attempt-2",
      "attempt-1",
    ]);
    expect(order([read(1, "FULFILL", { authorizedOn: minute(1) }), read(2, "FULFILL", unknown)])).toEqual([
      "attempt-2",
      "attempt-1",
    ]);
    expect(order([read(1, "FULFILL", unknown), read(2, "FULFILL", unknown)])).toEqual(["attempt-2", "attempt-1"]);
  });

  it("is the newest of two that were authorized at one instant, and the greater id of two of one instant", () => {
    const same = { authorizedOn: minute(3) };
    expect(order([read(1, "FULFILL", same), read(2, "FULFILL", same)])).toEqual(["attempt-2", "attempt-1"]);
    const at = { on: minute(2) as Instant };
    expect(order([read(1, "PENDING", {}, at), read(2, "PENDING", {}, at)])).toEqual(["attempt-2", "attempt-1"]);
    const younger = { on: minute(1), id: "attempt-9" as AttemptId };
    expect(order([read(1, "PENDING", {}, younger), read(2, "PENDING", {}, at)])).toEqual(["attempt-2", "attempt-9"]);
  });
});
