import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, findChromium, launchChromium, type Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { TestGateway } from "./gateway.ts";
import { until, whyNoWooCommerce } from "./programs.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";
import type { OrderView } from "./views.ts";

/** A folder for pictures of what was seen, at 1280 and at 390 px. */
const pictures = process.env.PICTURES;
const ours = "checkout_plugins_postfinance";

const chromium = await findChromium();
const why = whyNoWooCommerce() ?? ("missing" in chromium ? chromium.missing : null);
let shop: Shop;
let gateway: TestGateway;
let browser: Browser;
useShop({ why, hears: true }, async (opened) => {
  ({ shop, gateway } = opened);
  browser = await launchChromium();
});
afterAll(() => browser?.close());

type Kind = "classic" | "block";

async function set(changes: Readonly<Record<string, string>>): Promise<void> {
  await shop.control("settings", {
    enabled: "1",
    completion: "immediate",
    pairing_code: gateway.pairingCode,
    ...changes,
  });
}
async function newVisitor(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") await picture(page, `failed-${task.id}`);
    await context.close();
  });
  return page;
}
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
  }
}

/** A guest with a rucksack in his cart, at the checkout, with everything filled in but the means of payment. */
async function atCheckout(kind: Kind): Promise<Page> {
  const { product, page: address } = await shop.control<{ product: number; page: string }>("checkout", { kind });
  const page = await newVisitor();
  await page.goto(`${shop.url}/?add-to-cart=${product}`);
  await page.goto(address);
  const fields = {
    first_name: "Erika",
    last_name: "Muster",
    address_1: "Bahnhofstrasse 1",
    postcode: "8001",
    city: "Zürich",
  };
  const prefix = kind === "block" ? "billing-" : "billing_";
  // The block tells the shop what was typed, in one request or several; its button is dead meanwhile, and alive between them.
  const told =
    kind === "block"
      ? page.waitForResponse((answer) => answer.request().postData()?.includes(fields.city) === true)
      : Promise.resolve();
  await page.locator(kind === "block" ? "#email" : "#billing_email").fill("erika@example.ch");
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${prefix}${name}`).fill(value);
  await told;
  return page;
}
async function choose(page: Page, kind: Kind, method: string): Promise<void> {
  if (kind === "block") {
    // Since 9.8 the block tells the shop what was chosen, and takes no order before it has its answer.
    const { woocommerce } = await shop.control<{ woocommerce: string }>("facts");
    const [major = 0, minor = 0] = woocommerce.split(".").map(Number);
    const tells = major > 9 || (major === 9 && minor >= 8);
    const radio = page.locator(`input[value="${method}"][name^="radio-control-wc-payment"]`);
    const told = tells ? page.waitForResponse(/wc\/store\/v1\/checkout/) : Promise.resolve();
    await radio.check();
    await told;
  } else {
    await page.locator(".blockOverlay").first().waitFor({ state: "detached" });
    await page.locator(`label[for="payment_method_${method}"]`).click();
  }
}
async function place(page: Page, kind: Kind): Promise<void> {
  const button = kind === "block" ? ".wc-block-components-checkout-place-order-button" : "#place_order";
  await page.locator(button).click();
}
async function typeCard(fields: Pick<Page, "getByLabel">): Promise<void> {
  await fields.getByLabel("Card number").fill("4111 1111 1111 1111");
  await fields.getByLabel("Valid until").fill("12/30");
  await fields.getByLabel("Security code").fill("123");
}
const orderOf = (url: string): number => Number(/order-(?:received|pay)[=/](\d+)/.exec(url)?.[1]);
async function isPaid(id: number): Promise<OrderView> {
  const read = () => shop.control<OrderView>("order", { id });
  await until(`order ${id} paid`, async () => (await read()).isPaid);
  return read();
}

describe.each(["classic", "block"] as const)("the real WooCommerce's %s checkout", (kind) => {
  it("is paid on the payment page", async () => {
    await set({ integration: "page" });
    const page = await atCheckout(kind);
    await choose(page, kind, ours);
    await picture(page, `${kind}-checkout`);
    await place(page, kind);
    await page.waitForURL(/\/payment\/transaction\/pay\//);
    await gateway.buyer({ action: "decline" });
    await gateway.buyer({ action: "pay" });
    const [order] = await shop.control<readonly { id: number; returnUrl: string }[]>("newest");
    await page.goto(order?.returnUrl ?? "");
    await page.waitForURL(/order-received/);
    expect(await isPaid(orderOf(page.url()))).toMatchObject({ method: ours, status: "processing" });
  });

  it("is paid in the shop by iframe", async () => {
    await set({ integration: "iframe" });
    const page = await atCheckout(kind);
    await choose(page, kind, ours);
    await place(page, kind);
    await page.waitForURL(/order-pay/);
    await page.getByLabel("Credit / Debit Card").check();
    const fields = page.frameLocator("#checkout-plugins-fields iframe");
    await fields.getByLabel("Card number").waitFor();
    await picture(page, `${kind}-iframe`);
    await typeCard(fields);
    await page.getByRole("button", { name: "Pay CHF 209.00" }).click();
    await page.waitForURL(/order-received/);
    expect(await isPaid(orderOf(page.url()))).toMatchObject({ methodTitle: "Card, TWINT or PostFinance Pay" });
  });

  it("is paid in the shop by lightbox, with the card chosen among means of its own", async () => {
    await set({ integration: "lightbox", offer: "each" });
    const page = await atCheckout(kind);
    const offered = await shop.control<readonly { id: string; title: string }[]>("offer");
    const card = offered.find(({ title }) => title === "Credit / Debit Card")?.id ?? "";
    await choose(page, kind, card);
    await picture(page, `${kind}-each`);
    await place(page, kind);
    const overlay = page.frameLocator("dialog iframe");
    await overlay.getByLabel("Card number").waitFor();
    await picture(page, `${kind}-lightbox`);
    await typeCard(overlay);
    await overlay.getByRole("button", { name: /^Pay/ }).click();
    await page.waitForURL(/order-received/);
    expect(await isPaid(orderOf(page.url()))).toMatchObject({ method: ours, methodTitle: "Credit / Debit Card" });
  });

  it("leaves an order by bank transfer alone", async () => {
    await set({});
    gateway.commands.length = 0;
    const page = await atCheckout(kind);
    await choose(page, kind, ours);
    await choose(page, kind, "bacs");
    await place(page, kind);
    await page.waitForURL(/order-received/);
    expect(await shop.control("order", { id: orderOf(page.url()) })).toMatchObject({
      status: "on-hold",
      method: "bacs",
      panel: "",
    });
    expect(gateway.commands).toEqual([]);
  });
});

describe("the merchant's pages", () => {
  it("lead to the gateway's console before the shop is paired", async () => {
    const page = await newVisitor();
    await shop.control("unpair");
    await shop.control("settings", { enabled: "1", gateway: gateway.url });
    await page.goto(`${shop.url}/?shop-control=admin&id=0`);
    await page.goto(`${shop.url}/wp-admin/admin.php?page=wc-settings&tab=checkout&section=${ours}`);
    await page.getByText("it answers at this address").waitFor();
    await picture(page, "admin-connect");
    const href = await page.getByRole("link", { name: "Connect: open the gateway's console" }).getAttribute("href");
    expect(href).toBe(`${gateway.url}/manage/shops/new`);
  });

  it("show the payment on the order, and the connection below the settings", async () => {
    await set({ documents: "1", offer: "each" });
    const [order] = await shop.control<readonly { id: number }[]>("newest");
    const page = await newVisitor();
    await page.goto(`${shop.url}/?shop-control=admin&id=${order?.id}`);
    const { edit } = JSON.parse(await page.locator("body").innerText()) as { edit: string };
    await page.goto(edit);
    const panel = page.locator(".checkout-plugins-payment");
    await panel.getByText("Transaction").waitFor();
    expect(await panel.innerText()).toContain("CHF 209.00");
    await picture(page, "admin-order");
    await page.goto(`${shop.url}/wp-admin/admin.php?page=wc-settings&tab=checkout&section=${ours}`);
    await page.getByText("✓ Shop to gateway: works").waitFor();
    await picture(page, "admin-settings");
  });

  it("PHP complained of nothing in our plugin", () => {
    expect(shop.complaints()).toEqual([]);
  });
});
