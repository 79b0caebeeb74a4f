import type { Payment } from "@checkout-plugins/core";
import type { MedusaContainer } from "@medusajs/framework/types";
import { describe, expect, it, vi } from "vitest";
import { createMedusaAdapter } from "../../medusa-adapter.ts";
import { createMedusaShop, type MedusaShop } from "../../medusa-shop.ts";
import type { Bench } from "../bench.ts";

export function testBackOffice(bench: Bench): void {
  const { service, control, clock, container } = bench;

  describe("what is done in the back office", () => {
    it.each([
      ["a refund", "refund", { refunds: [3], transactions: [10.5, -3], credited: 3, outstanding: 0 }],
      ["a chargeback", "chargeback", { refunds: [3], transactions: [10.5, -3] }],
    ] as const)("%s is shown once, without a writing request", async (_name, action, seen) => {
      const { cart, transaction } = await bench.buy();
      await bench.later(60);
      await control.forgetRequests();
      await control.backOffice(transaction, { action, amount: "3" });
      await bench.later(16 * 60);
      await bench.later(16 * 60);
      expect(await bench.order(cart)).toMatchObject(seen);
      expect(await service.writes()).toEqual([]);
    });

    it("a capture is shown once, without a writing request", async () => {
      const { cart, transaction } = await bench.authorize();
      await control.forgetRequests();
      await control.backOffice(transaction, { action: "complete" });
      await bench.later(3600);
      await bench.later(3600);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [10.5], transactions: [10.5] });
      expect(await service.writes()).toEqual([]);
    });

    it("a capture that Medusa does not know yet is success when it is pressed there", async () => {
      const { cart, order, transaction } = await bench.authorize();
      await control.backOffice(transaction, { action: "complete" });
      clock.advance(5);
      await control.forgetRequests();
      await bench.capture(order.payment);
      await bench.later(60);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [10.5], transactions: [10.5] });
      expect(await service.writes()).toEqual([]);
    });

    it("a void is shown, without a writing request", async () => {
      const { cart, transaction } = await bench.authorize();
      await control.forgetRequests();
      await control.backOffice(transaction, { action: "void" });
      await bench.later(3600);
      expect(await bench.order(cart)).toMatchObject({ status: "canceled", isCanceled: true });
      expect(await service.writes()).toEqual([]);
    });

    it.each([
      {
        // Two rows, the collection, the transactions, and for each refund its credit, its mark and the event.
        name: "two refunds",
        writes: 8,
        begin: () => bench.buy(),
        act: async (transaction: string) => {
          await control.backOffice(transaction, { action: "refund", amount: "3" });
          await control.backOffice(transaction, { action: "refund", amount: "2" });
        },
        seen: { refunds: [3, 2], transactions: [10.5, -3, -2], credited: 5, outstanding: 0 },
      },
      {
        // The row with its collection, the event, the transaction.
        name: "a capture",
        writes: 3,
        begin: () => bench.authorize(),
        act: (transaction: string) => control.backOffice(transaction, { action: "complete" }),
        seen: { status: "captured", captures: [10.5], transactions: [10.5], outstanding: 0 },
      },
      {
        // The payment, and its collection.
        name: "a void",
        writes: 2,
        begin: () => bench.authorize(),
        act: (transaction: string) => control.backOffice(transaction, { action: "void" }),
        seen: { status: "canceled", isCanceled: true, captures: [], transactions: [] },
      },
    ])("$name: entered whole and once, whatever breaks between any two steps", async ({ writes, begin, act, seen }) => {
      const { cart, session, transaction } = await begin();
      await bench.later(60);
      await act(transaction);
      await control.forgetRequests();
      clock.advance(3600);
      // Read, but not shown.
      const { shop } = await bench.runtime();
      vi.spyOn(shop, "readSession").mockRejectedValue(new Error("the shop is down"));
      await bench.settle();
      vi.mocked(shop.readSession).mockRestore();
      expect(await showWithBreaks(container(), await bench.payment({ session }))).toBeGreaterThanOrEqual(writes);
      await bench.later(3600);
      expect(await bench.order(cart)).toMatchObject(seen);
      expect(await service.writes()).toEqual([]);
    });
  });
}

/** Shows until it is whole, and breaks after each single write. Answers how often it broke. */
async function showWithBreaks(container: MedusaContainer, payment: Payment): Promise<number> {
  const signal = AbortSignal.timeout(60_000);
  const shop = breakWrites(createMedusaShop(container));
  const adapter = createMedusaAdapter({ shop, showing: new Set(), now: Date.now });
  for (let broken = 0; ; broken += 1) {
    try {
      await adapter.showPayment(payment, null, signal);
      return broken;
    } catch (error) {
      if ((error as Error).message !== "broken") throw error;
    }
  }
}

/** Each write happens, and then breaks, the first time. */
function breakWrites(shop: MedusaShop): MedusaShop {
  const broken = new Set<string>();
  const reads = /^(list|retrieve|read)/;
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name) as unknown;
        if (typeof value !== "function" || reads.test(String(name)))
          return typeof value === "function" ? value.bind(object) : value;
        return async (...given: unknown[]) => {
          const answer = await value.apply(object, given);
          const write = JSON.stringify([name, given]);
          if (broken.has(write)) return answer;
          broken.add(write);
          throw new Error("broken");
        };
      },
    });
  return {
    ...wrap(shop),
    payments: wrap(shop.payments),
    orders: wrap(shop.orders),
    run: wrap(shop).run,
    emit: wrap(shop).emit,
  };
}
