import type { Decimal } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { createBench } from "./testing/bench.ts";
import { aComplete, aRefund, aReview, aVoid } from "./testing/commands.ts";
import { addReview, first, operationsOf, recordedIn, run, serviceError } from "./testing/recorded-service.ts";
import { chf } from "./testing/rows.ts";

const signal = { signal: expect.any(AbortSignal) };

describe("the request", () => {
  it("of a completion names its lines, whether it is the last, and our key", async () => {
    const recorded = await recordedIn("AUTHORIZED");
    await run(recorded.bench, aComplete("capture-1", { amount: chf(1000), last: true }));
    const [{ key: externalId } = expect.fail()] = await operationsOf(recorded);
    const lineItems = [{ uniqueId: "sku-1", quantity: "0.33388982", amount: "10.00" }];
    expect(recorded.calls).toEqual([
      ["completePartiallyOnline", first, { externalId, lineItems, lastCompletion: true }, signal],
    ]);
  });

  it.each([
    [false, "MERCHANT_INITIATED_ONLINE"],
    [true, "MERCHANT_INITIATED_OFFLINE"],
  ])("of a refund by amount, with offline %s, is %s", async (offline, type) => {
    const recorded = await recordedIn("FULFILL");
    await run(recorded.bench, aRefund("refund-1", { offline }));
    const [{ key: externalId } = expect.fail()] = await operationsOf(recorded);
    expect(recorded.calls).toEqual([
      ["createRefund", { transaction: first, externalId, type, amount: "10.00" }, signal],
    ]);
  });

  it("of a refund by line names the lines and no amount", async () => {
    const recorded = await recordedIn("FULFILL");
    const lines = [{ id: "sku-1", quantity: "1" as Decimal, amount: chf(2995) }];
    await run(recorded.bench, aRefund("refund-1", { amount: "rest", lines }));
    const [{ key: externalId } = expect.fail()] = await operationsOf(recorded);
    const reductions = [{ lineItemUniqueId: "sku-1", quantityReduction: "1", unitPriceReduction: "0" }];
    const body = { transaction: first, externalId, type: "MERCHANT_INITIATED_ONLINE", reductions };
    expect(recorded.calls).toEqual([["createRefund", body, signal]]);
  });

  it("of a void names the transaction alone", async () => {
    const recorded = await recordedIn("AUTHORIZED");
    await run(recorded.bench, aVoid("void-1"));
    expect(recorded.calls).toEqual([["voidOnline", first, signal]]);
  });

  it.each(["COMPLETED", "DECLINE"] as const)(
    "of what undoes money that is %s refunds it to the buyer",
    async (state) => {
      const recorded = await recordedIn(state);
      expect(await run(recorded.bench, aVoid("undo-1"))).toMatchObject({
        kind: "failed",
        failure: { code: "notPossibleNow", merchantMessage: expect.stringContaining(state) },
      });
      await run(recorded.bench, aVoid("undo-2", { whenCompleted: "refund" }));
      const body = { transaction: first, type: "MERCHANT_INITIATED_ONLINE", amount: "29.95" };
      expect(recorded.calls).toMatchObject([["createRefund", body, signal]]);
    },
  );

  it.each([
    ["suitable", "markSuitable"],
    ["notSuitable", "markNotSuitable"],
  ] as const)("of a review as %s marks the latest one", async (decision, method) => {
    const recorded = await recordedIn("COMPLETED");
    addReview(recorded, "NOT_SUITABLE", "980001");
    addReview(recorded, "MANUAL_CHECK_REQUIRED", "980002");
    expect((await run(recorded.bench, aReview(decision, "review-1"))).kind).toBe("successful");
    expect(recorded.calls).toEqual([[method, "980002", signal]]);
  });

  it("is under a signal that ends with the lease, also where it only reads", async () => {
    const recorded = await recordedIn("COMPLETED");
    const { client } = recorded.bench.service;
    const signals: unknown[] = [];
    for (const method of ["readTransaction", "listDeliveryIndicationsOf"] as const) {
      const read = client[method] as (...given: readonly unknown[]) => Promise<unknown>;
      const readRecorded = (...given: readonly unknown[]) => {
        signals.push(given[1]);
        return read(...given);
      };
      Object.assign(client, { [method]: readRecorded });
    }
    await run(recorded.bench, aReview("suitable", "review-1"));
    expect(signals.length).toBeGreaterThan(1);
    expect(signals).toEqual(signals.map(() => signal));
  });
});

describe("a review", () => {
  it.each([
    ["suitable", "SUITABLE"],
    ["notSuitable", "NOT_SUITABLE"],
  ] as const)("as %s of what is decided so already is done without asking for it", async (decision, state) => {
    const recorded = await recordedIn("COMPLETED");
    addReview(recorded, state);
    expect((await run(recorded.bench, aReview(decision, "review-1"))).kind).toBe("successful");
    expect(recorded.calls).toEqual([]);
  });

  it.each([
    ["suitable", "NOT_SUITABLE"],
    ["notSuitable", "SUITABLE"],
  ] as const)("as %s of what is decided otherwise is refused with the decision", async (decision, state) => {
    const recorded = await recordedIn("COMPLETED");
    addReview(recorded, state);
    expect(await run(recorded.bench, aReview(decision, "review-1"))).toMatchObject({
      kind: "failed",
      failure: { code: "notPossibleNow", merchantMessage: `The decision was made already: ${state}.` },
    });
    expect(recorded.calls).toEqual([]);
  });

  it("is refused where there is nothing to decide", async () => {
    const recorded = await recordedIn("COMPLETED");
    expect(await run(recorded.bench, aReview("suitable", "review-1"))).toMatchObject({
      kind: "failed",
      failure: { code: "notPossibleNow", merchantMessage: expect.stringContaining("no delivery decision") },
    });
  });

  it("does not wait for a refund that is open", async () => {
    const recorded = await recordedIn("COMPLETED");
    addReview(recorded, "MANUAL_CHECK_REQUIRED");
    recorded.bench.service.operations.nextState = "PENDING";
    await run(recorded.bench, aRefund("refund-1"));
    expect((await run(recorded.bench, aReview("suitable", "review-1"))).kind).toBe("successful");
  });
});

describe("a void", () => {
  it("before anything could be paid is remembered, though no transaction was made", async () => {
    const bench = createBench();
    bench.service.before = async (method) => {
      if (method === "create") throw serviceError("cut");
    };
    await expect(bench.start()).rejects.toThrow();
    expect(await run(bench, aVoid("void-1"))).toMatchObject({
      kind: "successful",
      answer: null,
      payment: { abandoned: true, governing: null },
    });
  });

  it("of what was voided elsewhere is giving up where no key waits for an answer", async () => {
    const { bench, calls } = await recordedIn("VOIDED");
    expect(await run(bench, aVoid(null))).toMatchObject({ kind: "successful", payment: { abandoned: true } });
    expect(calls).toEqual([]);
  });

  it("of money that is held because a check failed gives the money back", async () => {
    const recorded = await recordedIn("AUTHORIZED", { authorizationAmount: "30.00" as Decimal });
    expect(await run(recorded.bench, aVoid("void-1"))).toMatchObject({
      kind: "successful",
      payment: { abandoned: false },
    });
    expect(recorded.calls).toEqual([["voidOnline", first, signal]]);
  });
});

it("a refund asks what was paid since the record was made", async () => {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, "FULFILL");
  expect(await run(bench, aRefund("refund-1", { amount: "rest" }))).toMatchObject({
    kind: "successful",
    payment: { refunded: chf(2995) },
  });
});
