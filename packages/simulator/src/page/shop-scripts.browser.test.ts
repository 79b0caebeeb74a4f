import type { Page } from "@checkout-plugins/tooling/chromium";
import { describe, expect, it } from "vitest";
import { accessibilityProblems, openShopPage, picture, useBrowser } from "../testing/browser.ts";
import { openShop, type Shop } from "../testing/shop.ts";

interface Checkout {
  readonly shop: Shop;
  readonly id: number;
  readonly page: Page;
  /** What the script called back, in order. */
  called(): Promise<readonly unknown[]>;
  violations: readonly string[];
}

/** A shop's own page with a strict policy, at another origin, that loads the script of a new transaction. */
async function openCheckout(
  browser: ReturnType<typeof useBrowser>,
  kind: "iframe" | "lightbox",
  options: {
    readonly changes?: Readonly<Record<string, unknown>>;
    readonly className?: string;
    readonly width?: number;
  } = {},
): Promise<Checkout> {
  const shop = await openShop();
  const back = `${await openShopPage()}/return`;
  const { id } = await shop.create({ successUrl: `${back}?r=ok`, failedUrl: `${back}?r=ko`, ...options.changes });
  const script = (await shop.call("GET", `/payment/transactions/${id}/${kind}-javascript-url`)).text;
  const className = options.className === undefined ? "" : `&className=${options.className}`;
  const html = `<!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kasse</title>
    <main><h1>Kasse</h1><div id="payment"></div><button id="order">Bestellen</button></main>
    <script src="${(script + className).replaceAll("&", "&amp;")}"></script>
    <script nonce="n">window.called = []; window.note = (name) => (value) => window.called.push([name, value]);</script>`;
  const policy = `default-src 'none'; script-src ${shop.url} 'nonce-n'; frame-src ${shop.url}`;
  const page = await browser.open(options.width === undefined ? {} : { width: options.width });
  const violations: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") violations.push(message.text());
  });
  await page.goto(await openShopPage(html, { "content-security-policy": policy }));
  const called = () => page.evaluate("window.called") as Promise<readonly unknown[]>;
  return { shop, id, page, called, violations };
}
const method = async (shop: Shop, name: string): Promise<number> => {
  const { body } = await shop.control("GET", "/spaces/70001");
  return body.methods.find((row: { method: string }) => row.method === name).id;
};
const create = (page: Page, id: number, global = "IframeCheckoutHandler") =>
  page.evaluate(`
    window.handler = window.${global}(${id});
    handler.setHeightChangeCallback(note("height"));
    handler.setEnableSubmitCallback(note("enable"));
    handler.setDisableSubmitCallback(note("disable"));
    handler.create("payment", note("validation"), note("initialize"));
  `);

describe("the iframe script", () => {
  const browser = useBrowser();

  it("validates in the shop's page, then pays, under a strict policy", async () => {
    const checkout = await openCheckout(browser, "iframe", { changes: { autoConfirmationEnabled: false } });
    const { shop, id, page, called } = checkout;
    await create(page, await method(shop, "card"));
    const frame = page.frameLocator("#payment iframe");
    await frame.getByLabel("Kartennummer").waitFor();
    await expect.poll(called).toContainEqual(["initialize", undefined]);
    await expect
      .poll(async () => (await called()).some((call) => Array.isArray(call) && call[0] === "height" && call[1] > 200))
      .toBe(true);

    await page.evaluate("handler.validate()");
    await expect.poll(called).toContainEqual([
      "validation",
      {
        success: false,
        errors: [
          "Geben Sie eine gültige Kartennummer ein.",
          "Geben Sie das Datum als MM/JJ ein, zum Beispiel 12/30.",
          "Geben Sie die 3 oder 4 Ziffern des Sicherheitscodes ein.",
        ],
      },
    ]);
    expect(await frame.getByLabel("Kartennummer").getAttribute("aria-invalid")).toBe("true");
    await picture(page, "iframe-wrong");
    const inside = page.frames().find((candidate) => candidate.url().startsWith(shop.url));
    expect(inside === undefined ? ["no frame"] : await accessibilityProblems(inside)).toEqual([]);

    await frame.getByLabel("Kartennummer").fill("4111 1111 1111 1111");
    await frame.getByLabel("Gültig bis").fill("12/30");
    await frame.getByLabel("Sicherheitscode").fill("123");
    await page.evaluate("handler.validate()");
    await expect.poll(called).toContainEqual(["validation", { success: true, errors: [] }]);
    expect(await frame.locator("[aria-invalid]").count()).toBe(0);
    expect((await shop.read(id)).state).toBe("PENDING");
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 1 } });
    await page.evaluate("handler.submit()");
    await page.waitForURL(/r=ok$/);
    expect(await shop.read(id)).toMatchObject({ state: "FULFILL", userInterfaceType: "IFRAME" });
    expect(checkout.violations).toEqual([]);
  });

  it("takes no room where nothing is to be typed, and leads to the platform", async () => {
    const { shop, id, page, called } = await openCheckout(browser, "iframe");
    await create(page, await method(shop, "twint"));
    await expect.poll(called).toContainEqual(["height", 0]);
    await page.evaluate("handler.validate()");
    await expect.poll(called).toContainEqual(["validation", { success: true, errors: [] }]);
    await page.evaluate("handler.submit()");
    await page.getByRole("button", { name: "Zahlung bestätigen" }).click();
    await page.waitForURL(/r=ok$/);
    expect((await shop.read(id)).state).toBe("FULFILL");
  });

  it("asks the bank, and comes back declined, on the platform's own page", async () => {
    const { shop, id, page, called } = await openCheckout(browser, "iframe");
    await create(page, await method(shop, "card"));
    const frame = page.frameLocator("#payment iframe");
    await frame.getByLabel("Kartennummer").fill("4000 0000 0000 3220");
    await frame.getByLabel("Gültig bis").fill("12/30");
    await frame.getByLabel("Sicherheitscode").fill("123");
    await page.evaluate("handler.validate()");
    await expect.poll(called).toContainEqual(["validation", { success: true, errors: [] }]);
    await page.evaluate("handler.submit()");
    await page.getByRole("button", { name: "Zahlung ablehnen" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("Bestätigung bei Ihrer Bank");
    expect((await shop.read(id)).state).toBe("PROCESSING");
  });

  it("shows the platform's page when the order was not confirmed before the submit", async () => {
    const { shop, page, called } = await openCheckout(browser, "iframe", {
      changes: { autoConfirmationEnabled: false },
    });
    await create(page, await method(shop, "invoice"));
    await expect.poll(called).toContainEqual(["height", 0]);
    await page.evaluate("handler.submit()");
    await page.getByRole("heading", { name: "Diese Bestellung ist noch nicht bestätigt" }).waitFor();
  });

  it("has the name the shop wishes, replaces the shop's button, and goes away", async () => {
    const { shop, page, called } = await openCheckout(browser, "iframe", { className: "myHandler" });
    expect(await page.evaluate("typeof window.IframeCheckoutHandler")).toBe("undefined");
    await page.evaluate("myHandler.configure('replacePrimaryAction', true)");
    await page.evaluate(`
      window.handler = myHandler(${await method(shop, "twint")});
      handler.setReplacePrimaryActionCallback(note("replace"));
      handler.setResetPrimaryActionCallback(note("reset"));
      handler.setValidationCallback(note("validation"));
      handler.create(document.getElementById("payment"));
    `);
    await expect.poll(called).toContainEqual(["replace", "CHF 36.95 mit TWINT bezahlen".replace("CHF ", "CHF\u00a0")]);
    await page.evaluate("handler.trigger()");
    await expect.poll(called).toContainEqual(["validation", { success: true, errors: [] }]);
    await page.evaluate("handler.destroy()");
    expect(await called()).toContainEqual(["reset", undefined]);
    expect(await page.locator("iframe").count()).toBe(0);
  });

  it("listens to nobody but its own frame", async () => {
    const { shop, page, called } = await openCheckout(browser, "iframe");
    await create(page, await method(shop, "card"));
    await expect.poll(called).toContainEqual(["initialize", undefined]);
    await page.evaluate(`postMessage({ type: "navigate", url: "https://evil.example/" }, "*")`);
    await page.evaluate(`postMessage({ type: "validated", success: true, errors: [] }, "*")`);
    await page.evaluate("new Promise((resolve) => setTimeout(resolve))");
    expect(await called()).not.toContainEqual(["validation", { success: true, errors: [] }]);
    expect(page.url()).toContain("localhost");
  });

  it("answers only to whoever knows the token, with a name that is a name", async () => {
    const { shop, id } = await openCheckout(browser, "iframe");
    const { text } = await shop.call("GET", `/payment/transactions/${id}/iframe-javascript-url`);
    expect((await fetch(text)).headers.get("content-type")).toContain("javascript");
    expect((await fetch(text.replace(/securityToken=.*/, "securityToken=wrong"))).status).toBe(403);
    expect((await fetch(`${text}&className=alert(1)`)).status).toBe(400);
    const form = text.replace(/\/assets.*\?/, `/s/70001/payment/transaction/form/${id}?`);
    expect((await fetch(`${form}&paymentMethodConfigurationId=${await method(shop, "card")}`)).status).toBe(403);
    expect((await fetch(`${form}&parent=https://shop.ch&paymentMethodConfigurationId=1`)).status).toBe(403);
  });
});

describe("the lightbox script", () => {
  const browser = useBrowser();

  it.each([
    ["desktop", 1280],
    ["phone", 390],
  ])("pays over the shop's page, %s", async (name, width) => {
    const checkout = await openCheckout(browser, "lightbox", { width });
    const { shop, id, page } = checkout;
    await page.evaluate(`LightboxCheckoutHandler.startPayment(undefined, note("error"))`);
    const frame = page.frameLocator("dialog iframe");
    await frame.getByText("Kredit-/Debitkarte").click();
    await picture(page, `lightbox-${name}`);
    await frame.getByLabel("Kartennummer").fill("4000 0000 0000 0002");
    await frame.getByLabel("Gültig bis").fill("12/30");
    await frame.getByLabel("Sicherheitscode").fill("123");
    await frame.getByRole("button", { name: "bezahlen" }).click();
    await frame.getByRole("alert").waitFor();
    await frame.getByLabel("Kartennummer").fill("4111 1111 1111 1111");
    await frame.getByLabel("Gültig bis").fill("12/30");
    await frame.getByLabel("Sicherheitscode").fill("123");
    await frame.getByRole("button", { name: "bezahlen" }).click();
    await page.waitForURL(/r=ok$/);
    expect(await shop.read(id)).toMatchObject({ state: "FULFILL", userInterfaceType: "LIGHTBOX" });
    expect(checkout.violations).toEqual([]);
  });

  it("opens the wished method, and leads back when the buyer cancels", async () => {
    const { shop, id, page } = await openCheckout(browser, "lightbox");
    await page.evaluate(`LightboxCheckoutHandler.startPayment(${await method(shop, "twint")})`);
    const frame = page.frameLocator("dialog iframe");
    await frame.getByRole("button", { name: "mit TWINT bezahlen" }).waitFor();
    await frame.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).click();
    await page.waitForURL(/r=ko$/);
    expect((await shop.read(id)).state).toBe("FAILED");
  });

  it("tells the shop's error callback what keeps the buyer from paying, and goes away", async () => {
    const { page, called } = await openCheckout(browser, "lightbox", {
      changes: { autoConfirmationEnabled: false },
      className: "box",
    });
    await page.evaluate(`box.startPayment(undefined, note("error"))`);
    await expect.poll(called).toContainEqual(["error", "Diese Bestellung ist noch nicht bestätigt"]);
    expect(await page.locator("dialog").count()).toBe(0);
  });

  it("leads on at once when it is paid already", async () => {
    const { shop, id, page } = await openCheckout(browser, "lightbox");
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay" });
    await page.evaluate(`LightboxCheckoutHandler.startPayment()`);
    await page.waitForURL(/r=ok$/);
    expect(await page.getByRole("heading").textContent()).toBe("Thank you");
  });
});
