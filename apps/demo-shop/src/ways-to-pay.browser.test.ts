import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { enterCard, orderTea, patient } from "./testing-buyer.ts";
import { openStreet, type Street } from "./testing-street.ts";

let street: Street;
const good = "4111 1111 1111 1111";

function mistakesOf(page: Page): readonly string[] {
  const mistakes: string[] = [];
  page.on("console", (message) => message.type() === "error" && mistakes.push(message.text()));
  return mistakes;
}

async function seeItPaid(page: Page, id: string): Promise<void> {
  await page.getByRole("heading", { name: "Vielen Dank, Ihre Bestellung ist bezahlt" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/orders/${id}`);
  expect(street.shop.orders.find(id)?.payment).toMatchObject({ standing: "paid", superseded: [] });
}

describe("the iframe", () => {
  beforeAll(async () => {
    street = await openStreet({ integration: "iframe" });
  });
  afterAll(() => street.close());

  browserTest("shows its mistakes in the shop's page, then pays", patient, async ({ page }) => {
    const mistakes = mistakesOf(page);
    const id = await orderTea(page, street.shop.url);
    expect(new URL(page.url()).pathname).toBe(`/orders/${id}/pay`);
    await page.getByText("Kredit-/Debitkarte").click();
    const frame = page.frameLocator("#payment-fields iframe");
    await frame.getByLabel("Kartennummer").waitFor();
    await page.getByRole("button", { name: /^CHF .* bezahlen$/ }).click();
    await page.getByRole("alert").getByText("Geben Sie eine gültige Kartennummer ein.").waitFor();
    await enterCard(frame, good);
    await page.getByRole("button", { name: /^CHF .* bezahlen$/ }).click();
    await seeItPaid(page, id);
    expect(mistakes).toEqual([]);
  });

  browserTest("has no fields for a method that needs none, and leads to its own page", patient, async ({ page }) => {
    const id = await orderTea(page, street.shop.url);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.frameLocator("#payment-fields iframe").getByLabel("Kartennummer").waitFor();
    await page.getByText("TWINT").click();
    await expect.poll(() => page.locator("#payment-fields").isHidden()).toBe(true);
    await page.getByRole("button", { name: /^CHF .* bezahlen$/ }).click();
    await page.getByRole("button", { name: "Zahlung bestätigen" }).click();
    await seeItPaid(page, id);
  });

  browserTest("is there again after a reload and the back button, for one transaction", patient, async ({ page }) => {
    const id = await orderTea(page, street.shop.url);
    await page.reload();
    await page.getByRole("button", { name: "Lieber auf der Zahlungsseite bezahlen" }).click();
    await page.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).waitFor();
    await page.goBack();
    await page.getByText("Kredit-/Debitkarte").click();
    await enterCard(page.frameLocator("#payment-fields iframe"), good);
    await page.getByRole("button", { name: /^CHF .* bezahlen$/ }).click();
    await seeItPaid(page, id);
    await page.goBack();
    await page.getByRole("heading", { name: "Vielen Dank, Ihre Bestellung ist bezahlt" }).waitFor();
    expect(await page.getByRole("button", { name: /bezahlen/ }).count()).toBe(0);
  });
});

describe("the lightbox", () => {
  beforeAll(async () => {
    street = await openStreet({ integration: "lightbox" });
  });
  afterAll(() => street.close());

  browserTest("opens over the shop's page, and pays", patient, async ({ page }) => {
    const mistakes = mistakesOf(page);
    const id = await orderTea(page, street.shop.url);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.getByRole("button", { name: /^CHF .* bezahlen$/ }).click();
    const frame = page.frameLocator("dialog iframe");
    await enterCard(frame, good);
    await frame.getByRole("button", { name: /bezahlen$/ }).click();
    await seeItPaid(page, id);
    expect(mistakes).toEqual([]);
  });
});

describe("a card that is kept", () => {
  beforeAll(async () => {
    street = await openStreet();
  });
  afterAll(() => street.close());

  browserTest("stands in the buyer's account, pays the next order, and is removed", patient, async ({ page }) => {
    const { url } = street.shop;
    const first = await orderTea(page, url);
    await page.getByText("Kredit-/Debitkarte").click();
    await enterCard(page, good);
    await page.getByLabel("Karte für künftige Einkäufe speichern").check();
    await page.getByRole("button", { name: /bezahlen$/ }).click();
    await seeItPaid(page, first);

    await page.getByRole("link", { name: "Ihr Konto" }).click();
    await page.getByText("Visa 4111 11** **** 1111").waitFor();
    await page.getByText("Gültig bis 12/2040").waitFor();

    const second = await orderTea(page, url);
    await page.getByText("Visa 4111 11** **** 1111").waitFor();
    await page
      .getByRole("button", { name: /bezahlen$/ })
      .first()
      .click();
    await seeItPaid(page, second);

    await page.goto(`${url}/account`);
    await page.getByRole("button", { name: "Visa 4111 11** **** 1111 entfernen" }).click();
    await page.getByText("Die Karte ist entfernt.").waitFor();
    await page.getByText("Sie haben keine Karte gespeichert.").waitFor();
  });
});
