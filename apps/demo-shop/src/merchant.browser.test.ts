import { browserTest } from "@checkout-plugins/tooling/browser-test";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { patient } from "./testing-buyer.ts";
import { openPaidOrder, operation } from "./testing-merchant.ts";
import { picture } from "./testing-picture.ts";
import { openStreet, type Street } from "./testing-street.ts";

let street: Street;
beforeAll(async () => {
  street = await openStreet({ completion: "deferred" });
});
afterAll(() => street.close());

describe("a merchant in Chromium", () => {
  browserTest("charges a part, then the rest, and pays a line back", patient, async ({ page }) => {
    const order = await openPaidOrder(page, street);
    await page.getByText("Nur einen Teil belasten").click();
    await page.getByLabel("Anzahl Bergkräutertee").fill("1");
    await page.getByLabel("Anzahl PostPac Economy").fill("0");
    await picture(page, "charge-a-part");
    await page.getByRole("button", { name: "Belasten", exact: true }).click();
    await operation(page, "Belastung", "ausgeführt").waitFor();
    expect(order.read().payment).toMatchObject({ standing: "authorized", completed: { minor: 5050 } });
    await picture(page, "charged-a-part");

    await page.getByRole("button", { name: "CHF 19.50 belasten" }).click();
    await page.getByText("bezahlt", { exact: true }).waitFor();
    expect(order.read().payment).toMatchObject({ standing: "paid", completed: { minor: 7000 } });

    await page.getByText("Nach Position zurückzahlen").click();
    await page.locator("details[open]").getByLabel("Anzahl Buch: 52 Hüttenwege").fill("1");
    await picture(page, "refund-by-line");
    await page.locator("details[open]").getByRole("button", { name: "Zurückzahlen" }).click();
    await operation(page, "Rückzahlung", "ausgeführt").waitFor();
    await picture(page, "refunded-by-line");
    expect(order.read().payment).toMatchObject({ standing: "paid", refunded: { minor: 3800 } });
    expect(order.mails()).toEqual(["refunded", "confirmed"]);
  });

  browserTest("releases a reservation, and the goods are back", patient, async ({ page }) => {
    const before = street.shop.catalogue.stock("hut-book");
    const order = await openPaidOrder(page, street);
    expect(street.shop.catalogue.stock("hut-book")).toBe(before - 1);
    await page.getByRole("button", { name: "Reservation freigeben" }).click();
    await page.getByText("storniert", { exact: true }).waitFor();
    await picture(page, "released");
    expect(order.read().payment?.standing).toBe("voided");
    expect(street.shop.catalogue.stock("hut-book")).toBe(before);
    expect(order.mails()).toEqual(["cancelled", "confirmed"]);
  });

  browserTest("reads why something is not possible", patient, async ({ page }) => {
    const order = await openPaidOrder(page, street);
    const stale = await page.context().newPage();
    await stale.goto(page.url());
    await page.getByRole("button", { name: "CHF 70.00 belasten" }).click();
    await page.getByText("bezahlt", { exact: true }).waitFor();
    await stale.getByRole("button", { name: "Reservation freigeben" }).click();
    await stale.getByText("Das ist jetzt nicht mehr möglich").waitFor();
    await picture(stale, "not-possible");
    expect(order.read().payment?.standing).toBe("paid");
  });
});
