import { describe, expect, it } from "vitest";
import { type Bench, first } from "../bench.ts";

export function testPurchases(bench: Bench): void {
  const { api, service, control, clock, container, seeded } = bench;

  describe("a purchase", () => {
    it("asks the service twice before the buyer can pay, and tells it the whole order", async () => {
      const checkout = await bench.checkout();
      expect(await service.writes()).toEqual(["POST /payment/transactions"]);
      expect(await service.reads()).toEqual([`GET /payment/transactions/${checkout.transaction}/payment-page-url`]);
      const transaction = await service.space("70001").readTransaction(checkout.transaction as never);
      expect(transaction.lineItems).toMatchObject([
        { type: "PRODUCT", name: "Mug (One)", sku: "MUG", amountIncludingTax: "10.5" },
        { type: "SHIPPING", name: "Post" },
      ]);
    });

    it("becomes a paid order although no webhook came and the buyer never returned", async () => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      expect(await bench.orders(checkout.cart)).toEqual([]);
      await bench.later(30);
      expect(await bench.order(checkout.cart)).toMatchObject({
        status: "captured",
        captures: [10.5],
        transactions: [10.5],
        outstanding: 0,
      });
      expect((await service.reads()).length + (await service.writes()).length).toBeLessThanOrEqual(8);
    });

    it("leads the returning buyer to his order, and waits for no lease", async () => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      const before = clock.leaseWaits;
      const { status, headers } = await bench.returnOf(checkout);
      const { id } = await bench.order(checkout.cart);
      expect([status, headers.location]).toEqual([303, `http://shop.test/ch/order/${id}/confirmed`]);
      expect(clock.leaseWaits).toBe(before);
    });

    it("that failed leads back to the checkout, places nothing, and can be tried again", async () => {
      const checkout = await bench.checkout();
      await control.buyer(checkout.transaction, { action: "abort" });
      expect((await bench.returnOf(checkout)).headers.location).toBe(
        "http://shop.test/ch/checkout?step=payment&payment=failed",
      );
      const { data } = await bench.complete(checkout);
      expect(data).toMatchObject({ type: "cart", error: { type: "payment_authorization_error" } });
      expect(await bench.orders(checkout.cart)).toEqual([]);
      const { data: again } = await bench.session(checkout.collection, first);
      const [session] = again.payment_collection.payment_sessions;
      await control.buyer(/pay\/(\d+)/.exec(session.data.url)?.[1] ?? "", { action: "pay", card: "success" });
      await bench.complete(checkout);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured" });
    });

    it("that is not paid yet asks for more, and an unknown return is none", async () => {
      const checkout = await bench.checkout();
      expect((await bench.complete(checkout)).data).toMatchObject({ error: { type: "payment_requires_more_error" } });
      expect((await bench.returnOf(checkout)).headers.location).toContain("payment=open");
      expect((await bench.returnOf({ session: "payses_none" as never })).status).toBe(404);
    });

    it("that takes days is an order that waits for its payment, and gets it when it is certain", async () => {
      await control.changeSpace("70001", { switches: { authorizationTimeout: "P9D", authorizationDelay: "P2D" } });
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      await bench.complete(checkout);
      const before = await bench.order(checkout.cart);
      expect(before).toMatchObject({ payment: undefined, captures: [], transactions: [] });
      await control.advance("P2D");
      await bench.later(2 * 86_400);
      expect(await bench.order(checkout.cart)).toMatchObject({
        id: before.id,
        status: "captured",
        captures: [10.5],
        transactions: [10.5],
      });
      expect((await service.writes()).length).toBe(1);
    });

    it("whose order cannot be placed yet keeps its money, and is placed as soon as it can", async () => {
      const checkout = await bench.checkout();
      const methods = await container()
        .resolve("query")
        .graph({ entity: "cart", fields: ["shipping_methods.id"], filters: { id: checkout.cart } });
      const [cart] = methods.data;
      await container()
        .resolve("cart")
        .deleteShippingMethods(cart?.shipping_methods?.map((one: { id: string }) => one.id) ?? []);
      await bench.pay(checkout);
      expect((await bench.returnOf(checkout)).headers.location).toContain("payment=processing");
      expect(await bench.orders(checkout.cart)).toEqual([]);
      await api.post(
        `/store/carts/${checkout.cart}/shipping-methods`,
        { option_id: seeded().shippingOption },
        seeded().store,
      );
      await bench.later(60);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured", captures: [10.5] });
      expect((await service.writes()).length).toBe(1);
    });
  });
}
