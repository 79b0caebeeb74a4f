import { describe, expect, it } from "vitest";
import { type Bench, second } from "../bench.ts";

export function testProviders(bench: Bench): void {
  const { service } = bench;

  describe("several providers", () => {
    it("pay in spaces of their own", async () => {
      const checkout = await bench.checkout("chf", second);
      await bench.pay(checkout);
      await bench.complete(checkout);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured" });
      expect(await bench.payment(checkout, second)).toMatchObject({
        environment: "test",
        governing: { space: "70002" },
      });
    });

    it("leave another's payments alone", async () => {
      const checkout = await bench.checkout("chf", "pp_system_default");
      await bench.complete(checkout);
      const { payment } = await bench.order(checkout.cart);
      await bench.capture(payment);
      await bench.later(60);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured", captures: [10.5] });
      expect(await service.writes()).toEqual([]);
    });
  });
}
