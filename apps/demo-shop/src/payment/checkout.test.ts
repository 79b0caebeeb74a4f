import type { CommandResult, Commands } from "@checkout-plugins/core";
import { commandSchema, createGatewayClient } from "@checkout-plugins/shop-protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestShop,
  createVisitorOf,
  details,
  goToSummary,
  now,
  placeOrder,
  readHidden,
  redirect,
  startGateway,
  type TestGateway,
  tell,
  toPayment,
} from "../testing.ts";

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const failure = {
  code: "declined",
  publicMessage: "Ihre Bank sagt Nein.",
  merchantMessage: "Code 51 of the issuer",
  serviceReason: null,
} as const;

describe("paying", () => {
  it("asks for the order as it is, and leads the buyer to the payment page", async () => {
    const shop = createTestShop(gateway.url);
    const visitor = createVisitorOf(shop);
    const id = await placeOrder(visitor);
    const start = gateway.commands[0] as Commands["start"];
    expect(gateway.commands).toHaveLength(1);
    expect(commandSchema.safeParse(start).success).toBe(true);
    expect(start).toMatchObject({
      kind: "start",
      reference: id,
      completion: "immediate",
      test: true,
      integration: "page",
      returnUrl: `http://shop.test/orders/${id}/return`,
      cancelUrl: `http://shop.test/orders/${id}/return?left=yes`,
      order: { merchantReference: "BF-10001", total: { minor: 5500, currency: "CHF" }, language: "de-CH" },
    });
    const sum = start.order.lines.reduce((total, line) => total + line.total.minor, 0);
    expect(sum).toBe(start.order.total.minor);
  });

  it.each([
    ["economy", {}, { city: "Bern" }],
    ["economy", { elsewhere: "yes" }, { city: "Lugano" }],
    ["pickup", { elsewhere: "yes" }, null],
  ] as const)("tells where the goods go: %s %j", async (shipping, changes, expected) => {
    const visitor = createVisitorOf(createTestShop(gateway.url));
    const delivery = Object.entries(details).map(([name, value]) => [name.replace("billing", "delivery"), value]);
    const elsewhere = { ...Object.fromEntries(delivery), "delivery.city": "Lugano", ...changes, shipping };
    await visitor.post("/checkout/summary", readHidden((await goToSummary(visitor, elsewhere)).html));
    const { order } = gateway.commands[0] as Commands["start"];
    expect(order.billing).toMatchObject({ city: "Bern", email: "anna@example.ch" });
    if (expected === null) expect(order.shipping).toBeNull();
    else expect(order.shipping).toMatchObject(expected);
    expect(order.lines.some((line) => line.shippingRequired)).toBe(shipping !== "pickup");
  });

  it("gives the buyer's language to the payment", async () => {
    const visitor = createVisitorOf(createTestShop(gateway.url));
    await visitor.get("/?language=it");
    await placeOrder(visitor);
    expect((gateway.commands[0] as Commands["start"]).order.language).toBe("it-CH");
  });

  it("places one order however often the button is pressed", async () => {
    const shop = createTestShop(gateway.url);
    const visitor = createVisitorOf(shop);
    const id = await placeOrder(visitor);
    const again = await visitor.post("/checkout/summary", { order: id, total: "5500" });
    expect(again.url).toBe("http://pay.test/1");
    expect(shop.orders.list()).toHaveLength(1);
    expect(gateway.commands.map((command) => "reference" in command && command.reference)).toEqual([id, id]);
  });

  it.each(["silence", "crash"] as const)(
    "says so when the gateway answers with %s, and stays payable",
    async (answer) => {
      gateway.answer = () => answer;
      const shop = createTestShop(gateway.url);
      const visitor = createVisitorOf(shop);
      await visitor.get("/?language=fr");
      const id = await placeOrder(visitor);
      const page = await visitor.post(`/orders/${id}/pay`, {});
      expect(page.status).toBe(503);
      expect(page.headers.get("retry-after")).toBe("60");
      expect(page.html).toContain("Le paiement n’est pas joignable");
      expect(page.html).toContain(`action="/orders/${id}/pay"`);
      expect(shop.faults).toHaveLength(2);
      gateway.answer = () => redirect("http://pay.test/2");
      expect((await visitor.post(`/orders/${id}/pay`, {})).url).toBe("http://pay.test/2");
    },
  );

  it("shows the buyer the reason of a refusal that is meant for him", async () => {
    gateway.answer = () => ({ kind: "failed", failure, payment: null });
    const visitor = createVisitorOf(createTestShop(gateway.url));
    const id = await placeOrder(visitor);
    const page = await visitor.post(`/orders/${id}/pay`, {});
    expect(page.status).toBe(409);
    expect(page.html).toContain("Ihre Bank sagt Nein.");
    expect(page.html).not.toContain(failure.merchantMessage);
  });

  it("does not ask the buyer to come back in a minute when the shop and the gateway do not fit", async () => {
    const other = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    const stranger = createGatewayClient({
      gatewayUrl: gateway.url,
      shopId: "demo",
      secret: other,
      now: () => now,
      createId: () => "m",
    });
    const shop = createTestShop(gateway.url, { gateway: stranger });
    const visitor = createVisitorOf(shop);
    const id = await placeOrder(visitor);
    const page = await visitor.post(`/orders/${id}/pay`, {});
    expect([page.status, page.headers.get("retry-after")]).toEqual([502, null]);
    expect(page.html).toContain("Die Zahlung konnte nicht beginnen");
    expect(shop.faults).toMatchObject([{ code: "unreadable" }, { code: "unreadable" }]);
  });

  it("shows the payment that comes with an answer, and asks no buyer who has paid", async () => {
    const shop = createTestShop(gateway.url);
    const visitor = createVisitorOf(shop);
    const id = await placeOrder(visitor);
    gateway.answer = () => ({ kind: "successful", answer: { kind: "nothingToDo" }, payment: toPayment(id) });
    const back = await visitor.get(`/orders/${id}/return`);
    expect(back.url).toBe(`http://shop.test/orders/${id}`);
    expect(back.html).toContain("Ihre Bestellung ist bezahlt");
    const before = gateway.commands.length;
    await visitor.post(`/orders/${id}/pay`, {});
    expect(gateway.commands).toHaveLength(before);
  });
});

describe("paying within the shop", () => {
  const methods = [{ id: "1", name: "PostFinance Card", description: null, image: null, currencies: [] }] as never;
  const script = (integration: "lightbox" | "iframe"): CommandResult<"start"> => ({
    kind: "successful",
    answer: { kind: "script", integration, url: "https://pay.test/handler.js?token=1&x=2" as never, methods },
    payment: null,
  });

  it.each(["lightbox", "iframe"] as const)("shows a page with the service's script: %s", async (integration) => {
    const shop = createTestShop(gateway.url, { settings: { integration, completion: "immediate" } });
    const visitor = createVisitorOf(shop);
    gateway.answer = () => script(integration);
    const id = await placeOrder(visitor);
    const { html, headers } = await visitor.get(`/orders/${id}/pay`);
    expect(html).toContain('<script src="https://pay.test/handler.js?token=1&amp;x=2"');
    expect(html).toContain(`data-integration="${integration}"`);
    expect(html).toContain("PostFinance Card");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("script-src 'self' https://pay.test;");
    expect(policy).toContain("frame-src https://pay.test");
    expect((await visitor.get(`/orders/${id}`)).headers.get("content-security-policy")).not.toContain("pay.test");
    await tell(shop, toPayment(id));
    expect((await visitor.get(`/orders/${id}/pay`)).url).toBe(`http://shop.test/orders/${id}`);
  });

  it("has the payment page as the way out", async () => {
    const shop = createTestShop(gateway.url, { settings: { integration: "iframe", completion: "immediate" } });
    const visitor = createVisitorOf(shop);
    gateway.answer = (command) =>
      "integration" in command && command.integration === "page" ? redirect("http://pay.test/page") : script("iframe");
    const id = await placeOrder(visitor);
    const out = await visitor.post(`/orders/${id}/pay`, { integration: "page" });
    expect(out.url).toBe("http://pay.test/page");
  });

  it("leads on to the payment page when the gateway has no script for this", async () => {
    const visitor = createVisitorOf(createTestShop(gateway.url));
    const id = await placeOrder(visitor);
    expect((await visitor.get(`/orders/${id}/pay`)).url).toBe("http://pay.test/1");
  });
});

describe("the door", () => {
  it("shows what it is told, once: one mail, one change of the stock", async () => {
    const shop = createTestShop(gateway.url);
    const visitor = createVisitorOf(shop);
    const id = await placeOrder(visitor);
    const told = await Promise.all([tell(shop, toPayment(id)), tell(shop, toPayment(id)), tell(shop, toPayment(id))]);
    const answers = (await Promise.all(told.map((response) => response.json()))) as { kind: string }[];
    expect(answers.map((answer) => answer.kind).sort()).toEqual(["shown", "unchanged", "unchanged"]);
    expect(answers[0]).toMatchObject({ receipt: { revision: 1 } });
    expect(shop.mails.list().map(({ kind, to, orderNumber }) => [kind, to, orderNumber])).toEqual([
      ["confirmed", "anna@example.ch", "BF-10001"],
    ]);
    expect(shop.catalogue.stock("enamel-mug")).toBe(46);
    await tell(shop, toPayment(id, { revision: 2, standing: "voided", state: "voided" }));
    expect(shop.catalogue.stock("enamel-mug")).toBe(48);
  });

  it("refuses what is not signed with the shop's secret", async () => {
    const shop = createTestShop(gateway.url);
    const id = await placeOrder(createVisitorOf(shop));
    const stranger = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    expect((await tell(shop, toPayment(id), [stranger])).status).toBe(401);
    expect(shop.orders.find(id)?.payment).toBeNull();
  });

  it("says of an order that is not here what to do about it", async () => {
    const response = await tell(createTestShop(gateway.url), toPayment("no-such-order"));
    expect(await response.json()).toMatchObject({ kind: "refused", reason: "orderGone", detail: /Refund the payment/ });
  });

  it("leaves an order payable after a failure, and shows the buyer the reason", async () => {
    const shop = createTestShop(gateway.url);
    const visitor = createVisitorOf(shop);
    const id = await placeOrder(visitor);
    await tell(shop, toPayment(id, { standing: "failed", state: "failed", failure }));
    const page = await visitor.get(`/orders/${id}`);
    expect(page.html).toContain("Ihre Bank sagt Nein.");
    expect(page.html).toContain("Noch einmal bezahlen");
    gateway.answer = () => redirect("http://pay.test/second");
    expect((await visitor.post(`/orders/${id}/pay`, {})).url).toBe("http://pay.test/second");
    expect(shop.orders.list()).toHaveLength(1);
  });
});
