import type { Page } from "@checkout-plugins/tooling/chromium";
import { expect } from "vitest";
import { details } from "./testing.ts";
import type { Street } from "./testing-street.ts";

/** A purchase is some twenty pages; on busy cores each may take a second. */
export const patient: { readonly timeout: number } = { timeout: 120_000 };

/** From the product to where it is paid; the order's id. */
export async function orderTea(page: Page, shopUrl: string): Promise<string> {
  await page.goto(`${shopUrl}/?language=de`);
  await page.getByRole("link", { name: "Bergkräutertee" }).click();
  await page.getByRole("button", { name: "In den Warenkorb" }).click();
  await page.getByRole("button", { name: "Zur Kasse" }).click();
  for (const [name, value] of Object.entries(details)) {
    if (name.startsWith("billing.") && !name.endsWith("country")) await page.locator(`[name="${name}"]`).fill(value);
  }
  await page.getByRole("button", { name: "Weiter zur Prüfung" }).click();
  const id = await page.locator('input[name="order"]').inputValue();
  await page.getByRole("button", { name: /bezahlen$/ }).click();
  return id;
}

/** The fields of a card, on the payment page or in its frame. */
export async function enterCard(fields: Pick<Page, "getByLabel">, number: string): Promise<void> {
  await fields.getByLabel("Kartennummer").fill(number);
  await fields.getByLabel("Gültig bis").fill("12/40");
  await fields.getByLabel("Sicherheitscode").fill("123");
}

/** Paid once, by the last of its transactions, which are in these states at the service; and said so in one mail. */
export async function seeItPaid(
  page: Page,
  { shop, simulator }: Street,
  id: string,
  states: readonly string[] = ["FULFILL"],
): Promise<void> {
  await page.getByRole("heading", { name: "Vielen Dank, Ihre Bestellung ist bezahlt" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/orders/${id}`);
  const order = shop.orders.find(id);
  expect(order?.payment).toMatchObject({ standing: "paid", environment: "test" });
  expect(order?.payment?.superseded).toHaveLength(states.length - 1);
  const known = await simulator.transactions();
  const ours = known.filter(({ merchantReference }) => merchantReference === order?.number);
  expect(ours.toSorted((a, b) => Number(a.id) - Number(b.id)).map(({ state }) => state)).toEqual(states);
  const mails = shop.mails.list().filter(({ orderNumber }) => orderNumber === order?.number);
  expect(mails.map(({ kind }) => kind)).toEqual(["confirmed"]);
}
