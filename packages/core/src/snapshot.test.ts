import type { Transaction } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { EntityRow } from "./contract/index.ts";
import { attemptMark, readTransactionSnapshot, toTransactionRow, toTransactionSnapshot } from "./snapshot.ts";
import { anAttempt, anEntity } from "./testing/rows.ts";

const plain = {
  id: "900001",
  state: "FULFILL",
  metaData: {},
  lineItems: [],
  failureReason: null,
  paymentMethodConfiguration: null,
  token: null,
  completionBehavior: "COMPLETE_IMMEDIATELY",
} as unknown as Transaction;

const snapshotOf = (changes: Partial<Transaction>) => toTransactionSnapshot({ ...plain, ...changes });

describe("what is kept of a transaction", () => {
  it("is our mark in its metadata, under a name that payments already carry", () => {
    expect(attemptMark).toBe("checkoutPluginsAttempt");
    expect(snapshotOf({ metaData: { checkoutPluginsAttempt: "attempt-1", other: "x" } }).attempt).toBe("attempt-1");
    expect(snapshotOf({ metaData: { other: "x" } }).attempt).toBeNull();
  });

  it.each([
    [{ "de-DE": "Abgelehnt", "en-US": "Declined" }, "Declined"],
    [{ "de-DE": "Abgelehnt", "fr-FR": "Refusé" }, "Abgelehnt"],
    [{}, null],
  ])("is the reason of a failure in English, else in any language: %j", (description, expected) => {
    const failureReason = { id: "1", category: "END_USER", description, features: [] };
    expect(snapshotOf({ failureReason: failureReason as never }).failureReason).toEqual({
      id: "1",
      category: "END_USER",
      description: expected,
    });
  });

  it("is no reason and no method where there is none", () => {
    expect(snapshotOf({})).toMatchObject({ failureReason: null, method: null });
  });

  it("is the method with the merchant's name and the buyer's titles", () => {
    const resolvedTitle = { "de-DE": "Karte" };
    const paymentMethodConfiguration = { id: "8001", name: "Card", resolvedTitle, version: 4 };
    expect(snapshotOf({ paymentMethodConfiguration: paymentMethodConfiguration as never }).method).toEqual({
      id: "8001",
      name: "Card",
      title: resolvedTitle,
    });
  });

  it.each([
    ["COMPLETE_DEFERRED", true],
    ["COMPLETE_IMMEDIATELY", undefined],
    ["USE_CONFIGURATION", undefined],
  ] as const)("is whether its money waits to be completed: %s", (completionBehavior, deferred) => {
    expect(snapshotOf({ completionBehavior }).deferred).toBe(deferred);
  });

  it("is the token only where there is one", () => {
    expect(snapshotOf({ token: "940001" as never }).token).toBe("940001");
    expect(snapshotOf({})).not.toHaveProperty("token");
  });
});

describe("a record", () => {
  it("of a state that nobody knows is not read", () => {
    const row: EntityRow = { ...anEntity("FULFILL", anAttempt()), snapshot: { state: "SHIPPED" } };
    expect(() => readTransactionSnapshot(row)).toThrow(/900001.*"SHIPPED"/);
  });

  it("of a transaction that was never read is the reading", () => {
    expect(toTransactionRow(undefined, plain)).toMatchObject({
      row: { entity: "transaction", id: "900001", final: true, snapshot: { state: "FULFILL" } },
      stale: false,
    });
    expect(toTransactionRow(undefined, { ...plain, state: "PENDING" }).row.final).toBe(false);
  });
});
