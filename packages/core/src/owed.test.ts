import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { OrderGroup, PaymentReference, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;
const second = "900002" as ServiceId;

/** The buyer confirmed one page, came back to pay the same order again, and paid both. */
async function paidTwice(): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, "CONFIRMED");
  await bench.start(anOrder(chf(5000)));
  bench.service.move(first, "FULFILL");
  bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:10:00.000Z" as never });
  bench.clock.advance(120);
  await bench.settleAll();
  return bench;
}

describe("a second payment of the same order", () => {
  it("that was taken already is refunded as a whole, once", async () => {
    const bench = await paidTwice();
    for (let time = 0; time < 3; time += 1) {
      bench.clock.advance(600);
      await bench.settleAll();
    }
    expect([...bench.service.operations.refunds.values()]).toHaveLength(1);
    const refunded = [...bench.service.transactions.values()].filter(({ refundedAmount }) => refundedAmount !== "0");
    expect(refunded).toMatchObject([{ refundedAmount: refunded[0]?.authorizationAmount }]);
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([
      { origin: "core", kind: "refund", state: "successful" },
    ]);
  });
});

describe("money for a payment that the shop had given up", () => {
  async function paidLate(): Promise<Bench> {
    const bench = createBench();
    await bench.start();
    await bench.core.runCommand(shopId, {
      kind: "void",
      reference,
      shopKey: null,
      heldKeys: "all",
      whenCompleted: "refuse",
    });
    bench.service.move(first, "FULFILL");
    bench.clock.advance(120);
    return bench;
  }

  it("is held, found and given back, and is never shown as paid", async () => {
    const bench = await paidLate();
    for (let time = 0; time < 3; time += 1) {
      await bench.settleAll();
      bench.clock.advance(600);
    }
    expect(bench.service.transactions.get(first)).toMatchObject({ refundedAmount: "29.95" });
    expect(bench.shop.shown.map(({ standing }) => standing)).not.toContain("paid");
    expect(bench.shop.shown.find(({ standing }) => standing === "held")?.findings).toMatchObject([
      { kind: "paidThoughAbandoned" },
    ]);
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "voided", mayShip: false, findings: [] });
  });

  it("is not what a merchant asks for who refunds the same amount", async () => {
    const bench = await paidLate();
    bench.service.operations.nextState = "PENDING";
    await bench.settleAll();
    bench.clock.advance(2);
    await bench.settleAll();
    const shopKey = "refund-1" as ShopKey;
    const refund = { kind: "refund", reference, shopKey, heldKeys: [shopKey], lines: null } as const;
    await bench.core.runCommand(shopId, { ...refund, amount: chf(2995), reason: null, offline: false });
    const keys = (await bench.core.recall(shopId, reference))?.operations.map(({ origin, shopKeys }) => [
      origin,
      shopKeys,
    ]);
    expect(keys).toEqual([
      ["core", []],
      ["shop", ["refund-1"]],
    ]);
  });

  it("stays a finding when it could not be given back", async () => {
    const bench = await paidLate();
    bench.service.operations.nextState = "FAILED";
    await bench.settleAll();
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "held", findings: [{ kind: "paidThoughAbandoned" }] });
  });
});

describe("two payments of one order, the first of which is read last", () => {
  it("still leave one of them: the second one is looked at again", async () => {
    const bench = createBench();
    const order = { ...anOrder(), group: "group-1" as OrderGroup };
    await bench.start(order);
    await bench.start(order, { reference: "order-1001-again" as PaymentReference });
    await bench.settleAll();
    bench.service.move(first, "FULFILL", { authorizedOn: "2026-02-03T09:01:00.000Z" as never });
    bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:02:00.000Z" as never });
    bench.clock.advance(2);
    await bench.hint(second, "FULFILL");
    await bench.settleAll();
    await bench.hint(first, "FULFILL");
    for (let time = 0; time < 3; time += 1) {
      await bench.settleAll();
      bench.clock.advance(600);
    }
    expect(bench.service.transactions.get(first)).toMatchObject({ refundedAmount: "0" });
    expect(bench.service.transactions.get(second)).toMatchObject({ refundedAmount: "29.95" });
  });
});
