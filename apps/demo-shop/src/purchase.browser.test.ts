import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { enterCard, orderTea, patient, seeItPaid } from "./testing-buyer.ts";
import { picture } from "./testing-picture.ts";
import { openStreet, type Street } from "./testing-street.ts";

let street: Street;
beforeAll(async () => {
  street = await openStreet();
});
afterAll(() => street.close());

const cards = { good: "4111 1111 1111 1111", declined: "4000 0000 0000 0002" };

async function payByCard(page: Page, number: string): Promise<void> {
  const field = page.getByLabel("Kartennummer");
  if (!(await field.isVisible())) await page.getByText("Kredit-/Debitkarte").click();
  await enterCard(page, number);
  await page.getByRole("button", { name: /bezahlen$/ }).click();
}

describe("a buyer in Chromium", () => {
  browserTest("buys, pays and sees the order paid", patient, async ({ page }) => {
    const mistakes: string[] = [];
    page.on("console", (message) => message.type() === "error" && mistakes.push(message.text()));
    const before = street.shop.catalogue.stock("herbal-tea");
    const id = await orderTea(page, street.shop.url);
    await page.getByText("Kredit-/Debitkarte").waitFor();
    await picture(page, "payment-page");
    await payByCard(page, cards.good);
    await seeItPaid(page, street, id);
    await picture(page, "paid");
    expect(street.shop.catalogue.stock("herbal-tea")).toBe(before - 1);
    expect(mistakes).toEqual([]);
  });

  browserTest("is declined, and pays with another card", patient, async ({ page }) => {
    const id = await orderTea(page, street.shop.url);
    await payByCard(page, cards.declined);
    await page.getByRole("alert").waitFor();
    await picture(page, "declined");
    await payByCard(page, cards.good);
    await seeItPaid(page, street, id);
  });

  browserTest("leaves the payment page, comes back and pays once", patient, async ({ page }) => {
    const id = await orderTea(page, street.shop.url);
    await page.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).click();
    await page.getByText("Sie haben die Zahlung abgebrochen.").waitFor();
    await picture(page, "cancelled");
    await page.getByRole("button", { name: /bezahlen$/ }).click();
    await payByCard(page, cards.good);
    await seeItPaid(page, street, id, ["FAILED", "FULFILL"]);
  });

  browserTest("needs no JavaScript for any of it", patient, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const id = await orderTea(page, street.shop.url);
    await payByCard(page, cards.good);
    await seeItPaid(page, street, id);
  });

  browserTest("comes back by the browser's own button, and is not asked to pay twice", patient, async ({ page }) => {
    const id = await orderTea(page, street.shop.url);
    await payByCard(page, cards.good);
    await seeItPaid(page, street, id);
    await page.goto(`${street.shop.url}/orders/${id}/return`);
    await seeItPaid(page, street, id);
    expect(await page.getByRole("button", { name: /bezahlen/ }).count()).toBe(0);
  });

  browserTest("changes the cart by the Enter key, and loses nothing by it", patient, async ({ page }) => {
    await page.goto(`${street.shop.url}/products/herbal-tea?language=de`);
    await page.getByRole("button", { name: "In den Warenkorb" }).click();
    const quantity = page.getByLabel("Anzahl Bergkräutertee");
    await quantity.fill("3");
    await quantity.press("Enter");
    await page.getByLabel("Warenkorb, 3 Artikel").waitFor();
    await page.getByLabel("Rabattcode").fill("welcome");
    await page.getByLabel("Rabattcode").press("Enter");
    await page.getByText("Code WELCOME ist eingelöst.").waitFor();
    await picture(page, "cart-with-code");
    expect(await quantity.inputValue()).toBe("3");
  });
});
