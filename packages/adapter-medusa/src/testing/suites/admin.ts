import { describe, expect, it } from "vitest";
import { type Bench, first } from "../bench.ts";

export function testAdmin(bench: Bench): void {
  const { api, service, control, seeded } = bench;

  describe("the admin pages", () => {
    const ask = (path: string, options: object = {}) =>
      api.get(`/admin/postfinance-checkout${path}`, { ...seeded().admin, ...options });

    it("say how each provider is connected, and why a means of payment is hidden", async () => {
      await control.changeSpace("70001", { methods: ["card", "twint"] });
      const { data } = await ask("/providers?language=de");
      await control.changeSpace("70001", { methods: ["postFinancePay", "card", "twint", "invoice"] });
      expect(data.providers).toMatchObject([
        {
          id: first,
          spaceId: "70001",
          problem: null,
          webhookUrl: expect.stringContaining("/hooks/postfinance-checkout/default"),
        },
        { spaceId: "70002", isTest: true, problem: null },
      ]);
      const states = Object.groupBy(data.providers[0].methods as { state: string }[], ({ state }) => state);
      expect(states).toMatchObject({ offered: [{}, {}], inactive: [{}, {}] });
    });

    it("set up the webhooks of a space, however often they are asked to", async () => {
      const setUp = async () => {
        await api.post(`/admin/postfinance-checkout/providers/${first}/webhooks`, {}, seeded().admin);
        const wanted = "http://localhost:9000/hooks/postfinance-checkout/default";
        const urls = (await service.space("70001").listWebhookUrls({})).filter(({ url }) => url === wanted);
        const listeners = await service.space("70001").listWebhookListeners({});
        return { urls, listeners: listeners.filter(({ url }) => url === urls[0]?.id) };
      };
      const once = await setUp();
      expect(once.urls).toMatchObject([{ state: "ACTIVE" }]);
      expect(once.listeners.length).toBeGreaterThan(3);
      expect(await setUp()).toEqual(once);
    });

    it("show an order's payment with its picture, its documents and whom to ask", async () => {
      const { order, session, transaction } = await bench.buy();
      await bench.refund(order.payment, 2);
      const { data } = await ask(`/orders/${order.id}?language=fr`);
      const [payment] = data.payments;
      expect(payment).toMatchObject({
        standing: "paid",
        method: expect.any(String),
        image: expect.stringMatching(/^http/),
        attempts: [{ transaction, url: expect.stringContaining(transaction), governs: true }],
        documents: [{ kind: "invoice" }, { kind: "packingSlip" }, { kind: "refund", amount: "CHF 2.00" }],
      });
      expect(payment.partners.named).toContainEqual({
        name: expect.stringContaining("Worldline"),
        contacts: expect.anything(),
      });
      for (const { path } of payment.documents) {
        const file = await ask(`/payments/${session}/documents/${path}`, { responseType: "arraybuffer" });
        expect(file.headers["content-type"]).toContain("pdf");
        expect(Buffer.from(file.data).subarray(0, 4).toString()).toBe("%PDF");
      }
      const missing = { validateStatus: () => true };
      expect((await ask(`/payments/${session}/documents/other`, missing)).status).toBe(404);
      expect((await ask(`/payments/${session}/documents/invoice`, { ...missing, headers: {} })).status).toBe(401);
    });

    it("decide a review", async () => {
      await control.changeSpace("70001", { switches: { delivery: "manualCheck" } });
      const { order, session } = await bench.buy();
      // A review of what is completed is read a minute after that.
      bench.clock.advance(120);
      await api.post(`/admin/postfinance-checkout/payments/${session}/look`, {}, seeded().admin);
      expect((await ask(`/orders/${order.id}`)).data.payments).toMatchObject([
        { mayShip: false, review: { state: "open" } },
      ]);
      const decide = (decision: string) =>
        api.post(`/admin/postfinance-checkout/payments/${session}/review`, { decision }, seeded().admin);
      expect((await decide("maybe").catch(({ response }) => response)).status).toBe(400);
      const shipped = await bench.fulfill(order.id, "fr").catch(({ response }) => response);
      expect([shipped.status, shipped.data.message]).toEqual([400, expect.stringContaining("en cours de contrôle")]);
      await decide("suitable");
      await bench.later(60);
      expect((await ask(`/orders/${order.id}`)).data.payments).toMatchObject([{ mayShip: true, obstacle: null }]);
      expect((await bench.fulfill(order.id)).status).toBe(200);
    });

    it("stop what is denied from being shipped, until it is decided otherwise, and only ours", async () => {
      await control.changeSpace("70001", { switches: { delivery: "manualCheck" } });
      const { order, session } = await bench.buy();
      bench.clock.advance(120);
      await api.post(`/admin/postfinance-checkout/payments/${session}/look`, {}, seeded().admin);
      const path = `/admin/postfinance-checkout/payments/${session}/review`;
      await api.post(path, { decision: "notSuitable" }, seeded().admin);
      const shipped = await bench.fulfill(order.id, "de").catch(({ response }) => response);
      expect([shipped.status, shipped.data.message]).toEqual([400, expect.stringContaining("abgelehnt")]);
      const { data } = await ask(`/orders/${order.id}?language=it`);
      expect(data.payments).toMatchObject([{ mayShip: false, obstacle: expect.stringContaining("non spedire") }]);
      const { settings } = (await bench.runtime()).find(first) ?? {};
      Object.assign(settings ?? {}, { stopFulfillment: false });
      expect((await bench.fulfill(order.id)).status).toBe(200);
      Object.assign(settings ?? {}, { stopFulfillment: true });
    });

    it("read again what was done in the back office and no webhook told", async () => {
      const paid = await bench.buy();
      const reserved = await bench.authorize();
      const released = await bench.authorize();
      await bench.later(60);
      await control.backOffice(paid.transaction, { action: "refund", amount: "3" });
      await control.backOffice(reserved.transaction, { action: "complete" });
      await control.backOffice(released.transaction, { action: "void" });
      await control.forgetRequests();
      for (const { session } of [paid, reserved, released]) {
        bench.clock.advance(3);
        await api.post(`/admin/postfinance-checkout/payments/${session}/look`, {}, seeded().admin);
      }
      const refunded = { refunds: [3], transactions: [10.5, -3], credited: 3, outstanding: 0 };
      expect(await bench.order(paid.cart)).toMatchObject(refunded);
      expect(await bench.order(reserved.cart)).toMatchObject({ status: "captured", captures: [10.5] });
      expect(await bench.order(released.cart)).toMatchObject({ status: "canceled", isCanceled: true });
      expect(await service.writes()).toEqual([]);
    });
  });
}
