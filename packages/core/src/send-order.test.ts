import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Hint } from "./contract/index.ts";
import { createBench } from "./testing/bench.ts";
import { aComplete, aRefund, aReview } from "./testing/commands.ts";
import {
  addReview,
  first,
  keys,
  operationsOf,
  type Recorded,
  record,
  recordedIn,
  run,
  serviceError,
  settleLater,
} from "./testing/recorded-service.ts";
import { anOrder, chf, space, start } from "./testing/rows.ts";

const second = "900002" as ServiceId;
const signal = { signal: expect.any(AbortSignal) };

describe("a refund while another one is open", () => {
  const both = keys("refund-1", "refund-2");

  async function refundElsewhere({ bench }: Recorded, createdOn = start): Promise<ServiceId> {
    const { service, store, clock } = bench;
    service.operations.nextState = "PENDING";
    const id = service.operations.refundElsewhere(first, "5.00" as Decimal);
    service.operations.refunds.set(id, { ...service.operations.refunds.get(id), createdOn } as never);
    const hint: Hint = { entity: "refund", id, space, state: "PENDING", reading: null };
    await store.addHints([hint], clock.now());
    return id;
  }

  it("is sent after it: the older one first, whose outcome must be known", async () => {
    const recorded = await recordedIn("FULFILL");
    recorded.fault = serviceError("rateLimited");
    await run(recorded.bench, aRefund("refund-1", { heldKeys: both }));
    recorded.bench.clock.advance(60);
    await run(recorded.bench, aRefund("refund-2", { heldKeys: both }));
    const [older, newer] = await operationsOf(recorded);
    for (const [, body] of recorded.calls) expect(body).toMatchObject({ externalId: older?.key });
    recorded.fault = null;
    await settleLater(recorded.bench);
    expect(recorded.calls.at(-1)?.[1]).toMatchObject({ externalId: newer?.key });
  });

  it("waits for one of the back office, though that is younger", async () => {
    const recorded = await recordedIn("FULFILL");
    recorded.fault = serviceError("rateLimited");
    await run(recorded.bench, aRefund("refund-1"));
    const id = await refundElsewhere(recorded, "2026-02-03T12:00:00.000Z" as typeof start);
    await settleLater(recorded.bench, 2);
    recorded.fault = null;
    const before = recorded.calls.length;
    await settleLater(recorded.bench, 60);
    expect(recorded.calls).toHaveLength(before);
    recorded.bench.service.operations.finishRefund(id, "SUCCESSFUL");
    await settleLater(recorded.bench);
    await settleLater(recorded.bench);
    expect(recorded.calls).toHaveLength(before + 1);
  });

  it("does not wait for itself, when a webhook told of it before its answer", async () => {
    const recorded = await recordedIn("FULFILL");
    const { service, store, clock } = recorded.bench;
    service.operations.nextState = "PENDING";
    service.failNext("refund", "cutAfter");
    await run(recorded.bench, aRefund("refund-1"));
    const [id] = service.operations.refunds.keys();
    recorded.fault = serviceError("rateLimited");
    await store.addHints(
      [{ entity: "refund", id: id as ServiceId, space, state: "PENDING", reading: null }],
      clock.now(),
    );
    await settleLater(recorded.bench, 2);
    recorded.fault = null;
    const before = recorded.calls.length;
    await settleLater(recorded.bench);
    expect(recorded.calls.length).toBeGreaterThan(before);
  });

  it("does not wait for a completion that is open elsewhere", async () => {
    const recorded = await recordedIn("FULFILL");
    const { service, store, clock } = recorded.bench;
    const completion = {
      id: "920901",
      transaction: first,
      state: "PENDING",
      amount: "1.00",
      externalId: null,
      lineItems: [],
    };
    const dates = { createdOn: start, nextUpdateOn: null, failureReason: null };
    service.operations.completions.set("920901" as ServiceId, { ...completion, ...dates } as never);
    const hint: Hint = { entity: "completion", id: "920901" as ServiceId, space, state: "PENDING", reading: null };
    await store.addHints([hint], clock.now());
    await settleLater(recorded.bench, 5);
    expect(await operationsOf(recorded)).toMatchObject([{ kind: "completion", state: "pending" }]);
    expect((await run(recorded.bench, aRefund("refund-1"))).kind).toBe("successful");
  });
});

describe("two attempts with money", () => {
  async function paidTwice(state: "FULFILL" | "AUTHORIZED"): Promise<Recorded> {
    const bench = createBench();
    await bench.start();
    bench.service.move(first, "CONFIRMED");
    await bench.start(anOrder(chf(5000)));
    bench.service.move(second, "FULFILL");
    bench.service.move(first, state, { authorizedOn: "2026-02-03T09:10:00.000Z" as never });
    return record(bench);
  }

  it("give one refund each at once: the service allows one of a transaction", async () => {
    const recorded = await paidTwice("FULFILL");
    recorded.bench.service.operations.nextState = "PENDING";
    await settleLater(recorded.bench, 120);
    await settleLater(recorded.bench, 2);
    expect(await operationsOf(recorded)).toMatchObject([{ origin: "core", state: "pending", amount: chf(2995) }]);
    expect(await run(recorded.bench, aRefund("refund-1", { amount: chf(5000) }))).toMatchObject({ kind: "successful" });
    expect(recorded.calls.map(([, body]) => (body as { transaction: string }).transaction)).toEqual([first, second]);
  });

  it("have the right one voided, though the other is further", async () => {
    const recorded = await paidTwice("AUTHORIZED");
    await settleLater(recorded.bench, 120);
    await settleLater(recorded.bench, 2);
    expect(recorded.calls).toEqual([["voidOnline", first, signal]]);
    expect(recorded.bench.service.transactions.get(second)?.state).toBe("FULFILL");
  });

  it("are given back once the credentials are right again", async () => {
    const recorded = await paidTwice("FULFILL");
    recorded.fault = serviceError("credentials");
    await settleLater(recorded.bench, 120);
    await settleLater(recorded.bench, 2);
    expect(recorded.calls).toHaveLength(1);
    recorded.fault = null;
    await settleLater(recorded.bench);
    expect(recorded.bench.service.transactions.get(first)?.refundedAmount).toBe("29.95");
  });

  it("stay a finding when the service refuses to give one back", async () => {
    const recorded = await paidTwice("FULFILL");
    recorded.fault = serviceError("notFound");
    await settleLater(recorded.bench, 120);
    await settleLater(recorded.bench, 2);
    await settleLater(recorded.bench);
    expect(recorded.calls).toHaveLength(1);
    expect(await operationsOf(recorded)).toMatchObject([{ origin: "core", state: "failed" }]);
    expect(recorded.bench.shop.shown.at(-1)?.findings).toMatchObject([{ kind: "doublePayment" }]);
  });
});

describe("what is done", () => {
  it("is not sent again", async () => {
    const recorded = await recordedIn("FULFILL");
    await run(recorded.bench, aRefund("refund-1"));
    await run(recorded.bench, aRefund("refund-2", { heldKeys: "all" }));
    await settleLater(recorded.bench);
    expect(recorded.calls).toHaveLength(2);
  });
});

describe("a completion while the outcome of an older one is not known", () => {
  const heldKeys = keys("capture-1", "capture-2");

  /** Of CHF 29.95, CHF 20 may be taken. */
  async function cut(): Promise<Recorded> {
    const recorded = await recordedIn("AUTHORIZED");
    recorded.fault = serviceError("cut");
    await run(recorded.bench, aComplete("capture-1", { amount: chf(2000), heldKeys }));
    return recorded;
  }

  it("waits for it, and is then the last", async () => {
    const recorded = await cut();
    expect((await run(recorded.bench, aComplete("capture-2", { heldKeys }))).kind).toBe("pending");
    const keysSent = new Set(recorded.calls.map(([, , body]) => (body as { externalId: string }).externalId));
    expect(keysSent.size).toBe(1);
    recorded.fault = null;
    await settleLater(recorded.bench);
    expect(recorded.calls.at(-1)?.[2]).toMatchObject({ lastCompletion: true });
    expect(recorded.bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", completed: chf(2995) });
  });

  it("is refused for what that one took, and only then", async () => {
    const recorded = await cut();
    expect((await run(recorded.bench, aComplete("capture-2", { amount: chf(2001), heldKeys }))).kind).toBe("pending");
    recorded.fault = null;
    await settleLater(recorded.bench);
    expect(await operationsOf(recorded)).toMatchObject([
      { state: "successful", amount: chf(2000) },
      { state: "failed", failure: { code: "exceedsAmount" } },
    ]);
  });

  it("takes what it asks for when that one is refused", async () => {
    const recorded = await cut();
    const { service } = recorded.bench;
    recorded.fault = null;
    // The first send may still arrive, so a repetition is not refused for good before the tenth.
    let refusals = 9;
    service.before = async (method) => {
      if (method !== "complete" || refusals === 0) return;
      refusals -= 1;
      throw serviceError("invalid");
    };
    await run(recorded.bench, aComplete("capture-2", { amount: chf(2001), heldKeys }));
    while (refusals > 0) await settleLater(recorded.bench, 3600);
    expect(await operationsOf(recorded)).toMatchObject([
      { state: "failed", failure: { code: "refusedByService" } },
      { state: "successful", amount: chf(2001) },
    ]);
  });

  it("does not wait for one that the service has and has not finished", async () => {
    const recorded = await recordedIn("AUTHORIZED");
    recorded.bench.service.operations.nextState = "PENDING";
    await run(recorded.bench, aComplete("capture-1", { amount: chf(2000), heldKeys }));
    await run(recorded.bench, aComplete("capture-2", { amount: chf(500), heldKeys }));
    expect(recorded.calls).toHaveLength(2);
  });
});

it("a review waits for an older one whose outcome is not known, and does not decide before it", async () => {
  const recorded = await recordedIn("COMPLETED");
  addReview(recorded, "MANUAL_CHECK_REQUIRED");
  recorded.fault = serviceError("unreachable");
  await run(recorded.bench, aReview("suitable", "review-1"));
  recorded.bench.clock.advance(60);
  await run(recorded.bench, aReview("notSuitable", "review-2"));
  expect(new Set(recorded.calls.map(([method]) => method))).toEqual(new Set(["markSuitable"]));
  recorded.fault = null;
  await settleLater(recorded.bench);
  expect(await operationsOf(recorded)).toMatchObject([{ state: "successful" }, { state: "failed" }]);
});
