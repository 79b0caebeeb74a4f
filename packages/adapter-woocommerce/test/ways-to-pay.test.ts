import { type Browser, findChromium, launchChromium, type Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestGateway } from "./gateway.ts";
import { whyNoShop } from "./programs.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";
import type { PayView } from "./views.ts";

const ours = "checkout_plugins_postfinance";

interface Offered {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
}

const why = whyNoShop();
let shop: Shop;
let gateway: TestGateway;
const { create, order, becomes } = useShop({ why, hears: false }, (opened) => {
  ({ shop, gateway } = opened);
});

const settings = {
  enabled: "1",
  offer: "one",
  integration: "page",
  completion: "immediate",
  complete_on: "completed",
  authorized_status: "on-hold",
};
async function set(changes: Readonly<Record<string, string>>): Promise<void> {
  const pairing_code = gateway.pairingCode;
  const { errors } = await shop.control<{ errors: string[] }>("settings", { ...settings, pairing_code, ...changes });
  expect(errors).toEqual([]);
}
const offer = (query = "", input = {}) => shop.control<readonly Offered[]>(`offer${query}`, input);
async function pay(id: number, method?: string): Promise<string> {
  const { result } = await shop.control<PayView>("pay", { id, gateway: method });
  expect(result.result).toBe("success");
  return result.redirect ?? "";
}
/** Read to its end, whatever it is: php -S closes the connection behind it. */
async function visit(url: string): Promise<{ location: string; html: string; cache: string }> {
  const response = await fetch(url, { redirect: "manual" });
  const { headers } = response;
  const html = await response.text();
  return { location: headers.get("location") ?? "", html, cache: headers.get("cache-control") ?? "" };
}
const isPaid = (id: number) => becomes(id, (view) => view.isPaid);
/** What the buyer waits for: `work`, and what it asked of the gateway and of the service. */
async function counted<T>(work: () => Promise<T>): Promise<{ done: T; commands: string[]; asked: readonly string[] }> {
  await gateway.asked();
  gateway.commands.length = 0;
  const done = await work();
  return { done, commands: [...gateway.commands], asked: await gateway.asked() };
}

describe("each means of payment by itself", () => {
  it("is offered with its title, text and picture, in the language of the shop, and the one entry is not", async () => {
    await set({ offer: "each" });
    const all = await offer();
    expect(all.map(({ title }) => title)).toEqual(expect.arrayContaining(["TWINT", "Credit / Debit Card"]));
    expect(all.map(({ id }) => id)).not.toContain(ours);
    const twint = all.find(({ title }) => title === "TWINT");
    expect(twint?.description).toContain("TWINT");
    expect(twint?.icon).toMatch(/^<img [^>]*src="http[^"]+twint\.svg"[^>]* alt=""/);
    await shop.control("scheduled");
    const german = async () => (await offer("&locale=de_CH")).map(({ title }) => title);
    expect(await german()).toContain("Credit / Debit Card");
    await shop.control("scheduled");
    expect(await german()).toContain("Kredit-/Debitkarte");
  });

  it("is listed again at most once an hour, and by no page that a buyer waits for", async () => {
    await set({ offer: "each" });
    const { commands } = await counted(async () => {
      await offer();
      await shop.control("list", { minutes: 59 });
      await offer();
      await shop.control("scheduled");
    });
    expect(commands).toEqual([]);
    const later = await counted(async () => {
      await shop.control("list", { minutes: 60 });
      for (let page = 0; page < 3; page += 1) await offer();
      expect(gateway.commands).toEqual([]);
      await shop.control("scheduled");
    });
    expect(later.commands).toEqual(["methods"]);
  });

  it("is not offered in a currency that it does not take", async () => {
    await set({ offer: "each" });
    const before = await offer();
    await shop.control("list-currencies", { title: "TWINT", currencies: ["CHF"] });
    expect((await offer()).length).toBe(before.length);
    const titles = (await offer("", { currency: "EUR" })).map(({ title }) => title);
    expect(titles).not.toContain("TWINT");
    expect(titles.length).toBe(before.length - 1);
    await offer("", { currency: "CHF" });
  });

  it("falls back to one entry while the list is not known, and says so to the owner", async () => {
    await set({});
    gateway.answer = () => new Response("", { status: 502 });
    await shop.control("settings", { ...settings, test: "1" });
    const { errors } = await shop.control<{ errors: string[] }>("settings", { ...settings, offer: "each" });
    expect(errors).toContainEqual(expect.stringContaining("could not be listed"));
    expect((await offer()).map(({ id }) => id)).toEqual([ours]);
  });

  it("leads to the payment page with itself chosen; the order is one of ours, called as the buyer read it", async () => {
    await set({ offer: "each" });
    const twint = (await offer()).find(({ title }) => title === "TWINT")?.id ?? "";
    const id = await create();
    const { done, commands, asked } = await counted(() => pay(id, twint));
    expect(new URL(done).searchParams.get("paymentMethodConfigurationId")).toBe(twint.slice(ours.length + 1));
    expect(commands).toEqual(["start"]);
    expect(asked).toEqual(["POST /payment/transactions", "GET /payment/transactions/{id}/payment-page-url"]);
    expect(await order(id)).toMatchObject({ method: twint, methodTitle: "TWINT" });
    await gateway.buyer({ action: "pay", methodConfiguration: twint.slice(ours.length + 1) });
    await isPaid(id);
    expect(await order(id)).toMatchObject({ method: ours, methodTitle: "TWINT", isPaid: true });
    expect(await shop.control("refund", { id, amount: "9.00" })).toMatchObject({ id: expect.any(Number) });
  });
});

describe.each(["iframe", "lightbox"] as const)("paying in the shop by %s", (integration) => {
  it("asks the gateway once and the service three times before the fields are there", async () => {
    await set({ integration });
    const id = await create();
    const { done, commands, asked } = await counted(async () => {
      const url = await pay(id);
      return { url, ...(await visit(url)) };
    });
    expect(commands).toEqual(["start"]);
    expect(asked).toEqual([
      "POST /payment/transactions",
      "GET /payment/transactions/{id}/payment-method-configurations",
      `GET /payment/transactions/{id}/${integration}-javascript-url`,
    ]);
    expect(done.url).toContain("order-pay");
    expect(done.cache).toContain("no-cache");
    expect(done.html).toContain(`/assets/payment/${integration}-checkout-handler.js?`);
    expect(done.html).toContain("Pay CHF 209.00");
    expect(done.html).toContain("TWINT");

    const again = await counted(() => visit(done.url));
    expect(again.commands).toEqual(["start"]);
    expect(again.done.html).toContain(`${integration}-checkout-handler.js?`);
    const page = await visit(`${done.url}&checkout_plugins_page=yes`);
    expect(page.location).toMatch(/\/payment\/transaction\/pay\//);
    const stranger = await visit(done.url.replace(/key=[^&]*/, "key=wrong"));
    expect(stranger.html).not.toContain("checkout-handler.js");
  });

  it("says so when the gateway is down, and keeps the order", async () => {
    await set({ integration });
    const id = await create();
    const url = await pay(id);
    await visit(url);
    gateway.answer = () => new Response("", { status: 502 });
    expect((await visit(url)).location).toContain("pay_for_order=true");
    expect((await order(id)).status).toBe("pending");
  });
});

describe("in a browser", () => {
  let browser: Browser | undefined;
  let missing: string | undefined;
  beforeAll(async () => {
    const found = await findChromium();
    if ("missing" in found && process.env.REQUIRE_CHROMIUM !== "1") missing = found.missing;
    else if (why === null) browser = await launchChromium();
  });
  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  afterAll(async () => browser?.close());

  async function open(url: string): Promise<Page> {
    if (browser === undefined) throw new Error("The browser was not started");
    const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    await page.goto(url);
    return page;
  }
  const cardOf = async (): Promise<string> => {
    await set({ offer: "each" });
    return (await offer()).find(({ title }) => title === "Credit / Debit Card")?.id ?? "";
  };

  it("iframe: a card is typed into the shop's page, a mistake is told, then it is paid", async () => {
    await set({ integration: "iframe" });
    const id = await create();
    const page = await open(await pay(id));
    await page.getByLabel("Credit / Debit Card").check();
    const fields = page.frameLocator("#checkout-plugins-fields iframe");
    await fields.getByLabel("Card number").waitFor();
    await page.getByRole("button", { name: "Pay CHF 209.00" }).click();
    await page.locator("#checkout-plugins-mistakes li").first().waitFor();
    await fields.getByLabel("Card number").fill("4111 1111 1111 1111");
    await fields.getByLabel("Valid until").fill("12/30");
    await fields.getByLabel("Security code").fill("123");
    await page.getByRole("button", { name: "Pay CHF 209.00" }).click();
    await page.waitForURL(/order-received/);
    await isPaid(id);
    await page.context().close();
  });

  it("lightbox: the page of the chosen means opens over the shop's by itself, and is paid", async () => {
    const card = await cardOf();
    await set({ offer: "each", integration: "lightbox" });
    const id = await create();
    const page = await open(await pay(id, card));
    const overlay = page.frameLocator("dialog iframe");
    await overlay.getByLabel("Card number").fill("4111 1111 1111 1111");
    await overlay.getByLabel("Valid until").fill("12/30");
    await overlay.getByLabel("Security code").fill("123");
    await overlay.getByRole("button", { name: /^Pay/ }).click();
    await page.waitForURL(/order-received/);
    await isPaid(id);
    await page.context().close();
  });
});

describe("at the end", () => {
  it("PHP complained of nothing in our plugin", () => {
    expect(shop.complaints()).toEqual([]);
  });
});
