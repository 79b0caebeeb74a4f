import type { Payment } from "@checkout-plugins/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { billingFields, deliveryFields, fieldRules } from "./address-form.ts";
import { formatMoney, toChf } from "./money.ts";
import { products } from "./products.ts";
import {
  createTestShop,
  createVisitorOf,
  details,
  goToSummary,
  placeOrder,
  readHidden,
  shopUrl,
  startGateway,
  type TestGateway,
  tell,
  toPayment,
  type Visitor,
} from "./testing.ts";

let gateway: TestGateway;
let shop: ReturnType<typeof createTestShop>;
let visitor: Visitor;
beforeEach(async () => {
  gateway = await startGateway();
  shop = createTestShop(gateway.url);
  visitor = createVisitorOf(shop);
});
afterEach(() => gateway.close());

describe("the pages", () => {
  it("show every product with its picture and price", async () => {
    const { html } = await visitor.get("/");
    for (const product of products) {
      expect(html).toContain(`/assets/pictures/${product.id}.svg`);
      expect(html).toContain(formatMoney(toChf(product.price), "de"));
      expect((await visitor.get(`/products/${product.id}`)).status).toBe(200);
    }
  });

  it("refer only to files that are there, and none elsewhere", async () => {
    const pages = await Promise.all(["/", "/cart", "/products/hut-book", "/nowhere"].map((path) => visitor.get(path)));
    const addresses = pages.flatMap(({ html }) =>
      [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = ""]) => address),
    );
    expect(addresses.length).toBeGreaterThan(20);
    for (const address of new Set(addresses)) {
      expect(address).toMatch(/^[/#]/);
      if (!address.startsWith("/assets/")) continue;
      const { status, headers } = await visitor.get(address);
      expect([address, status]).toEqual([address, 200]);
      expect(headers.get("cache-control")).toContain("immutable");
    }
  });

  it("allow nothing but their own files, and are kept by nobody", async () => {
    const { headers } = await visitor.get("/cart");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("form-action 'self';");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("contain no style and no script of their own, which the policy would forbid", async () => {
    const id = await placeOrder(visitor);
    for (const path of ["/", "/cart", "/checkout", `/orders/${id}`]) {
      const { html } = await visitor.get(path);
      expect(html).not.toMatch(/\sstyle=|<style|\son\w+=|<script>/);
    }
  });

  it("speak the buyer's language: the chosen one, else that of the browser", async () => {
    const french = { "accept-language": "fr-CH" };
    expect((await visitor.get("/", french)).html).toContain('<html lang="fr-CH">');
    await visitor.get("/cart?language=it", french);
    expect((await visitor.get("/", french)).html).toContain('<html lang="it-CH">');
    expect((await visitor.get("/cart?language=xx", french)).html).toContain('<html lang="it-CH">');
  });

  it("say what is not there", async () => {
    for (const path of ["/products/none", "/orders/none", "/nowhere", "/assets/none.css"]) {
      const { status, html } = await visitor.get(path);
      expect(status).toBe(404);
      expect(html).toContain("Diese Seite gibt es nicht");
    }
  });

  it("carry out no request of another site", async () => {
    const { status, html } = await visitor.post(
      "/cart/add",
      { product: "enamel-mug" },
      { origin: "https://evil.test" },
    );
    expect(status).toBe(403);
    expect(html).toContain("nicht von unserer Seite");
    expect((await visitor.get("/cart")).html).toContain("Ihr Warenkorb ist leer");
  });
});

describe("a request that is no form of ours", () => {
  it.each([
    ["another kind of body", { method: "POST", body: "{}", headers: { "content-type": "application/json" } }, 400],
    ["a body without end", { method: "POST", body: new URLSearchParams({ code: "x".repeat(300_000) }) }, 413],
  ] as const)("is answered as such: %s", async (_name, init, status) => {
    const headers = { origin: shopUrl.origin, ...("headers" in init ? init.headers : {}) };
    const response = await shop.fetch(new Request(new URL("/cart", shopUrl), { ...init, headers }));
    expect(response.status).toBe(status);
    expect(await response.text()).toContain("Da ist uns etwas misslungen");
    expect(shop.faults).toEqual([]);
  });
});

describe("the cart", () => {
  it("holds what is put in, changes quantities and lets go", async () => {
    await visitor.post("/cart/add", { product: "enamel-mug", quantity: "2" });
    const added = await visitor.post("/cart/add", { product: "herbal-tea", quantity: "1" });
    expect(added.html).toMatch(/CHF\s67\.50/);
    const changed = await visitor.post("/cart", {
      "quantity.enamel-mug": "1",
      "quantity.herbal-tea": "1",
      remove: "herbal-tea",
    });
    expect(changed.html).not.toContain("quantity.herbal-tea");
    expect(changed.html).toContain('name="quantity.enamel-mug" value="1"');
    const emptied = await visitor.post("/cart", { "quantity.enamel-mug": "0" });
    expect(emptied.html).toContain("Ihr Warenkorb ist leer");
  });

  it.each(["99", "-3", "1e9", "x", ""])("is not confused by a quantity of %j", async (quantity) => {
    await visitor.post("/cart/add", { product: "camp-lantern", quantity: "1" });
    const { html, status } = await visitor.post("/cart", { "quantity.camp-lantern": quantity });
    expect(status).toBe(200);
    expect(html).toMatch(/name="quantity.camp-lantern" value="[123]"|Ihr Warenkorb ist leer/);
  });

  it("holds no more than there is, and says so", async () => {
    const { html } = await visitor.post("/cart/add", { product: "camp-lantern", quantity: "9" });
    expect(html).toContain('name="quantity.camp-lantern" value="3"');
    expect(html).toContain("Wir haben die Anzahl angepasst");
    expect((await visitor.post("/cart/add", { product: "none", quantity: "1" })).html).not.toContain("quantity.none");
  });

  it("takes a code, in any case, and keeps a wrong one to be mended", async () => {
    await visitor.post("/cart/add", { product: "enamel-mug", quantity: "1" });
    const wrong = await visitor.post("/cart", { "quantity.enamel-mug": "1", code: "WELCOM" });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="WELCOM"');
    expect(wrong.html).toContain("Diesen Code kennen wir nicht");
    const right = await visitor.post("/cart", { "quantity.enamel-mug": "1", code: " welcome " });
    expect(right.html).toContain("−CHF");
    const without = await visitor.post("/cart", { "quantity.enamel-mug": "1", removeCode: "yes" });
    expect(without.html).not.toContain("−CHF");
  });

  it("shows the sum of its lines for any cart", async () => {
    const anyCart = fc.uniqueArray(fc.tuple(fc.constantFrom(...products), fc.integer({ min: 1, max: 3 })), {
      selector: ([product]) => product.id,
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(anyCart, fc.boolean(), async (cart, hasCode) => {
        const fresh = createVisitorOf(shop);
        for (const [product, quantity] of cart)
          await fresh.post("/cart/add", { product: product.id, quantity: String(quantity) });
        const fields = Object.fromEntries(
          cart.map(([product, quantity]) => [`quantity.${product.id}`, String(quantity)]),
        );
        if (hasCode) await fresh.post("/cart", { ...fields, code: "WELCOME" });
        const summary = await fresh.post("/checkout", { ...details, shipping: "priority" });
        const goods = cart.reduce((sum, [product, quantity]) => sum + product.price * quantity, 0);
        const total = goods - (hasCode ? 1000 : 0) + 900;
        expect(readHidden(summary.html).total).toBe(String(total));
        expect(summary.html).toContain(`${formatMoney(toChf(total), "de")} bezahlen`);
      }),
      { numRuns: 25 },
    );
  });
});

describe("the checkout", () => {
  it("leads an empty cart back to itself", async () => {
    for (const path of ["/checkout", "/checkout/summary"])
      expect((await visitor.get(path)).url).toBe("http://shop.test/cart");
    expect((await visitor.post("/checkout/summary", { order: "x" })).url).toBe("http://shop.test/cart");
  });

  it("names each mistake beside its field and above all of them, and keeps what was entered", async () => {
    const page = await goToSummary(visitor, {
      "billing.postcode": "301",
      "billing.city": "",
      "billing.street": "Gasse 5",
    });
    expect(page.status).toBe(422);
    expect(page.html).toContain('<a href="#billing.postcode">Die PLZ hat vier Ziffern');
    expect(page.html).toContain('id="billing.city-note" class="mistake">Ort fehlt noch.');
    expect(page.html).toContain('value="301"');
    expect(page.html).toContain('value="Gasse 5"');
    expect((await visitor.get("/checkout/summary")).url).toBe("http://shop.test/checkout");
    expect((await visitor.get("/checkout")).html).toContain('value="Gasse 5"');
  });

  it("escapes whatever is typed, in every field", async () => {
    const hostile = `"><script>alert(1)</script>'&`;
    const fields = [
      ...billingFields.map((field) => `billing.${field}`),
      ...deliveryFields.map((field) => `delivery.${field}`),
    ];
    const typed = Object.fromEntries(fields.map((name) => [name, hostile]));
    const mistaken = await goToSummary(visitor, { ...typed, elsewhere: "yes" });
    expect(mistaken.status).toBe(422);
    expect(mistaken.html.match(/value="&quot;&gt;&lt;script&gt;/g)).toHaveLength(fields.length - 2);
    const free = fields.filter((name) => {
      const field = billingFields.find((known) => name.endsWith(known));
      return field !== undefined && fieldRules[field].pattern === undefined;
    });
    const accepted = await visitor.post("/checkout", {
      ...details,
      elsewhere: "yes",
      "delivery.postcode": "6900",
      "delivery.country": "CH",
      ...Object.fromEntries(free.map((name) => [name, hostile])),
    });
    const code = await visitor.post("/cart", { "quantity.enamel-mug": "2", code: hostile });
    const id = await placeOrder(visitor);
    const order = await visitor.get(`/orders/${id}`);
    const pages = [mistaken, accepted, code, order];
    for (const { html } of pages) expect(html).not.toContain("<script>alert");
    expect(accepted.html).toContain("&lt;script&gt;");
    expect(code.html).toContain("&lt;script&gt;");
  });

  it("shows the summary again when the cart is not the one the buyer saw", async () => {
    const fields = readHidden((await goToSummary(visitor)).html);
    await visitor.post("/cart/add", { product: "hut-book", quantity: "1" });
    const again = await visitor.post("/checkout/summary", fields);
    expect(again.status).toBe(409);
    expect(again.html).toContain("hat sich inzwischen geändert");
    expect(gateway.commands).toEqual([]);
    expect(shop.orders.list()).toEqual([]);
  });

  it("sells the last pieces once", async () => {
    const other = createVisitorOf(shop);
    const summaries = [visitor, other].map(async (one) => {
      await one.post("/cart/add", { product: "camp-lantern", quantity: "3" });
      return readHidden((await one.post("/checkout", details)).html);
    });
    const [first = {}, second = {}] = await Promise.all(summaries);
    await visitor.post("/checkout/summary", first);
    await tell(shop, toPayment(first.order ?? ""));
    const late = await other.post("/checkout/summary", second);
    expect(late.url).toBe("http://shop.test/cart");
    expect(shop.orders.list()).toHaveLength(1);
  });

  it("lets a browser follow the redirect to the payment page, from the pages that have one", async () => {
    const policy = (await goToSummary(visitor)).headers.get("content-security-policy");
    expect(policy).toContain("form-action 'self' https: http:;");
  });
});

describe("the order's page", () => {
  const shows: readonly (readonly [string, Parameters<typeof toPayment>[1], string, boolean])[] = [
    ["a reservation", { standing: "authorized", state: "authorized" }, "Der Betrag ist reserviert", false],
    ["a payment", {}, "Ihre Bestellung ist bezahlt", false],
    ["a payment to be judged", { review: { state: "open", decideBy: null } }, "Wir prüfen sie noch", false],
    ["an open question", { standing: "open", state: "processing" }, "Wir fragen gerade nach Ihrer Zahlung", false],
    ["a slow answer", { standing: "open", state: "processing", slow: true }, "einige Stunden bis Tage", false],
    ["a payment page left open", { standing: "open", state: "confirmed" }, "bereit zum Bezahlen", true],
    ["a failure", { standing: "failed", state: "failed" }, "Die Zahlung hat nicht geklappt", true],
    [
      "a buyer who left",
      {
        standing: "failed",
        state: "failed",
        failure: { code: "cancelledByBuyer", publicMessage: "x", merchantMessage: "y", serviceReason: null },
      },
      "ohne zu bezahlen",
      true,
    ],
    ["a void", { standing: "voided", state: "voided" }, "Diese Bestellung ist storniert", false],
    [
      "an abandoned order",
      { standing: "open", state: "confirmed", abandoned: true },
      "Diese Bestellung ist storniert",
      false,
    ],
    ["money that does not fit", { standing: "held" }, "Wir prüfen Ihre Zahlung", false],
    ["goods that must not go out", { standing: "declined", state: "declined" }, "leider nicht liefern", false],
    ["a full refund", { refunded: { minor: 5500, currency: "CHF" } as Payment["refunded"] }, "zurückgezahlt", false],
  ];
  it.each(shows)("says it honestly: %s", async (_name, changes, words, isPayable) => {
    const id = await placeOrder(visitor);
    await tell(shop, toPayment(id, changes));
    const { html } = await visitor.get(`/orders/${id}`);
    expect(html).toContain(words);
    expect(html.includes(`action="/orders/${id}/pay"`)).toBe(isPayable);
  });

  it("asks again by itself while the answer is not there, and at some point says that it takes longer", async () => {
    const id = await placeOrder(visitor);
    gateway.answer = () => ({ kind: "successful", answer: { kind: "nothingToDo" }, payment: null });
    const back = await visitor.get(`/orders/${id}/return`);
    expect(back.url).toBe(`http://shop.test/orders/${id}?asked=0`);
    expect(back.html).toContain(`content="3;url=/orders/${id}?asked=1"`);
    expect(back.html).not.toContain("/pay");
    const late = await visitor.get(`/orders/${id}?asked=20`);
    expect(late.html).not.toContain("http-equiv");
    expect(late.html).toContain("Zahlung fortsetzen");
  });

  it("says to a buyer who left that the order is kept", async () => {
    const id = await placeOrder(visitor);
    gateway.answer = () => ({ kind: "successful", answer: { kind: "nothingToDo" }, payment: null });
    const { html } = await visitor.get(`/orders/${id}/return?left=yes`);
    expect(html).toContain("ohne zu bezahlen");
    expect(html).toContain(`action="/orders/${id}/pay"`);
  });
});
