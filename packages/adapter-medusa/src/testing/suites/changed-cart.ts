import { describe, expect, it } from "vitest";
import type { Bench, Checkout } from "../bench.ts";

export function testChangedCarts(bench: Bench): void {
  const { api, service, control, seeded } = bench;

  describe("a changed cart", () => {
    const change = ({ cart }: Checkout) =>
      api.post(`/store/carts/${cart}/line-items`, { variant_id: seeded().variant, quantity: 1 }, seeded().store);

    it("costs one request at most, and money that is paid for the old one goes back", async () => {
      const checkout = await bench.checkout();
      await control.forgetRequests();
      await change(checkout);
      expect(await service.writes()).toEqual([]);
      expect((await service.reads()).length).toBeLessThanOrEqual(1);
      await bench.pay(checkout);
      await bench.later(60);
      await bench.later(60);
      expect(await bench.orders(checkout.cart)).toEqual([]);
      expect(await control.transaction(checkout.transaction)).toMatchObject({ refundedAmount: "10.5" });
    });

    it("is refused once it is paid: its order is about to be placed", async () => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      const refused = await change(checkout).catch(({ response }) => response);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      await bench.later(30);
      expect(await control.transaction(checkout.transaction)).toMatchObject({ refundedAmount: "0" });
    });
  });
}
