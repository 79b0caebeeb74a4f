import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Order } from "./orders.ts";
import { details } from "./testing.ts";
import { openStreet, type Street } from "./testing-street.ts";

const patient = { timeout: 120_000 };
let street: Street;
beforeAll(async () => {
  street = await openStreet({ completion: "deferred" });
});
afterAll(() => street.close());

/** Two teas and a book with shipping, CHF 70.00, paid with a card; the merchant's page of it. */
async function openPaidOrder(page: Page): Promise<() => Order> {
  const { url } = street.shop;
  const billing = Object.entries(details).filter(([name]) => name.startsWith("billing."));
  const lines = [
    { product: "herbal-tea", quantity: 2 },
    { product: "hut-book", quantity: 1 },
  ];
  const address = Object.fromEntries(billing.map(([name, value]) => [name.slice("billing.".length), value]));
  const body = JSON.stringify({ lines, shipping: "economy", billing: address });
  const headers = { "content-type": "application/json" };
  const placed = (await (await fetch(`${url}/api/orders`, { method: "POST", headers, body })).json()) as Order;
  await page.goto(`${url}/orders/${placed.id}?language=de`);
  await page.getByRole("button", { name: /bezahlen$/ }).click();
  await page.getByText("Kredit-/Debitkarte").click();
  await page.getByLabel("Kartennummer").fill("4111 1111 1111 1111");
  await page.getByLabel("Gültig bis").fill("12/40");
  await page.getByLabel("Sicherheitscode").fill("123");
  await page.getByRole("button", { name: /bezahlen$/ }).click();
  await page.getByText("Der Betrag ist reserviert").waitFor();
  await page.goto(`${url}/merchant/orders/${placed.id}`);
  return () => street.shop.orders.find(placed.id) ?? placed;
}

const done = (page: Page, kind: string) =>
  page.locator("#operations li", { hasText: kind }).filter({ hasText: /ausgeführt$/ });
const mailsTo = (order: Order) =>
  street.shop.mails
    .list()
    .filter((mail) => mail.orderNumber === order.number)
    .map((mail) => mail.kind);

describe("a merchant in Chromium", () => {
  browserTest("charges a part, then the rest, and pays a line back", patient, async ({ page }) => {
    const order = await openPaidOrder(page);
    await page.getByText("Nur einen Teil belasten").click();
    await page.getByLabel("Anzahl Bergkräutertee").fill("1");
    await page.getByLabel("Anzahl PostPac Economy").fill("0");
    await page.getByRole("button", { name: "Belasten", exact: true }).click();
    await done(page, "Belastung").waitFor();
    expect(order().payment).toMatchObject({ standing: "authorized", completed: { minor: 5050 } });

    await page.getByRole("button", { name: "CHF 19.50 belasten" }).click();
    await page.getByText("bezahlt", { exact: true }).waitFor();
    expect(order().payment).toMatchObject({ standing: "paid", completed: { minor: 7000 } });

    await page.getByText("Nach Position zurückzahlen").click();
    await page.locator("details[open]").getByLabel("Anzahl Buch: 52 Hüttenwege").fill("1");
    await page.locator("details[open]").getByRole("button", { name: "Zurückzahlen" }).click();
    await done(page, "Rückzahlung").waitFor();
    expect(order().payment).toMatchObject({ standing: "paid", refunded: { minor: 3800 } });
    expect(mailsTo(order())).toEqual(["refunded", "confirmed"]);
  });

  browserTest("releases a reservation, and the goods are back", patient, async ({ page }) => {
    const before = street.shop.catalogue.stock("hut-book");
    const order = await openPaidOrder(page);
    expect(street.shop.catalogue.stock("hut-book")).toBe(before - 1);
    await page.getByRole("button", { name: "Reservation freigeben" }).click();
    await page.getByText("storniert", { exact: true }).waitFor();
    expect(order().payment?.standing).toBe("voided");
    expect(street.shop.catalogue.stock("hut-book")).toBe(before);
    expect(mailsTo(order())).toEqual(["cancelled", "confirmed"]);
  });

  browserTest("reads why something is not possible", patient, async ({ page }) => {
    const order = await openPaidOrder(page);
    const stale = await page.context().newPage();
    await stale.goto(page.url());
    await page.getByRole("button", { name: "CHF 70.00 belasten" }).click();
    await page.getByText("bezahlt", { exact: true }).waitFor();
    await stale.getByRole("button", { name: "Reservation freigeben" }).click();
    await stale.getByText("Das ist jetzt nicht mehr möglich").waitFor();
    expect(order().payment?.standing).toBe("paid");
  });
});
