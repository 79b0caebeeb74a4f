import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { PaymentReference, ShopId } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { plugin, toPluginFiles } from "../package/zip.ts";
import { checkOrdersApi, compareOrders } from "../src/index.ts";
import type { TestGateway } from "./gateway.ts";
import { php, whyNoWooCommerce } from "./programs.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";

const { default: WooCommerceRestApi } = createRequire(import.meta.url)(
  "@woocommerce/woocommerce-rest-api",
) as typeof import("@woocommerce/woocommerce-rest-api");

/** What only the real WooCommerce can say: which amounts its cart makes, and whether our double is like it. */
const ours = "checkout_plugins_postfinance";
let shop: Shop;
let gateway: TestGateway;
const { order, becomes } = useShop({ why: whyNoWooCommerce(), hears: true }, async (opened) => {
  ({ shop, gateway } = opened);
  await shop.control("settings", { enabled: "1", completion: "configured", pairing_code: gateway.pairingCode });
});

interface Cart {
  /** Product numbers and how many. */
  readonly items: readonly (readonly [id: number, quantity: number])[];
  readonly coupon?: string;
}
interface Placed {
  readonly order_id: number;
  readonly payment_result: { readonly payment_status: string; readonly redirect_url: string };
}

/** Buys as a shop without WooCommerce's own pages does. https://developer.woocommerce.com/docs/apis/store-api/ */
async function buy({ items, coupon }: Cart, method = ours): Promise<Placed> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${shop.url}/wp-json/wc/store/v1/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // Older ones know a cart by cookie and nonce, newer ones by its token.
    for (const name of ["cart-token", "nonce"]) {
      const value = response.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      headers.cookie = [headers.cookie, pair].filter(Boolean).join("; ");
    }
    const answer = (await response.json()) as T;
    expect(response.status, `${path}: ${JSON.stringify(answer).slice(0, 500)}`).toBeLessThan(300);
    return answer;
  };
  await call("cart");
  for (const [id, quantity] of items) await call("cart/add-item", { id, quantity });
  if (coupon !== undefined) await call("cart/apply-coupon", { code: coupon });
  const address = {
    first_name: "Erika",
    last_name: "Muster",
    address_1: "Bahnhofstrasse 1",
    city: "Zürich",
    postcode: "8001",
    country: "CH",
    state: "ZH",
  };
  const billing_address = { ...address, email: "erika@example.ch", phone: "" };
  return call<Placed>("checkout", { billing_address, shipping_address: address, payment_method: method });
}

const newest = async () => {
  const all = await gateway.simulator.transactions();
  return all.toSorted((one, other) => Number(other.id) - Number(one.id))[0];
};

interface Prepared {
  readonly full: number;
  readonly reduced: number;
}
const prices = (include: boolean, atSubtotal: boolean) =>
  shop.control<Prepared>("prices", { include, atSubtotal, coupon: "TEN", fixed: "FIVE" });

const taxModes = [
  ["prices with tax, rounded by line", true, false],
  ["prices with tax, rounded at the subtotal", true, true],
  ["prices without tax, rounded by line", false, false],
  ["prices without tax, rounded at the subtotal", false, true],
] as const;

describe.each(taxModes)("the cart of the real WooCommerce, %s", (_, include, atSubtotal) => {
  it.each([
    ["odd quantities", {}, {}],
    ["a coupon of 10 % over two tax rates", { coupon: "TEN" }, {}],
    ["a coupon of CHF 5 over two tax rates", { coupon: "FIVE" }, {}],
    ["a fee with tax", {}, { fee: "3.33" }],
    ["a fee that lowers the total", { coupon: "TEN" }, { fee: "-1.11" }],
    ["a total rounded to 0.05", {}, { round: true }],
    ["all of it", { coupon: "TEN" }, { fee: "2.22", round: true }],
  ] as const)("%s is paid, to the last Rappen, and can be given back", async (_name, cart, extras) => {
    const { full, reduced } = await prices(include, atSubtotal);
    await shop.control("extras", extras);
    gateway.commands.length = 0;
    const items = [
      [full, 3],
      [reduced, 7],
    ] as const;
    const placed = await buy({ items, ...cart });
    expect(placed.payment_result).toMatchObject({ payment_status: "success" });
    expect(placed.payment_result.redirect_url).toContain("/payment/transaction/pay/");
    expect(gateway.commands).toEqual(["start"]);
    const { total } = await order(placed.order_id);
    if ("round" in extras) expect(Math.round(Number(total) * 100) % 5).toBe(0);
    expect(Number((await newest())?.authorizationAmount)).toBe(Number(total));
    await gateway.buyer({ action: "pay" });
    await becomes(placed.order_id, ({ status }) => status === "processing");
    expect(await shop.control("refund", { id: placed.order_id, amount: total })).toMatchObject({
      id: expect.any(Number),
    });
    await becomes(placed.order_id, ({ status, waiting }) => status === "refunded" && waiting === 0);
  });
});

describe("the shop", () => {
  it("that is down during every webhook is told everything afterwards", async () => {
    const { full } = await prices(true, false);
    await shop.control("extras", {});
    const { order_id: id } = await buy({ items: [[full, 1]] });
    await shop.control("break", { id, fault: "down" });
    await gateway.buyer({ action: "pay" });
    await gateway.settle(`order-${id}`);
    expect(await order(id)).toMatchObject({ isPaid: false });
    await shop.control("break", { id, fault: null });
    gateway.later(3600);
    await becomes(id, ({ status }) => status === "processing");
  });

  it("leaves an order that is paid otherwise alone", async () => {
    const { full } = await prices(true, false);
    await shop.control("checkout", { kind: "classic" });
    gateway.commands.length = 0;
    const { order_id: id } = await buy({ items: [[full, 1]] }, "bacs");
    expect(await order(id)).toMatchObject({ status: "on-hold", method: "bacs", panel: "" });
    await shop.control("status", { id, status: "cancelled" });
    expect(gateway.commands).toEqual([]);
  });

  it("PHP complained of nothing in our plugin", () => {
    expect(shop.complaints()).toEqual([]);
  });
});

describe("read from outside by its REST interface", () => {
  it("shows where shop and gateway differ, and a wrong key says so", async () => {
    const { full } = await prices(true, false);
    const { consumerKey, consumerSecret } = await shop.control<{ consumerKey: string; consumerSecret: string }>(
      "rest-key",
    );
    const since = new Date(Date.now() - 5000).toISOString().slice(0, 19);
    const { order_id: forgotten } = await buy({ items: [[full, 1]] });
    await gateway.buyer({ action: "pay" });
    await becomes(forgotten, ({ isPaid }) => isPaid);
    const { order_id: claimed } = await buy({ items: [[full, 1]] });
    const connect = (key: string) =>
      new WooCommerceRestApi({ url: shop.url, consumerKey: key, consumerSecret, version: "wc/v3" });
    const orders = connect(consumerKey);
    expect(await checkOrdersApi(orders)).toBeNull();
    expect(await checkOrdersApi(connect("ck_wrong"))).toContain("not taken (401)");
    const readPayment = (reference: PaymentReference) => gateway.core.recall("shop" as ShopId, reference);
    expect(await compareOrders({ orders, readPayment, since })).toEqual([]);
    await shop.control("restore", { id: forgotten });
    await shop.control("status", { id: claimed, status: "processing" });
    expect(await compareOrders({ orders, readPayment, since })).toEqual([
      { kind: "missed", reference: `order-${forgotten}`, status: "pending", standing: "paid" },
      { kind: "unpaid", reference: `order-${claimed}`, status: "processing", standing: "open" },
    ]);
  });
});

type Signatures = Readonly<Record<string, readonly [needed: number, most: number] | null>>;
const script = join(import.meta.dirname, "wordpress/signatures.php");
async function ofReal(names: readonly string[]): Promise<Signatures> {
  const file = join(shop.folder, "names.json");
  writeFileSync(file, JSON.stringify(names));
  return JSON.parse(await shop.php(script, file)) as Signatures;
}

describe("the contract double", () => {
  it("takes no call that the real WooCommerce would not take", async () => {
    const double = JSON.parse(await php([script, join(import.meta.dirname, "woocommerce")])) as Signatures;
    const real = await ofReal(Object.keys(double));
    const isLaxer = ([name, own]: [string, readonly [number, number] | null]): boolean => {
      const theirs = real[name];
      return theirs == null || own === null || own[0] < theirs[0] || own[1] > theirs[1];
    };
    expect(Object.keys(double).length).toBeGreaterThan(100);
    expect(
      Object.entries(double)
        .filter(isLaxer)
        .map(([name, own]) => [name, own, real[name]]),
    ).toEqual([]);
  });

  it("every method that our plugin calls on an order is one of the real order's", async () => {
    const decoder = new TextDecoder();
    const sources = [...toPluginFiles(plugin)].filter(([path]) => path.endsWith(".php"));
    const called = sources.flatMap(([, bytes]) =>
      [...decoder.decode(bytes).matchAll(/\$(?:order|subscription|renewal)->(\w+)\(/g)].map(([, name = ""]) => name),
    );
    const names = [...new Set(called)].map((name) => `WC_Order::${name}`);
    const real = await ofReal(names);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => real[name] == null)).toEqual([]);
  });
});
