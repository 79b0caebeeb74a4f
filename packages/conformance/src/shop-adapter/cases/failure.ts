import { expect } from "vitest";
import { type AdapterCase, expectShown } from "../adapter-case.ts";
import type { AdapterBench, Begun } from "../bench.ts";
import type { ShopFault } from "../harness.ts";
import { anOrder } from "../orders.ts";

async function paidWhile(bench: AdapterBench, fault: ShopFault): Promise<Begun> {
  const begun = await bench.begin(anOrder);
  await bench.settle();
  await bench.harness.shop.break(fault, begun.reference);
  await bench.buyer(begun, "pay");
  return begun;
}

const faults = { down: "that is down", nonsense: "that answers nonsense" } as const;

const retried = Object.entries(faults).map(
  ([fault, what]): AdapterCase => ({
    name: `a shop ${what} is asked again, ever more rarely, and shown the truth in the end`,
    async run(bench) {
      const begun = await paidWhile(bench, fault as ShopFault);
      const asked = bench.shown.length;
      await bench.settle(60);
      const tries = bench.shown.length - asked;
      expect(tries, "how often it was asked in three minutes").toBeGreaterThan(1);
      expect(tries, "how often it was asked in three minutes").toBeLessThan(10);
      await bench.harness.shop.break(null, begun.reference);
      await bench.settle(3600);
      await expectShown(bench, begun, { as: "paid", paid: anOrder.total });
    },
  }),
);

export const failureCases: readonly AdapterCase[] = [
  ...retried,
  {
    name: "a shop that is down does not keep other orders waiting",
    async run(bench) {
      await paidWhile(bench, "down");
      const other = await bench.paid(anOrder);
      await expectShown(bench, other, { as: "paid", paid: anOrder.total });
    },
  },
  {
    name: "a slow shop is given up at the signal, and shown the truth later",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const last = bench.shown.at(-1);
      if (last === undefined) throw new Error("Nothing was shown");
      await bench.harness.shop.break("slow", begun.reference);
      const stop = new AbortController();
      const payment = { ...last.payment, revision: last.payment.revision + 1 };
      const showing = bench.harness.adapter.showPayment(payment, null, stop.signal);
      setImmediate(() => stop.abort(new Error("the lease is about to end")));
      await expect(showing, "the adapter stops at the signal").rejects.toThrow();
      await bench.harness.shop.break(null, begun.reference);
      await bench.settle();
      await expectShown(bench, begun, { as: "paid" });
    },
  },
  ...(["orderGone", "orderClosed"] as const).map(
    (fault): AdapterCase => ({
      name: `${fault} is refused once, becomes a finding, and is not asked again`,
      async run(bench) {
        const begun = await paidWhile(bench, fault);
        await bench.settle();
        await bench.settleUnhinted();
        const asked = bench.shown.length;
        expect(await bench.findings()).toMatchObject([{ kind: fault, resolvedOn: null }]);
        await bench.settleUnhinted(86_400);
        expect(bench.shown.length).toBe(asked);
        await bench.harness.shop.break(null, begun.reference);
      },
    }),
  ),
];
