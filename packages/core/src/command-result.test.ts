import type { TransactionState } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { refuseFailed, refuseGivenUp, refuseUnknown, toAttemptResult } from "./command-result.ts";
import type { AttemptId, Payment } from "./contract/index.ts";
import { fold } from "./fold.ts";
import { reference } from "./testing/bench.ts";
import { anAttempt, anEntity, aRow } from "./testing/rows.ts";

const said = { givenBack: "It was given back.", noReason: "No reason is known." };
const attempts = [anAttempt(1), anAttempt(2)];

/** Two attempts, of which the second governs where it has begun. */
function aPayment(first: TransactionState, second: TransactionState, changes: object = {}): Payment {
  const entities = [anEntity(first, anAttempt(1), changes), anEntity(second, anAttempt(2), changes)];
  return fold({ row: aRow(), attempts, commands: [], entities, siblings: [] }).payment;
}

function resultOf(payment: Payment | null, number = 2) {
  return toAttemptResult(`attempt-${number}` as AttemptId, payment, "it-CH", said);
}

describe("what came of an attempt that no buyer is led through", () => {
  it.each(["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE"] as const)("is money once it is %s", (state) => {
    const payment = aPayment("FAILED", state);
    expect(resultOf(payment)).toEqual({ kind: "successful", answer: null, payment });
  });

  it.each(["PENDING", "CONFIRMED", "PROCESSING"] as const)("is pending while it is %s", (state) => {
    const payment = aPayment("FAILED", state);
    expect(resultOf(payment)).toEqual({ kind: "pending", operation: null, payment });
  });

  it("is pending while nothing of it is recorded", () => {
    expect(resultOf(null)).toEqual({ kind: "pending", operation: null, payment: null });
    const payment = aPayment("FULFILL", "FAILED");
    expect(resultOf(payment, 9)).toEqual({ kind: "pending", operation: null, payment });
    expect(resultOf({ ...payment, governing: null }, 9)).toMatchObject({ kind: "pending" });
  });

  it("is that of its own attempt, and not of the one that governs", () => {
    const payment = aPayment("FAILED", "FULFILL");
    expect(resultOf(payment, 1)).toMatchObject({ kind: "failed", payment });
    expect(resultOf(payment, 2)).toMatchObject({ kind: "successful" });
  });

  it("fails for the service's reason, or without one for ours", () => {
    const failureReason = { id: "17", category: "END_USER", name: "Expired", description: "The card is expired." };
    const reasoned = resultOf(aPayment("FAILED", "FAILED", { failureReason }));
    expect(reasoned).toMatchObject({ failure: { code: "declined", merchantMessage: "The card is expired." } });
    const payment = aPayment("FAILED", "FAILED");
    const { governing } = payment;
    if (governing === null) expect.fail("nothing governs");
    expect(resultOf({ ...payment, governing: { ...governing, failure: null } })).toMatchObject({
      failure: {
        code: "declined",
        merchantMessage: said.noReason,
        publicMessage: expect.stringContaining("rifiutato"),
      },
    });
  });

  it("is refused where the money was given back before it was taken", () => {
    const payment = aPayment("FAILED", "VOIDED");
    expect(resultOf(payment)).toMatchObject({
      kind: "failed",
      failure: {
        code: "notPossibleNow",
        merchantMessage: said.givenBack,
        publicMessage: expect.stringMatching(/^Non/),
      },
      payment,
    });
  });
});

it("a refusal says what to do, and the buyer's sentence is in his language", () => {
  const payment = aPayment("FAILED", "FAILED");
  expect(refuseUnknown(reference)).toMatchObject({
    failure: { code: "unknownPayment", merchantMessage: `There is no payment "${reference}" in this shop.` },
    payment: null,
  });
  expect(refuseUnknown(reference, "de").failure.publicMessage).toMatch(/^Die Zahlung/);
  expect(refuseGivenUp("fr", payment)).toMatchObject({
    failure: { code: "notPossibleNow", merchantMessage: expect.stringMatching(/given up by the shop.*new reference/) },
    payment,
  });
  expect(refuseFailed("fr", payment)).toMatchObject({
    failure: { merchantMessage: expect.stringMatching(/failed and is final.*new reference/) },
    payment,
  });
});
