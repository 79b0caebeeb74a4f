import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TestGateway } from "./gateway.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";
import type { OrderView, PayView } from "./views.ts";

let shop: Shop;
let gateway: TestGateway;
const { create, order, becomes } = useShop({ hears: true }, async (opened) => {
  ({ shop, gateway } = opened);
  await set();
});

const set = (changes: Readonly<Record<string, string>> = {}) =>
  shop.control("settings", {
    enabled: "1",
    completion: "immediate",
    documents: "1",
    pairing_code: gateway.pairingCode,
    ...changes,
  });
const offered = async (id: number) => (await shop.control<{ offered: string[] }>("action", { id })).offered;
const act = (id: number, action: string) => shop.control("action", { id, action: `checkout_plugins_${action}` });
const reads =
  (text: string) =>
  ({ notes }: OrderView): boolean =>
    notes.some((note) => note.includes(text));
async function buy(method?: string): Promise<number> {
  const id = await create();
  await shop.control<PayView>("pay", { id });
  await gateway.buyer({ action: "pay", ...(method && { methodConfiguration: method }) });
  return id;
}
async function file(url: string, cookies = ""): Promise<{ status: number; type: string; name: string; begin: string }> {
  const response = await fetch(url, { headers: { cookie: cookies }, redirect: "manual" });
  const begin = Buffer.from(await response.arrayBuffer())
    .subarray(0, 5)
    .toString("latin1");
  const { headers, status } = response;
  return { status, type: headers.get("content-type") ?? "", name: headers.get("content-disposition") ?? "", begin };
}
const links = (html: string): readonly string[] =>
  [...html.matchAll(/href="([^"]+)"/g)].map(([, url = ""]) => url.replace(/&#0?38;|&amp;/g, "&"));

describe("a payment that must be checked before it ships", () => {
  const review = async (): Promise<number> => {
    await gateway.simulator.changeSpace("70001", { switches: { delivery: "manualCheck" } });
    const id = await buy();
    const held = await becomes(id, reads("asks you to check"));
    expect(held).toMatchObject({ status: "on-hold", isPaid: true });
    expect(held.panel).toContain("To be checked");
    expect(await offered(id)).toEqual(expect.arrayContaining(["checkout_plugins_accept", "checkout_plugins_deny"]));
    await gateway.simulator.changeSpace("70001", { switches: { delivery: "suitable" } });
    return id;
  };

  it("goes on when it is accepted on the order, however often that is pressed", async () => {
    const id = await review();
    await Promise.all([act(id, "accept"), act(id, "accept")]);
    const accepted = await becomes(id, ({ status }) => status === "processing");
    expect(accepted.notes.filter((note) => note.includes("check before shipping is decided"))).toHaveLength(1);
    expect(await offered(id)).not.toContain("checkout_plugins_accept");
  });

  it("must not ship when it is denied", async () => {
    const id = await review();
    await act(id, "deny");
    const denied = await becomes(id, reads("Do not ship"));
    expect(denied.status).toBe("on-hold");
  });
});

describe("documents", () => {
  it("are for the owner who may edit the order, and for its buyer where that is allowed", async () => {
    await set();
    const id = await buy();
    await becomes(id, ({ status }) => status === "processing");
    await shop.control("refund", { id, amount: "9.00" });
    await becomes(id, reads("paid back"));
    const { cookies, panel } = await shop.control<{ cookies: string; panel: string }>("login", { id, name: "admin" });
    const owners = links(panel).filter((url) => url.includes("checkout_plugins_document"));
    expect(owners).toHaveLength(3);
    for (const url of owners) {
      expect(await file(url, cookies)).toMatchObject({ status: 200, type: "application/pdf", begin: "%PDF-" });
      expect((await file(url)).status).not.toBe(200);
      expect((await file(url.replace(/_wpnonce=\w+/, "_wpnonce=1"), cookies)).status).toBe(403);
    }

    const { html } = await shop.control<{ html: string }>("details", { id });
    expect(html).toContain("Invoice");
    expect(html).toContain("Refund of CHF 9.00");
    expect(html).not.toContain("Packing slip");
    const [invoice = ""] = links(html);
    expect(await file(invoice)).toMatchObject({
      status: 200,
      begin: "%PDF-",
      name: expect.stringMatching(/^attachment; filename="[\w.-]+\.pdf"$/),
    });
    expect((await file(invoice.replace(/key=[^&]*/, "key=wrong"))).status).toBe(404);
    expect((await file(invoice.replace("document=invoice", "document=packingSlip"))).status).toBe(404);
    gateway.answer = () => new Response("", { status: 502 });
    expect((await file(invoice)).status).toBe(503);
    gateway.answer = undefined;
    await shop.control("settings", { enabled: "1" });
    expect((await shop.control<{ html: string }>("details", { id })).html).toBe("");
    expect((await file(invoice)).status).toBe(404);
  });
});

describe("the order's screen", () => {
  it("names whom to call about this means of payment, in the merchant's language, with the day it was read", async () => {
    await set();
    const id = await buy();
    const { panel } = await becomes(id, ({ status }) => status === "processing");
    expect(panel).toContain("Whom to call");
    expect(panel).toMatch(/As of \d{4}-\d\d-\d\d/);
    expect(panel).toMatch(/href="(tel:|mailto:|https:)/);
    const german = await shop.control<OrderView>("order&locale=de_CH", { id });
    expect(german.panel).toContain("Akzeptanzpartner");
  });

  it("marks what is paid with test money", async () => {
    const id = await create();
    await shop.control("pay", { id });
    await shop.control("test-payment", { id });
    expect((await order(id)).panel).toContain("<mark>Test: no real money</mark>");
  });
});

describe("an order made by phone", () => {
  it("is paid by the link that its buyer gets by mail, without an account", async () => {
    await set();
    const id = await create();
    await shop.control("method", { id, method: "" });
    expect(await offered(id)).toEqual(["checkout_plugins_mail_link"]);
    await shop.control("mails");
    await act(id, "mail_link");
    const mails = await shop.control<{ to: string; subject: string; message: string }[]>("mails");
    expect(mails).toMatchObject([{ to: "erika@example.ch", subject: `Pay your order ${id} at Shop` }]);
    expect((await order(id)).notes.some((note) => note.includes("mailed to erika@example.ch"))).toBe(true);
    const url = links(mails[0]?.message ?? "").find((one) => one.includes("order-pay")) ?? "";
    const lead = async () => {
      const response = await fetch(url, { redirect: "manual" });
      await response.arrayBuffer();
      return response.headers.get("location") ?? "";
    };
    const page = await lead();
    expect(page).toContain("/payment/transaction/pay/");
    expect(await lead()).toBe(page);
    await gateway.buyer({ action: "pay" });
    await becomes(id, ({ isPaid }) => isPaid);
    expect(await offered(id)).toEqual(["checkout_plugins_look"]);
    expect(await lead()).not.toContain("/payment/transaction/pay/");
  });

  it("says so when the mail was not accepted", async () => {
    const id = await create();
    await shop.control("mailing", { works: false });
    await act(id, "mail_link");
    await shop.control("mailing", { works: true });
    expect(reads("could not be mailed")(await order(id))).toBe(true);
  });
});

describe("WP-CLI", () => {
  const cli = (...args: readonly string[]) => shop.php(join(import.meta.dirname, "wordpress/cli.php"), ...args);

  it("shows, asks, tests and repairs", async () => {
    await set();
    const id = await create();
    await shop.control("pay", { id });
    await gateway.buyer({ action: "pay" });
    expect(await cli("settle", String(id))).toMatch(/its payment is (paid|open)/);
    await becomes(id, ({ status }) => status === "processing");
    expect(await cli("status", String(id))).toContain(`Order ${id} is processing; its payment is paid`);
    expect(await cli("status")).toMatch(/Paired as shop with http[\s\S]*commands that wait: 0/);
    expect(await cli("test-connection")).toContain("Success: The shop and its gateway reach each other.");
    expect(await cli("status", "999999")).toContain("Error: There is no order 999999");

    gateway.answer = () => new Response("Bad gateway", { status: 502 });
    await shop.control("refund", { id, amount: "5.00" });
    expect(await cli("status")).toContain("commands that wait: 1");
    expect(await cli("repair")).toMatch(/still wait: 1[\s\S]*Error: The gateway did not answer/);
    expect(await cli("test-connection")).toMatch(/Warning: Shop to gateway: [\s\S]*Error:/);
    gateway.answer = undefined;
    expect(await cli("repair")).toMatch(/still wait: 0[\s\S]*Success/);
    expect((await becomes(id, ({ refunds }) => refunds[0]?.operation !== "")).refunds).toHaveLength(1);
  });
});

describe("at the end", () => {
  it("PHP complained of nothing in our plugin", () => {
    expect(shop.complaints()).toEqual([]);
  });
});
