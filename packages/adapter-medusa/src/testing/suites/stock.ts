import { describe, expect, it, vi } from "vitest";
import { type Bench, first } from "../bench.ts";

export function testStock(bench: Bench): void {
  const { control, container, seeded } = bench;

  describe("the last piece", () => {
    const buyLast = () => bench.checkout("chf", first, { variant: seeded().last });
    const reserved = async () => (await container().resolve("inventory").listReservationItems({})).length;

    it("is free after its buyer gave up, and his cart is as it was", async () => {
      const given = await buyLast();
      await control.buyer(given.transaction, { action: "abort" });
      await bench.returnOf(given);
      await bench.complete(given);
      await bench.later(60);
      expect(await reserved()).toBe(0);
      const { data } = await bench.session(given.collection, first);
      expect(data.payment_collection.payment_sessions[0].data.url).toMatch(/^http/);
    });

    it("is kept while the answer takes days, and free with the order canceled when it is no", async () => {
      await control.changeSpace("70001", { switches: { authorizationTimeout: "P2D", authorizationDelay: "P9D" } });
      const slow = await buyLast();
      await bench.pay(slow);
      await bench.complete(slow);
      const { id } = await bench.order(slow.cart);
      expect(await reserved()).toBe(1);
      await control.advance("P3D");
      await bench.later(3 * 86_400);
      // A shop that failed is tried by one payment at a time: this one may have its turn a second later.
      await vi.waitFor(
        async () => {
          await bench.later(3600);
          expect(await container().resolve("order").retrieveOrder(id)).toMatchObject({ status: "canceled" });
          expect(await reserved()).toBe(0);
        },
        { timeout: 60_000, interval: 500 },
      );
    });

    it("is not sold again to an order that a person canceled while its buyer was paying: somebody is told", async () => {
      await control.changeSpace("70001", { switches: { authorizationTimeout: "P9D", authorizationDelay: "P2D" } });
      const slow = await buyLast();
      await bench.pay(slow);
      await bench.complete(slow);
      const { id } = await bench.order(slow.cart);
      await bench.api.post(`/admin/orders/${id}/cancel`, {}, seeded().admin);
      await control.advance("P2D");
      const { store } = await bench.runtime();
      await bench.later(2 * 86_400);
      await vi.waitFor(
        async () => {
          await bench.later(3600);
          const findings = (await store.findings(first)).filter(({ detail }) => detail.includes(id));
          expect(findings).toMatchObject([{ kind: "orderClosed", resolvedOn: null }]);
        },
        { timeout: 60_000, interval: 500 },
      );
      expect(await bench.order(slow.cart)).toMatchObject({ captures: [], transactions: [] });
    });
  });
}
