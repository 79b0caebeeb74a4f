import { describe, expect, it } from "vitest";
import { type Bench, first, second } from "../bench.ts";

export function testStorefront(bench: Bench): void {
  const { api, service, control, container, seeded } = bench;

  describe("a storefront", () => {
    it("that pays in an iframe begins with four requests, and gets script and methods", async () => {
      const collection = (
        await api.post("/store/payment-collections", { cart_id: await bench.cart("chf") }, seeded().store)
      ).data.payment_collection.id;
      const { data } = await bench.session(collection, second);
      const [session] = data.payment_collection.payment_sessions;
      expect(session.data).toMatchObject({ session_id: session.id, integration: "iframe", means: null });
      expect(session.data.methods).toMatchObject([{ id: expect.any(String), name: expect.any(String) }, {}, {}, {}]);
      const asked = [...(await service.writes()), ...(await service.reads())];
      expect(asked.length, asked.join(", ")).toBeLessThanOrEqual(4);
      expect((await fetch(session.data.url)).headers.get("content-type")).toContain("javascript");
    });

    it("may choose where its buyer pays, and nothing else", async () => {
      const kindOf = async (integration: string) => {
        const { collection } = await bench.checkout("chf", first, { data: { integration } });
        const { data } = await bench.session(collection, first, { integration });
        return data.payment_collection.payment_sessions[0].data.integration;
      };
      expect([await kindOf("lightbox"), await kindOf("iframe"), await kindOf("evil")]).toEqual([
        "lightbox",
        "iframe",
        "page",
      ]);
    });

    it("may open the payment page with one means of payment chosen", async () => {
      const { url } = await bench.checkout("chf", first, { data: { method: "123" } });
      expect(new URL(url).searchParams.get("paymentMethodConfigurationId")).toBe("123");
      const other = await bench.checkout("chf", first, { data: { method: "123&x=1" } });
      expect(new URL(other.url).searchParams.has("paymentMethodConfigurationId")).toBe(false);
    });
  });

  describe("the link by which a drafted order is paid", () => {
    const draft = async () => {
      const { regions, variant, shippingOption, channel, admin } = seeded();
      const { data } = await api.post(
        "/admin/draft-orders",
        {
          region_id: regions.chf,
          sales_channel_id: channel,
          email: "anna@example.ch",
          items: [{ variant_id: variant, quantity: 1 }],
          shipping_methods: [{ shipping_option_id: shippingOption, name: "Post", amount: 0 }],
        },
        admin,
      );
      const order = data.draft_order.id;
      await api.post(`/admin/draft-orders/${order}/convert-to-order`, {}, admin);
      await api.post("/admin/payment-collections", { order_id: order, amount: 10.5 }, admin);
      return order as string;
    };
    const linkOf = async (order: string) =>
      (await api.get(`/admin/postfinance-checkout/orders/${order}`, seeded().admin)).data.payLink as string | null;
    const open = (link: string) =>
      api.get(link.replace(/^https?:\/\/[^/]+/, ""), { maxRedirects: 0, validateStatus: () => true });

    it("leads to the payment page, the same however often it is opened, and the order is paid", async () => {
      const order = await draft();
      const link = (await linkOf(order)) ?? "";
      const opened = await open(link);
      expect(opened.status).toBe(303);
      expect((await open(link)).headers.location).toBe(opened.headers.location);
      expect(await service.writes()).toEqual(["POST /payment/transactions"]);
      const transaction = await bench.newestTransaction();
      await control.buyer(transaction, { action: "pay", card: "success" });
      const [session] = await (await bench.runtime()).shop.listSessionsOf(order);
      const back = await bench.returnOf({ session: session as never });
      expect(back.headers.location).toBe(`http://shop.test/ch/order/${order}/confirmed`);
      const { data } = await container()
        .resolve("query")
        .graph({ entity: "order", fields: ["id", "payment_collections.status", "summary.*"], filters: { id: order } });
      expect(data).toMatchObject([{ payment_collections: [{ status: "completed" }] }]);
      expect(await linkOf(order)).toBeNull();
      expect((await open(link)).status).toBe(404);
    });

    it("leads to the payment page where buyers else pay in an iframe", async () => {
      const order = await draft();
      const { location } = (await open(`${await linkOf(order)}?provider=second`)).headers;
      expect((await fetch(location ?? "")).headers.get("content-type")).toContain("text/html");
    });

    it("is none for a cart, and none for what does not exist", async () => {
      const { collection } = await bench.checkout();
      for (const one of [collection, "paycol_none"]) {
        expect((await open(`/postfinance-checkout/pay/${one}`)).status).toBe(404);
      }
    });
  });
}
