import { describe, expect, it, vi } from "vitest";
import { type Bench, type Checkout, first } from "../bench.ts";

export function testDoors(bench: Bench): void {
  const { api, service, control, seeded } = bench;

  /** Nothing is due by time: what wakes the payment are the hints, at most once a second. */
  const settledOrder = (checkout: Checkout) =>
    vi.waitFor(
      async () => {
        await bench.settle();
        expect(await bench.orders(checkout.cart)).toHaveLength(1);
      },
      { timeout: 30_000, interval: 500 },
    );

  describe("the doors", () => {
    it("take signed webhooks, which make the order without a timer", async () => {
      const url = `${api.defaults.baseURL}/hooks/postfinance-checkout/default`;
      const stopWebhooks = await service.sendWebhooks("70001", url);
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      await control.deliverWebhooks();
      await settledOrder(checkout);
      const sent = await control.webhooks();
      expect(sent.filter(({ state }) => state === "delivered").length).toBeGreaterThan(0);
      const anybody = { validateStatus: () => true };
      expect((await api.post("/hooks/postfinance-checkout/default", {}, anybody as never)).status).toBe(401);
      expect((await api.post("/hooks/postfinance-checkout/none", {}, anybody as never)).status).toBe(404);
      await stopWebhooks();
    });

    it("take webhooks at Medusa's own address too, by the bytes that were sent, and have Medusa do nothing itself", async () => {
      const delivered = async () => (await control.webhooks()).filter(({ state }) => state === "delivered").length;
      const before = await delivered();
      const url = `${api.defaults.baseURL}/hooks/payment/postfinance-checkout_default`;
      const stopWebhooks = await service.sendWebhooks("70001", url);
      const actions = vi.spyOn(bench.provider(), "getWebhookActionAndData");
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      await control.deliverWebhooks();
      await stopWebhooks();
      const count = (await delivered()) - before;
      expect(count).toBeGreaterThan(0);
      // Medusa asks a provider five seconds after it has answered.
      await vi.waitFor(() => expect(actions.mock.results).toHaveLength(count), { timeout: 60_000, interval: 250 });
      expect(await actions.mock.results[0]?.value).toEqual({ action: "not_supported" });
      await settledOrder(checkout);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured" });
      const foreign = { data: {}, rawData: Buffer.from('{"eventId":1}'), headers: { "x-signature": "none" } };
      expect(await bench.provider().getWebhookActionAndData(foreign)).toEqual({ action: "not_supported" });
      actions.mockRestore();
    });

    it("believe nothing that a browser sends with a session", async () => {
      const victim = await bench.checkout();
      const collection = (
        await api.post("/store/payment-collections", { cart_id: await bench.cart("chf") }, seeded().store)
      ).data.payment_collection.id;
      const { data } = await bench.session(collection, first, {
        session_id: victim.session,
        url: "https://evil.test",
        amount: 1,
      });
      const [session] = data.payment_collection.payment_sessions;
      // Medusa keeps what a browser sent beside what we answer.
      const ours = ["integration", "means", "methods", "session_id", "url"];
      expect(Object.keys(session.data).sort()).toEqual(["amount", ...ours]);
      expect(session.data.session_id).toBe(session.id);
      expect(session.data.url).toContain(service.url);
      await bench.provider().deletePayment({ data: { session_id: victim.session, url: "https://evil.test" } });
      expect(await bench.payment(victim)).toMatchObject({ abandoned: false });
    });
  });
}
