import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { patient } from "./testing-buyer.ts";
import { postOrder } from "./testing-merchant.ts";
import { picture } from "./testing-picture.ts";
import { openStreet, type Street } from "./testing-street.ts";

let street: Street;
let device: string;
beforeAll(async () => {
  street = await openStreet();
  device = (await street.simulator.terminals()).find(({ space }) => space === "70002")?.id ?? "";
});
afterAll(() => street.close());

const start = (page: Page, number: string) =>
  page
    .getByRole("listitem")
    .filter({ hasText: number })
    .getByRole("button", { name: "CHF 70.00 am Terminal bezahlen" });

describe("a till in Chromium", () => {
  browserTest("takes a payment with a tip, hands out the receipts and ends the day", patient, async ({ page }) => {
    const order = await postOrder(street);
    await page.goto(`${street.shop.url}/merchant/till?language=de`);
    await page.getByText("Terminal: Kasse 1").waitFor();
    await picture(page, "till");
    // A cashier's hands are on the keys.
    await start(page, order.number).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Das Terminal wartet auf die Kundschaft").waitFor();
    await picture(page, "till-waiting");
    await street.simulator.terminal(device, { action: "pay", tip: "3.00" });
    await page.getByRole("heading", { name: `${order.number}: Bezahlt` }).waitFor();
    await page.getByText("Dazu CHF 3.00 Trinkgeld.").waitFor();
    await picture(page, "till-paid");
    expect(street.shop.orders.find(order.id)?.payment).toMatchObject({ standing: "paid", tip: { minor: 300 } });
    const receipt = await page.getByRole("link", { name: "Beleg für die Kundschaft" }).getAttribute("href");
    const slip = await fetch(street.shop.url + receipt);
    expect([slip.headers.get("content-type"), (await slip.text()).slice(0, 5)]).toEqual(["application/pdf", "%PDF-"]);

    await page.getByRole("link", { name: "Zur Kasse" }).click();
    await page.getByRole("button", { name: "Tag abschliessen" }).click();
    const day = page.getByRole("listitem").filter({ hasText: "Zahlungen: 1" });
    await day.getByText("CHF 73.00").waitFor();
    await picture(page, "till-day");
    const balance = await day.getByRole("link", { name: "Beleg" }).getAttribute("href");
    expect((await fetch(street.shop.url + balance)).headers.get("content-type")).toBe("application/pdf");
  });

  browserTest("stops, says which key to press, and takes the payment after all", patient, async ({ page }) => {
    const order = await postOrder(street);
    await page.goto(`${street.shop.url}/merchant/till?language=de`);
    await start(page, order.number).click();
    await page.getByRole("button", { name: "Abbrechen" }).click();
    await page.getByText("drücken Sie dort die rote Taste").waitFor();
    await picture(page, "till-stopped");
    await street.simulator.terminal(device, { action: "stop" });
    await expect.poll(() => street.shop.orders.find(order.id)?.payment?.standing).toBe("failed");
    await page.reload();
    await page.getByText("Noch nicht bezahlt").waitFor();
    await picture(page, "till-open");
    await page.getByRole("button", { name: "CHF 70.00 am Terminal bezahlen" }).click();
    await page.getByText("Das Terminal wartet auf die Kundschaft").waitFor();
    await street.simulator.terminal(device, { action: "pay" });
    await page.getByRole("heading", { name: `${order.number}: Bezahlt` }).waitFor();
    const paid = (await street.transactions()).filter(({ state }) => state === "FULFILL");
    expect(paid).toHaveLength(2);
  });
});
