import type { Page } from "@checkout-plugins/tooling/chromium";
import { describe, expect, it } from "vitest";
import { accessibilityProblems, openShopPage, picture, useBrowser } from "../testing/browser.ts";
import { openShop, type Shop } from "../testing/shop.ts";

/** Where the shop's return addresses are in these tests: a server of its own, so that redirects are real. */
async function openCheckout(
  changes: Readonly<Record<string, unknown>> = {},
): Promise<{ shop: Shop; id: number; payUrl: string }> {
  const shop = await openShop();
  const url = `${await openShopPage()}/return`;
  const { id } = await shop.create({
    successUrl: `${url}?r=ok`,
    failedUrl: `${url}?r=ko`,
    lineItems: [
      {
        uniqueId: "a",
        name: "Rucksack «Alpstein» 28 l",
        type: "PRODUCT",
        quantity: 2,
        amountIncludingTax: 119.8,
        taxes: [{ title: "MwSt.", rate: 8.1 }],
      },
      {
        uniqueId: "s",
        name: "Versand mit der Post",
        type: "SHIPPING",
        quantity: 1,
        amountIncludingTax: 7,
        taxes: [{ title: "MwSt.", rate: 8.1 }],
      },
      {
        uniqueId: "d",
        name: "Gutschein WELCOME",
        type: "DISCOUNT",
        quantity: 1,
        amountIncludingTax: -10,
        taxes: [{ title: "MwSt.", rate: 8.1 }],
      },
    ],
    ...changes,
  });
  const payUrl = (await shop.call("GET", `/payment/transactions/${id}/payment-page-url`)).text;
  return { shop, id, payUrl };
}

const toLineItem = ({ uniqueId, name, type, quantity, amountIncludingTax }: Readonly<Record<string, unknown>>) => ({
  uniqueId,
  name,
  type,
  quantity,
  amountIncludingTax,
});

async function fillCard(page: Page, number: string, expiry = "12/30"): Promise<void> {
  if (!(await page.getByLabel("Kartennummer").isVisible())) await page.getByText("Kredit-/Debitkarte").click();
  await page.getByLabel("Kartennummer").fill(number);
  await page.getByLabel("Gültig bis").fill(expiry);
  await page.getByLabel("Sicherheitscode").fill("123");
  await page.getByRole("button", { name: /bezahlen/ }).click();
}

describe("the payment page", () => {
  const browser = useBrowser();

  it.each([
    ["desktop", 1280],
    ["phone", 390],
  ])("is paid by card, %s", async (name, width) => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open({ width });
    await page.goto(payUrl);
    await picture(page, `${name}-1-methods`);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.getByText("Testkarten").click();
    await picture(page, `${name}-2-card`);
    await fillCard(page, "4111 1111 1111 1111");
    await page.waitForURL(/r=ok$/);
    expect((await shop.read(id)).state).toBe("FULFILL");
    expect(await shop.read(id)).toMatchObject({
      userInterfaceType: "PAYMENT_PAGE",
      userAgentHeader: expect.stringContaining("Chrom"),
    });
    await page.goto(payUrl);
    await picture(page, `${name}-7-paid`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Ihre Zahlung ist bestätigt");
    expect(await page.getByRole("link", { name: "Zurück zum Shop" }).getAttribute("href")).toMatch(/r=ok$/);
  });

  it("works without JavaScript, and follows a preselected method", async () => {
    const { shop, id, payUrl } = await openCheckout();
    const { body } = await shop.control("GET", "/spaces/70001");
    const card = body.methods.find((row: { method: string }) => row.method === "card");
    const page = await browser.open({ scripts: false });
    await page.goto(`${payUrl}&paymentMethodConfigurationId=${card.id}`);
    await fillCard(page, "5555 5555 5555 4444");
    await page.waitForURL(/r=ok$/);
    expect((await shop.read(id)).state).toBe("FULFILL");
  });

  it("says what is wrong with a card, field by field", async () => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open({ width: 390 });
    await page.goto(payUrl);
    await fillCard(page, "4111 1111 1111 1112", "01/20");
    await picture(page, "phone-3-wrong");
    const number = page.getByLabel("Kartennummer");
    expect(await number.getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator("#cardNumber-error").textContent()).toBe("Geben Sie eine gültige Kartennummer ein.");
    expect(await page.getByRole("alert").textContent()).toContain("Dieses Datum liegt in der Vergangenheit.");
    expect((await shop.read(id)).state).toBe("PENDING");
  });

  it("asks for another card after a decline", async () => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open();
    await page.goto(payUrl);
    await fillCard(page, "4000 0000 0000 9995");
    expect(await page.getByRole("alert").textContent()).toContain("Limite reicht nicht aus");
    await picture(page, "desktop-4-declined");
    await fillCard(page, "4111 1111 1111 1111");
    await page.waitForURL(/r=ok$/);
    expect((await shop.read(id)).state).toBe("FULFILL");
  });

  it("leads back to the shop after a decline where the shop allows no second try", async () => {
    const { shop, id, payUrl } = await openCheckout({ chargeRetryEnabled: false });
    const page = await browser.open();
    await page.goto(payUrl);
    await fillCard(page, "4000 0000 0000 0002");
    await page.waitForURL(/r=ko$/);
    expect((await shop.read(id)).state).toBe("FAILED");
    await page.goto(payUrl);
    await picture(page, "desktop-8-failed");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Diese Zahlung ist nicht mehr möglich");
  });

  it.each([
    ["Zahlung bestätigen", "paid"],
    ["Zahlung ablehnen", "declined"],
  ])("shows the bank's question: %s", async (button, outcome) => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open({ width: 390 });
    await page.goto(payUrl);
    await fillCard(page, "4000 0000 0000 3220");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Ihre Bank bittet um Bestätigung");
    await picture(page, "phone-5-bank");
    await page.getByRole("button", { name: button }).click();
    if (outcome === "paid") await page.waitForURL(/r=ok$/);
    else expect(await page.getByRole("alert").textContent()).toContain("Bestätigung bei Ihrer Bank ist fehlgeschlagen");
    expect((await shop.read(id)).state).toBe(outcome === "paid" ? "FULFILL" : "PROCESSING");
  });

  it("is paid by TWINT, and by invoice", async () => {
    const first = await openCheckout();
    const page = await browser.open();
    await page.goto(first.payUrl);
    await page.getByText("TWINT", { exact: true }).click();
    await page.getByRole("button", { name: "mit TWINT bezahlen" }).click();
    await picture(page, "desktop-6-app");
    await page.getByRole("button", { name: "Zahlung bestätigen" }).click();
    await page.waitForURL(/r=ok$/);
    const second = await openCheckout();
    await page.goto(second.payUrl);
    await page.getByText("Rechnung", { exact: true }).click();
    await page.getByRole("button", { name: "mit Rechnung bezahlen" }).click();
    await page.waitForURL(/r=ok$/);
    expect((await second.shop.read(second.id)).state).toBe("FULFILL");
  });

  it("is cancelled", async () => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open();
    await page.goto(payUrl);
    await page.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).click();
    await page.waitForURL(/r=ko$/);
    expect((await shop.read(id)).state).toBe("FAILED");
  });

  it("is used by keyboard alone", async () => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open();
    await page.goto(payUrl);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("Tab", "Tab", "Enter", "Tab");
    await page.keyboard.type("4111111111111111");
    await press("Tab");
    await page.keyboard.type("1230");
    await press("Tab");
    await page.keyboard.type("123");
    await press("Enter");
    await page.waitForURL(/r=ok$/);
    expect((await shop.read(id)).state).toBe("FULFILL");
  });

  it.each([false, true])("can be used by everybody, dark: %s", async (dark) => {
    const { shop, id, payUrl } = await openCheckout();
    const page = await browser.open({ dark, width: 390 });
    const problems: Record<string, readonly string[]> = {};
    const look = async (name: string) => {
      problems[name] = await accessibilityProblems(page);
    };
    await page.goto(payUrl);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.getByText("Testkarten").click();
    await look("methods");
    await fillCard(page, "4111 1111 1111 1112");
    await look("mistakes");
    await fillCard(page, "4000 0000 0000 3220");
    await look("bank");
    await page.getByRole("button", { name: "Zahlung ablehnen" }).click();
    await look("declined");
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay" });
    await page.goto(payUrl);
    await look("paid");
    await page.goto(payUrl.replace(/securityToken=.{5}/, "securityToken=wrong"));
    await look("wrong link");
    expect(problems).toEqual({ methods: [], mistakes: [], bank: [], declined: [], paid: [], "wrong link": [] });
  });

  it("tells a stranger nothing", async () => {
    const { payUrl } = await openCheckout();
    const page = await browser.open({ width: 390 });
    const response = await page.goto(payUrl.replace(/securityToken=.{5}/, "securityToken=wrong"));
    expect(response?.status()).toBe(403);
    await picture(page, "phone-9-wrong-link");
    expect(await page.content()).not.toContain("Rucksack");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Dieser Link ist nicht gültig");
  });

  it.each([
    ["fr-CH", "Comment souhaitez-vous payer ?"],
    ["it-CH", "Come desidera pagare?"],
    ["en-US", "How would you like to pay?"],
  ])("speaks %s", async (language, heading) => {
    const { payUrl } = await openCheckout({ language });
    const page = await browser.open({ dark: true });
    await page.goto(payUrl);
    await picture(page, `dark-${language}`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(heading);
    expect(await page.locator("html").getAttribute("lang")).toBe(language.slice(0, 2));
  });

  it.each([
    ["desktop", 1280],
    ["phone", 390],
  ])("is one link away from the simulator's own address: %s", async (name, width) => {
    const { shop, id } = await openCheckout({ merchantReference: "order-10000123-of-a-long-name" });
    const page = await browser.open({ width });
    await page.goto(shop.url);
    await picture(page, `${name}-home`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.getByRole("link", { name: String(id) }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Wie möchten Sie bezahlen?");
  });

  it("keeps a card where the customer wishes it, and offers it the next time", async () => {
    const customer = { customerId: "cust-88", tokenizationMode: "ALLOW_ONE_CLICK_PAYMENT" };
    const { shop, id, payUrl } = await openCheckout(customer);
    const page = await browser.open({ width: 390 });
    await page.goto(payUrl);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.getByLabel("Karte für künftige Einkäufe speichern").check();
    await fillCard(page, "4111 1111 1111 1111");
    await page.waitForURL(/r=ok$/);
    const { successUrl, lineItems } = await shop.read(id);
    const next = await shop.create({ ...customer, successUrl, lineItems: lineItems.map(toLineItem) });
    await page.goto((await shop.call("GET", `/payment/transactions/${next.id}/payment-page-url`)).text);
    await page.getByText("Visa 4111 11** **** 1111").waitFor();
    await picture(page, "phone-stored-card");
    await page.getByRole("button", { name: "bezahlen" }).first().click();
    await page.waitForURL(/r=ok$/);
    expect(await shop.read(next.id)).toMatchObject({ state: "FULFILL", token: expect.anything() });
  });

  it("offers 23 methods", async () => {
    const { shop, payUrl } = await openCheckout();
    const { body } = await shop.control("GET", "/switches");
    expect(body.data).toBeDefined();
    const methods =
      "postFinancePay card twint invoice payPal sepaDirectDebit bankTransfer sofort eps giropay paysafecard skrill alipay przelewy24 trustly masterPass paydirekt onlineBanking ideal directDebitUk paylib tenpay paybox";
    await shop.control("PATCH", "/spaces/70001", { methods: methods.split(" ") });
    const page = await browser.open({ width: 390 });
    await page.goto(payUrl);
    await picture(page, "phone-23-methods");
    expect(await page.locator(".method").count()).toBe(23);
  });
});
