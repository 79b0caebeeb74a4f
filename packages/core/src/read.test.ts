import type { Decimal, ServiceId, Transaction } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf, space, start } from "./testing/rows.ts";

const first = "900001" as ServiceId;

function refund(): Commands["refund"] {
  const shopKey = "refund-1" as ShopKey;
  const whole = { reference, shopKey, heldKeys: [shopKey], lines: null, reason: null, offline: false };
  return { kind: "refund", ...whole, amount: chf(1000) };
}

async function paid(): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, "FULFILL");
  await bench.hint(first, "FULFILL");
  bench.clock.advance(5);
  await bench.settleAll();
  bench.clock.advance(5);
  return bench;
}

describe("what was refunded of a final payment", () => {
  it("is read once the refund is known to be done, with every webhook lost", async () => {
    const bench = await paid();
    bench.service.operations.nextState = "PENDING";
    expect((await bench.core.runCommand(shopId, refund())).kind).toBe("pending");
    const [pending] = bench.service.operations.refunds.keys();
    bench.service.operations.finishRefund(pending as ServiceId, "SUCCESSFUL");
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ refunded: chf(1000), operations: [{ state: "successful" }] });
  });

  it("is read again when the answer lags behind the refund", async () => {
    const bench = await paid();
    const before = bench.service.transactions.get(first) as Transaction;
    const { readTransaction } = bench.service.client;
    const lagging = async () => before;
    Object.assign(bench.service.client, { readTransaction: lagging });
    await bench.core.runCommand(shopId, refund());
    Object.assign(bench.service.client, { readTransaction });
    bench.clock.advance(1);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.refunded).toEqual(chf(1000));
  });
});

describe("a hint that came before the buyer starts to pay again", () => {
  it("is still read although the start reads and records the transaction itself", async () => {
    const bench = createBench();
    await bench.start();
    await bench.settleAll();
    bench.clock.advance(5);
    bench.service.move(first, "FULFILL");
    const id = bench.service.operations.refundElsewhere(first, "5.00" as Decimal);
    const hint = { entity: "refund", id, space, state: "SUCCESSFUL" } as const;
    const snapshot = { state: "SUCCESSFUL", transaction: first, externalId: null, amount: "5.00", byCustomer: false };
    const more = { failureReason: null, lines: [], createdOn: start, nextUpdateOn: null };
    const row = { entity: "refund", id, snapshot: { ...snapshot, ...more }, final: true } as const;
    await bench.store.addHints([{ ...hint, reading: { transaction: first, row } }], bench.clock.now());
    await bench.start(anOrder(chf(5000)));
    for (let time = 0; time < 3; time += 1) {
      bench.clock.advance(600);
      await bench.settleAll();
    }
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ kind: "refund", amount: chf(500) }]);
  });
});
