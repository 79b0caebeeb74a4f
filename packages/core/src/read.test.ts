import type { ServiceId, Transaction } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { chf } from "./testing/rows.ts";

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
