import { join } from "node:path";
import { parseCommand } from "@checkout-plugins/shop-protocol";
import { describe, expect, it } from "vitest";
import type { TestGateway } from "./gateway.ts";
import { until } from "./programs.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";
import { anOrder, type OrderView, type PayView } from "./views.ts";

let shop: Shop;
let gateway: TestGateway;
const { create, order, becomes } = useShop({ hears: false }, (opened) => {
  ({ shop, gateway } = opened);
});

const pay = (id: number) => shop.control<PayView>("pay", { id });
async function comeBack(url: string): Promise<string> {
  const response = await fetch(url, { redirect: "manual" });
  await response.arrayBuffer();
  expect(response.status).toBe(302);
  return response.headers.get("location") ?? "";
}
async function buy(settings: Readonly<Record<string, string>> = {}): Promise<number> {
  await shop.control("settings", {
    enabled: "1",
    completion: "immediate",
    complete_on: "completed",
    authorized_status: "on-hold",
    ...settings,
  });
  const id = await create();
  await pay(id);
  await gateway.buyer({ action: "pay" });
  await comeBack((await order(id)).returnUrl);
  return id;
}
const isPaid = ({ status }: OrderView): boolean => status === "processing";

describe("setting up", () => {
  it("is offered to nobody before it is paired, and says of a wrong code what to do", async () => {
    const before = await shop.control<{ available: boolean; errors: string[] }>("settings", {
      enabled: "1",
      pairing_code: "hello",
    });
    expect(before.available).toBe(false);
    expect(before.errors.join()).toContain("begins with cpp1.");
    expect((await pay(await create())).result.result).toBe("failure");
  });

  it("leads its owner to the gateway's console, and says of each direction what it knows before it is paired", async () => {
    const page = async () => (await shop.control<{ html: string }>("settings-page")).html;
    const enter = (address: string) =>
      shop.control<{ errors: string[] }>("settings", { enabled: "1", gateway: address });
    expect(await page()).toContain("nothing stands before this shop");
    expect(await page()).not.toContain("/manage/shops/new");
    expect((await enter("pay.example.ch")).errors.join()).toContain("must begin with https://");
    expect(await page()).not.toContain("/manage/shops/new");

    await enter(`${gateway.url}/manage/shops`);
    expect(await page()).toContain("it answers at this address");
    expect(await page()).toContain(`href="${gateway.url}/manage/shops/new"`);
    await enter(shop.url);
    expect(await page()).toContain(`something else answers at ${shop.url}`);
    await enter("http://127.0.0.1:1");
    expect(await page()).toContain("nothing answers at http://127.0.0.1:1");
    expect(await page()).toContain("Make a pairing code");
  });

  it("takes the pairing code, keeps it out of its settings, and reaches the gateway", async () => {
    const after = await shop.control<{ available: boolean; errors: string[]; settings: Record<string, string> }>(
      "settings",
      {
        enabled: "1",
        completion: "immediate",
        complete_on: "completed",
        authorized_status: "on-hold",
        pairing_code: gateway.pairingCode,
      },
    );
    expect(after).toMatchObject({ available: true, errors: [], settings: { pairing_code: "", enabled: "yes" } });
    expect(JSON.stringify(after)).not.toContain("whsec_");
    expect(await shop.control("health")).toMatchObject({ status: "good" });
  });

  it("takes a one-time code of the console, once, and takes up again an exchange whose answer was lost", async () => {
    const paste = async (pairing_code: string) =>
      (await shop.control<{ errors: string[] }>("settings", { enabled: "1", pairing_code })).errors;
    const code = gateway.createCode();
    gateway.losesPairing = true;
    expect((await paste(code)).join()).toContain("did not pair this shop: 502");
    gateway.losesPairing = false;
    expect(await paste(code)).toEqual([]);
    expect(await shop.control("health")).toMatchObject({ status: "good" });
    expect((await paste(code)).join()).toContain("This pairing code was used already");
    expect(await shop.control("health")).toMatchObject({ status: "good" });
    expect(await paste(gateway.createCode())).toEqual([]);
    expect(await shop.control("health")).toMatchObject({ status: "good" });
  });

  it.each([
    ["a password", { status: 401, headers: { "www-authenticate": "Basic" } }, "Let this address pass without it"],
    ["a firewall", { status: 403 }, "firewall or security plugin"],
    ["no REST interface", { status: 404 }, "is switched off"],
    ["another address", { status: 301, headers: { location: "https://www.shop.test/" } }, "https://www.shop.test/"],
    ["maintenance", { status: 503 }, "in maintenance"],
    ["a page", { status: 200 }, "coming soon"],
    ["a blocked loopback", { error: "cURL error 28: timed out" }, "cannot reach itself"],
  ])("says what stands between when the gateway would meet %s", async (_name, door, text) => {
    const { html, status } = await shop.control<{ html: string; status: string }>("door", door);
    expect(html).toContain("✓ Shop to gateway: works");
    expect(html).toContain(text);
    expect(status).toBe("critical");
  });

  it("registers itself with the checkout block, in the buyer's language", async () => {
    const titleIn = async (locale: string) => {
      const { block } = await shop.control<{ block: readonly unknown[] }>(`facts&locale=${locale}`);
      expect(block.slice(0, 3)).toEqual(["checkout_plugins_postfinance", true, [expect.any(String)]]);
      return (block[3] as { readonly title: string }).title;
    };
    expect(await titleIn("en_US")).toBe("Card, TWINT or PostFinance Pay");
    for (const [locale, title] of [
      ["de_CH", "Karte, TWINT oder PostFinance Pay"],
      ["fr_FR", "Carte, TWINT ou PostFinance Pay"],
      ["it_IT", "Carta, TWINT o PostFinance Pay"],
    ] as const) {
      expect(await titleIn(locale)).toBe(title);
    }
  });
});

describe("the lines of an order", () => {
  const cases: readonly [string, object, number][] = [
    ["two products and shipping", {}, 20900],
    [
      "a coupon over two tax rates, with a fee and a discount",
      {
        items: [
          { type: "product", name: "Buch", quantity: 3, total: "26.315789", taxes: { 1: "", 2: "0.684211" } },
          {
            type: "product",
            name: "Tasse &amp; Löffel",
            quantity: 1,
            total: "16.651249",
            taxes: { 1: "1.348751", 2: "" },
          },
          { type: "fee", name: "Geschenkpapier", total: "4.63", taxes: { 1: "0.37" } },
          { type: "fee", name: "Treue", total: "-2.00", taxes: {} },
        ],
        rates: { 1: 8.1, 2: 2.6 },
        total: "48.00",
      },
      4800,
    ],
    ["a total rounded to 0.05", { items: [{ type: "product", name: "Stift", total: "3.33" }], total: "3.35" }, 335],
    ["yen", { currency: "JPY", items: [{ type: "product", name: "Tee", total: "1200" }], total: "1200" }, 1200],
  ];
  it.each(cases)("%s make up its total, in the protocol's form", async (_name, changes, total) => {
    const command = parseCommand(await shop.control("lines", { id: await create(changes as Record<string, unknown>) }));
    if (command.kind !== "start") throw new Error(command.kind);
    const { lines } = command.order;
    expect(command.order.total.minor).toBe(total);
    expect(lines.reduce((sum, line) => sum + line.total.minor, 0)).toBe(total);
    expect(lines.every((line) => line.taxes.every(({ rate }) => ["8.1", "2.6"].includes(rate)))).toBe(true);
    expect(command.order.billing).toMatchObject({ city: "Zürich", state: "CH-ZH", country: "CH" });
  });

  it("leave a difference that no rounding explains to be refused", async () => {
    const id = await create({ items: [{ type: "product", name: "Stift", total: "3.33" }], total: "3.50" });
    const { result } = await pay(id);
    expect(result.result).toBe("failure");
    expect((await order(id)).status).toBe("pending");
  });
});

describe("a payment", () => {
  it("leads to the payment page and back, and is paid once", async () => {
    gateway.commands.length = 0;
    const product = await shop.control<{ id: number }>("product", { stock: 10 });
    const id = await create({ items: [{ ...anOrder.items[0], product: product.id }, anOrder.items[1]] });
    shop.forgetEffects();
    const { result } = await pay(id);
    expect(result).toMatchObject({ result: "success", redirect: expect.stringContaining("http://127.0.0.1") });
    expect((await order(id)).status).toBe("pending");
    await gateway.buyer({ action: "pay" });
    expect(await comeBack((await order(id)).returnUrl)).toContain("order-received");
    const paid = await becomes(id, isPaid);
    expect(paid).toMatchObject({ isPaid: true, waiting: 0, method: "checkout_plugins_postfinance" });
    expect(paid.transaction).toMatch(/^\d+$/);
    expect(paid.panel).toContain("CHF 209.00");
    expect(paid.notes.filter((note) => note.includes("CHF 209.00 paid"))).toHaveLength(1);
    expect(gateway.commands).toEqual(["start", "return"]);
    await becomes(id, ({ revision }) => revision === paid.revision);
    expect(shop.effects().filter((line) => line.startsWith(`paid ${id}`))).toHaveLength(1);
    expect(await shop.control("stock", product)).toEqual({ stock: 8 });
  });

  it("is paid without the buyer's return", async () => {
    const id = await create();
    await pay(id);
    await gateway.buyer({ action: "pay" });
    await gateway.settle(`order-${id}`);
    expect((await becomes(id, isPaid)).isPaid).toBe(true);
  });

  it("that fails can be tried again on the same order", async () => {
    const id = await create();
    await pay(id);
    await gateway.buyer({ action: "decline" });
    await gateway.buyer({ action: "abort" });
    expect(await comeBack((await order(id)).leftUrl)).toMatch(/order-pay/);
    const failed = await becomes(id, ({ status }) => status === "failed");
    expect(failed.isPaid).toBe(false);
    await pay(id);
    await gateway.buyer({ action: "pay" });
    await gateway.settle(`order-${id}`);
    const paid = await becomes(id, isPaid);
    expect(paid.notes.filter((note) => note.includes("paid with"))).toHaveLength(1);
  });

  it("that is not finished says so, and is led back to the same address", async () => {
    const id = await create();
    const first = (await pay(id)).result.redirect;
    expect((await pay(id)).result.redirect).toBe(first);
    expect(await comeBack((await order(id)).leftUrl)).toMatch(/order-pay/);
    expect(await comeBack((await order(id)).returnUrl)).toMatch(/order-received/);
    expect((await order(id)).thanks).toContain("please do not pay again");
  });

  it("shows a stranger nothing", async () => {
    const { returnUrl } = await order(await create());
    const response = await fetch(returnUrl.replace(/key=[^&]*/, "key=wrong"), { redirect: "manual" });
    await response.arrayBuffer();
    expect(response.status).toBe(404);
  });
});

describe("refunding", () => {
  it("in part, by line, and the rest", async () => {
    const id = await buy();
    await becomes(id, isPaid);
    const item =
      (await shop.control<{ order: { lines: { id: string }[] } }>("lines", { id })).order.lines[0]?.id.slice(5) ?? "";
    const lines = { [item]: { qty: 1, refund_total: 92.51, refund_tax: { 1: 7.49 } } };
    expect(await shop.control("refund", { id, amount: "100.00", lines })).toMatchObject({ id: expect.any(Number) });
    const part = await becomes(id, ({ notes }) => notes.some((note) => note.includes("CHF 100.00 paid back")));
    expect(part).toMatchObject({ status: "processing", waiting: 0, refunds: [{ amount: "100.00" }] });
    expect(part.refunds[0]?.operation).not.toBe("");
    await shop.control("refund", { id, amount: "109.00" });
    const whole = await becomes(id, ({ status }) => status === "refunded");
    expect(whole.refunds).toHaveLength(2);
  });

  it("more than was paid is refused, and leaves no row", async () => {
    const id = await buy();
    await becomes(id, isPaid);
    gateway.answer = () =>
      Response.json(
        { error: { code: "refused", message: "Not today.", publicMessage: "", retryable: false } },
        { status: 422 },
      );
    expect(await shop.control("refund", { id, amount: "10.00" })).toMatchObject({
      error: expect.stringContaining("Not today."),
    });
    expect((await order(id)).refunds).toEqual([]);
  });

  it("with the gateway down fails at once; with its answer cut it waits, and happens once", async () => {
    const id = await buy();
    await becomes(id, isPaid);
    let sent = 0;
    gateway.answer = () => {
      sent += 1;
      return new Response("Bad gateway", { status: 502 });
    };
    expect(await shop.control("refund", { id, amount: "10.00" })).toMatchObject({ id: expect.any(Number) });
    const pending = await order(id);
    expect(pending).toMatchObject({ waiting: 1, refunds: [{ amount: "10.00", operation: "" }] });
    expect(pending.notes.some((note) => note.includes("not confirmed yet"))).toBe(true);
    expect(sent).toBe(1);
    gateway.answer = undefined;
    await shop.control("again", { id });
    const done = await becomes(id, ({ refunds }) => refunds[0]?.operation !== "");
    expect(done).toMatchObject({ waiting: 0, refunds: [{ amount: "10.00" }] });
  });

  it("killed before the answer, it is sent again and happens once", async () => {
    const id = await buy();
    await becomes(id, isPaid);
    shop.killAt("command");
    await expect(shop.control("refund", { id, amount: "20.00" })).rejects.toThrow();
    expect(shop.hasKilled()).toBe(true);
    await shop.control("again", { id });
    const done = await becomes(id, ({ waiting, refunds }) => waiting === 0 && refunds[0]?.operation !== "");
    expect(done.refunds).toHaveLength(1);
    const payment = await gateway.core.recall("shop" as never, `order-${id}` as never);
    expect(payment?.refunded.minor).toBe(2000);
  });
});

describe("reserved money", () => {
  it("is taken when the order is completed", async () => {
    const id = await buy({ completion: "deferred" });
    const reserved = await becomes(id, ({ status }) => status === "on-hold");
    expect(reserved.isPaid).toBe(false);
    expect(await shop.control("action", { id })).toEqual({
      offered: ["checkout_plugins_complete", "checkout_plugins_void", "checkout_plugins_look"],
    });
    await shop.control("status", { id, status: "completed" });
    const taken = await becomes(id, ({ panel }) => /Taken: <strong>CHF 209.00/.test(panel));
    expect(taken.status).toBe("completed");
  });

  it("is given back when the order is cancelled", async () => {
    const id = await buy({ completion: "deferred" });
    await becomes(id, ({ status }) => status === "on-hold");
    await shop.control("status", { id, status: "cancelled" });
    const given = await becomes(id, ({ notes }) => notes.some((note) => note.includes("reservation was given back")));
    expect(given.status).toBe("cancelled");
  });

  it("is taken at a status of another plugin, if that one was chosen", async () => {
    const id = await buy({ completion: "deferred", complete_on: "shipped" });
    await becomes(id, ({ status }) => status === "on-hold");
    await shop.control("status", { id, status: "shipped" });
    const taken = await becomes(id, ({ panel }) => /Taken: <strong>CHF 209.00/.test(panel));
    expect(taken.status).toBe("shipped");
  });

  it("is taken by the order's action", async () => {
    const id = await buy({ completion: "deferred" });
    await becomes(id, ({ status }) => status === "on-hold");
    await shop.control("action", { id, action: "checkout_plugins_complete" });
    await becomes(id, isPaid);
  });
});

describe("an unpaid order", () => {
  it("is not cancelled by WooCommerce when it is paid, or when nobody knows", async () => {
    await shop.control("settings", {
      enabled: "1",
      completion: "immediate",
      complete_on: "completed",
      authorized_status: "on-hold",
    });
    const id = await create();
    await pay(id);
    expect(await shop.control("unpaid", { id })).toEqual({ cancels: true });
    gateway.answer = () => new Response("", { status: 502 });
    expect(await shop.control("unpaid", { id })).toEqual({ cancels: false });
    gateway.answer = undefined;
    await gateway.buyer({ action: "pay" });
    // What was read within two seconds is answered from the record; WooCommerce asks an hour later.
    gateway.later(2);
    expect(await shop.control("unpaid", { id })).toEqual({ cancels: false });
    await becomes(id, isPaid);
  });

  it("that is cancelled is given up: what is paid afterwards is paid back", async () => {
    const id = await create();
    await pay(id);
    await shop.control("status", { id, status: "cancelled" });
    await gateway.buyer({ action: "pay" });
    await until("paid back", async () => {
      await gateway.settle(`order-${id}`);
      const payment = await gateway.core.recall("shop" as never, `order-${id}` as never);
      return payment?.standing === "voided" || (payment?.refunded.minor ?? 0) > 0;
    });
    expect((await order(id)).status).toBe("cancelled");
  });
});

describe("an order that was paid a moment before it was cancelled", () => {
  const begun = async (): Promise<number> => {
    await shop.control("settings", { enabled: "1", completion: "immediate" });
    const id = await create();
    await pay(id);
    return id;
  };

  it("by a person: the money is paid back, and the order has no money that it never had", async () => {
    const id = await begun();
    await gateway.buyer({ action: "pay" });
    expect((await order(id)).status).toBe("pending");
    await shop.control("status", { id, status: "cancelled" });
    expect(gateway.newest()).toMatchObject({ kind: "void", whenCompleted: "refund" });
    const given = await becomes(id, ({ notes }) => notes.some((note) => note.includes("CHF 209.00 paid back")));
    expect(given).toMatchObject({ status: "cancelled", isPaid: false, refunds: [] });
  });

  it("by WooCommerce's clock: the buyer keeps it", async () => {
    const id = await begun();
    await shop.control("expire", { id });
    expect(gateway.newest()).toMatchObject({ kind: "void", whenCompleted: "refuse" });
    expect((await order(id)).status).toBe("cancelled");
  });
});

describe("once a day", () => {
  const cli = join(import.meta.dirname, "wordpress/cli.php");

  it("an order that a backup made unpaid shows its payment again", async () => {
    const id = await buy();
    await becomes(id, isPaid);
    await shop.control("restore", { id });
    expect(await order(id)).toMatchObject({ status: "pending", isPaid: false });
    expect(await shop.php(cli, "compare")).toContain(`Order ${id} had missed something`);
    expect(await order(id)).toMatchObject({ status: "processing", isPaid: true });
    expect(await shop.php(cli, "compare")).not.toContain("missed");
  });

  it("one that counts as paid without money is told to a person, once", async () => {
    const id = await create();
    await pay(id);
    await shop.control("status", { id, status: "processing" });
    for (const _time of [1, 2]) expect(await shop.php(cli, "compare")).toContain(`Order ${id} counts as paid`);
    expect((await order(id)).notes.filter((note) => note.includes("has no money for it"))).toHaveLength(1);
  });

  it("it is begun by whoever opens a page, and done in the background", async () => {
    const id = await buy();
    await becomes(id, isPaid);
    await shop.control("scheduled");
    await shop.control("restore", { id });
    await shop.control("scheduled");
    expect(await order(id)).toMatchObject({ isPaid: false });
    await shop.control("day-later");
    await (await fetch(shop.url)).arrayBuffer();
    await shop.control("scheduled");
    expect(await order(id)).toMatchObject({ isPaid: true });
  });

  it("it waits for a gateway that is down", async () => {
    gateway.answer = () => new Response("Bad gateway", { status: 502 });
    expect(await shop.php(cli, "compare")).toContain("The gateway did not answer");
  });
});

describe("at the end", () => {
  it("PHP complained of nothing in our plugin, and core of nothing in the shop", () => {
    expect(shop.complaints()).toEqual([]);
    expect(gateway.warnings.filter((line) => line.startsWith("show failed"))).toEqual([]);
  });
});
