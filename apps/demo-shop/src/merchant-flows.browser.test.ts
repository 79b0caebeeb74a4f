import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { enterCard, orderTea } from "./testing-buyer.ts";
import { openPaidOrder, operation } from "./testing-merchant.ts";
import { picture } from "./testing-picture.ts";
import { openStreet, type Street } from "./testing-street.ts";

const patient = { timeout: 240_000 };
/** What comes by webhook, or by the gateway's own timer. */
const soon = { timeout: 120_000 };
const cards = { visa: "4111 1111 1111 1111", mastercard: "5555 5555 5555 4444" };
let street: Street;
const stand = (settings: Parameters<typeof openStreet>[0] = {}): void => {
  beforeAll(async () => {
    street = await openStreet(settings);
  });
  afterAll(() => street.close());
};

/** What the buyer reads of his order. */
async function visitAsBuyer(page: Page, id: string): Promise<void> {
  await page.goto(`${street.shop.url}/orders/${id}`);
}

/** What stands beside this name in the facts of the payment. */
const fact = (page: Page, name: string) =>
  page
    .locator("dl div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");

/** "CHF 30.00", with the space that does not break as any other. */
const paidBack = async (page: Page) => (await fact(page, "Zurückgezahlt").textContent())?.replace("\u00a0", " ");

describe("a reserved order", () => {
  stand({ completion: "deferred" });

  browserTest("is charged in two parts, and the rest is released", patient, async ({ page }) => {
    const order = await openPaidOrder(page, street);
    const chargeOneTea = async (isLast: boolean): Promise<void> => {
      await page.getByText("Nur einen Teil belasten").click();
      const part = page.locator("details[open]");
      for (const line of ["Buch: 52 Hüttenwege", "PostPac Economy"]) await part.getByLabel(`Anzahl ${line}`).fill("0");
      await part.getByLabel("Anzahl Bergkräutertee").fill("1");
      if (isLast) await part.getByLabel("Danach folgt nichts mehr: den Rest freigeben").check();
      await part.getByRole("button", { name: "Belasten", exact: true }).click();
    };
    await chargeOneTea(false);
    await operation(page, "Belastung", "ausgeführt").waitFor();
    expect(order.read().payment).toMatchObject({ standing: "authorized", completed: { minor: 1250 } });
    await chargeOneTea(true);
    await operation(page, "Belastung", "ausgeführt").nth(1).waitFor();
    await page.getByText("bezahlt", { exact: true }).waitFor();
    expect(order.read().payment).toMatchObject({ standing: "paid", completed: { minor: 2500 } });
    expect(await street.simulator.transaction(order.transaction())).toMatchObject({
      state: "FULFILL",
      completedAmount: "25",
    });
    expect(await page.getByText("Höchstens CHF 25.00.").count()).toBe(1);
  });
});

describe("a paid order", () => {
  stand();

  browserTest("is not paid back by a processor that refuses, and its merchant reads why", patient, async ({ page }) => {
    const order = await openPaidOrder(page, street);
    await street.simulator.changeTransaction(order.transaction(), { switches: { refundOutcome: "failed" } });
    await page.getByRole("button", { name: "CHF 70.00 zurückzahlen" }).click();
    const refused = operation(page, "Rückzahlung", "nicht ausgeführt");
    await refused.getByText("The processor did not carry out the operation.").waitFor();
    await picture(page, "refund-refused");
    const acquirer = page.locator("#call").getByRole("link", { name: "cs.ecom@worldline.com" });
    expect(await acquirer.getAttribute("href")).toBe("mailto:cs.ecom@worldline.com");
    expect(order.read().payment).toMatchObject({ standing: "paid", refunded: { minor: 0 } });
    expect(await street.simulator.transaction(order.transaction())).toMatchObject({ refundedAmount: "0" });
    await visitAsBuyer(page, order.id);
    await page.getByRole("heading", { name: "Vielen Dank, Ihre Bestellung ist bezahlt" }).waitFor();
    expect(await fact(page, "Zurückgezahlt").count()).toBe(0);

    await street.simulator.changeTransaction(order.transaction(), { switches: { refundOutcome: "successful" } });
    await page.goto(`${street.shop.url}/merchant/orders/${order.id}`);
    await page.getByRole("button", { name: "CHF 70.00 zurückzahlen" }).click();
    await operation(page, "Rückzahlung", "ausgeführt").waitFor();
    await refused.waitFor();
    expect(await street.simulator.transaction(order.transaction())).toMatchObject({ refundedAmount: "70" });
    expect(order.mails()).toEqual(["refunded", "confirmed"]);
  });

  browserTest("is not paid back twice by who did not know of the first time", patient, async ({ page }) => {
    const order = await openPaidOrder(page, street);
    const transaction = order.transaction();
    await street.simulator.addFaults({ on: "webhook", kind: "drop", entity: "Refund", times: "always", transaction });
    await street.simulator.backOffice(transaction, { action: "refund", amount: "60.00" });
    await page.getByText("Einen Betrag zurückzahlen").click();
    const form = page.locator("details[open]");
    await form.getByLabel("Betrag in CHF").fill("20");
    await form.getByRole("button", { name: "Zurückzahlen" }).click();
    await operation(page, "Rückzahlung", "nicht ausgeführt").locator(".mistake").waitFor();
    expect(order.read().payment).toMatchObject({ standing: "paid", refunded: { minor: 6000 } });
    expect(await paidBack(page)).toBe("CHF 60.00");
    await page.getByText("Höchstens CHF 10.00.").waitFor();
    await picture(page, "refund-too-much");
    expect(await street.simulator.transaction(transaction)).toMatchObject({ refundedAmount: "60" });
  });

  browserTest("shows a refund of the back office, without a writing request of ours", patient, async ({ page }) => {
    const order = await openPaidOrder(page, street);
    await expect.poll(() => order.read().payment?.mayShip, soon).toBe(true);
    await street.simulator.forgetRequests();
    await street.simulator.backOffice(order.transaction(), { action: "refund", amount: "30.00" });
    await expect.poll(() => order.read().payment?.refunded.minor, soon).toBe(3000);
    await page.reload();
    await operation(page, "Rückzahlung", "ausgeführt").getByText("im Checkout-Backoffice").waitFor();
    expect(await paidBack(page)).toBe("CHF 30.00");
    await page.getByText("Höchstens CHF 40.00.").waitFor();
    await picture(page, "back-office-refund");
    await visitAsBuyer(page, order.id);
    expect(await paidBack(page)).toBe("CHF 30.00");
    await picture(page, "back-office-refund-buyer");
    expect(order.mails()).toEqual(["refunded", "confirmed"]);
    const asked = await street.simulator.requests();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ method }) => method !== "GET")).toEqual([]);
  });
});

describe("an order that a person must judge", () => {
  stand();

  async function openOrderToJudge(page: Page) {
    const order = await openPaidOrder(page, street, (open) =>
      street.simulator.changeTransaction(open.transaction(), { switches: { delivery: "manualCheck" } }),
    );
    await expect.poll(() => order.read().payment?.review?.state, soon).toBe("open");
    await page.reload();
    expect(await fact(page, "Darf versandt werden").textContent()).toBe("Nein");
    await picture(page, "review");
    await visitAsBuyer(page, order.id);
    await page.getByText("Wir prüfen sie noch, dann packen wir sie ein.").waitFor();
    await page.goBack();
    return order;
  }

  browserTest("may be shipped once the merchant accepts it", patient, async ({ page }) => {
    const order = await openOrderToJudge(page);
    await page.getByRole("button", { name: "Liefern", exact: true }).click();
    await operation(page, "Lieferentscheid", "ausgeführt").waitFor();
    expect(await fact(page, "Darf versandt werden").textContent()).toBe("Ja");
    expect(order.read().payment).toMatchObject({ standing: "paid", mayShip: true, review: { state: "suitable" } });
    expect(await street.simulator.transaction(order.transaction())).toMatchObject({ state: "FULFILL" });
    expect(await page.getByRole("button", { name: "Liefern", exact: true }).count()).toBe(0);
  });

  browserTest("is declined once he refuses it, and he reads what to do", patient, async ({ page }) => {
    const before = street.shop.catalogue.stock("hut-book");
    const order = await openOrderToJudge(page);
    await page.getByRole("button", { name: "Nicht liefern", exact: true }).click();
    await operation(page, "Lieferentscheid", "ausgeführt").waitFor();
    await page.getByText("Liefern Sie diese Bestellung nicht").waitFor();
    await picture(page, "review-refused");
    expect(order.read().payment).toMatchObject({ standing: "declined", mayShip: false });
    expect(street.shop.catalogue.stock("hut-book")).toBe(before);
    expect(await street.simulator.transaction(order.transaction())).toMatchObject({ state: "DECLINE" });

    await page.getByRole("button", { name: "CHF 70.00 zurückzahlen" }).click();
    await operation(page, "Rückzahlung", "ausgeführt").waitFor();
    expect(await page.getByText("Liefern Sie diese Bestellung nicht").count()).toBe(1);
    await visitAsBuyer(page, order.id);
    await page.getByRole("heading", { name: "Wir können diese Bestellung leider nicht liefern" }).waitFor();
    expect(await paidBack(page)).toBe("CHF 70.00");
  });
});

describe("a buyer with two cards", () => {
  stand();

  const labels = { visa: "Visa 4111 11** **** 1111", mastercard: "Mastercard 5555 55** **** 4444" };
  const seeItPaid = async (page: Page, id: string): Promise<void> => {
    await page.getByRole("heading", { name: "Vielen Dank, Ihre Bestellung ist bezahlt" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/orders/${id}`);
  };
  async function payAndKeep(page: Page, number: string): Promise<void> {
    const id = await orderTea(page, street.shop.url);
    await page.getByText("Kredit-/Debitkarte").click();
    const form = page.locator("details[open]");
    await enterCard(form, number);
    await form.getByLabel("Karte für künftige Einkäufe speichern").check();
    await form.getByRole("button", { name: /bezahlen$/ }).click();
    await seeItPaid(page, id);
  }

  browserTest("pays with the second, and forgets the first", patient, async ({ page }) => {
    await payAndKeep(page, cards.visa);
    await payAndKeep(page, cards.mastercard);
    const id = await orderTea(page, street.shop.url);
    await page.getByText(labels.visa).waitFor();
    await page.getByText(labels.mastercard).click();
    await page
      .locator("details[open]")
      .getByRole("button", { name: /bezahlen$/ })
      .click();
    await seeItPaid(page, id);
    expect(await street.simulator.transactions()).toMatchObject(Array(3).fill({ state: "FULFILL" }));

    await page.getByRole("link", { name: "Ihr Konto" }).click();
    await page.getByText(labels.visa).waitFor();
    await page.getByText(labels.mastercard).waitFor();
    expect(await page.locator(".stored li").count()).toBe(2);
    await picture(page, "account");
    await page.getByRole("button", { name: `${labels.visa} entfernen` }).click();
    await page.getByText("Die Karte ist entfernt.").waitFor();
    expect(await page.locator(".stored li strong").allTextContents()).toEqual([labels.mastercard]);

    await orderTea(page, street.shop.url);
    await page.getByText(labels.mastercard).waitFor();
    expect(await page.getByText(labels.visa).count()).toBe(0);
  });
});

describe("a gateway that is killed", () => {
  const faults: unknown[] = [];
  beforeAll(async () => {
    street = await openStreet({}, (fault) => faults.push(fault));
  });
  afterAll(() => street.close());

  browserTest("after the payment and before the shop knows, makes the order paid, once", patient, async ({ page }) => {
    const before = street.shop.catalogue.stock("herbal-tea");
    const id = await orderTea(page, street.shop.url);
    const read = () => street.shop.orders.find(id);
    const transaction = String(read()?.payment?.governing?.transaction);
    const told = Promise.withResolvers<void>();
    const killed = Promise.withResolvers<void>();
    street.place(async (path) => {
      if (path === "/payments/show") {
        told.resolve();
        await killed.promise;
        return "cut";
      }
      if (path === `/orders/${id}/return`) await killed.promise;
      return "serve";
    });
    await page.getByText("Kredit-/Debitkarte").click();
    await enterCard(page, cards.visa);
    await page.getByRole("button", { name: /bezahlen$/ }).click({ noWaitAfter: true });
    const findPaid = async () =>
      (await street.simulator.webhooks()).find(
        (one) => one.transaction === transaction && one.entityState === "FULFILL",
      );
    await expect.poll(async () => (await findPaid())?.state, soon).toBe("delivered");
    await told.promise;
    await street.gateway.kill();
    killed.resolve();
    await page.getByRole("heading", { name: "Wir fragen gerade nach Ihrer Zahlung" }).waitFor();
    expect(read()?.payment?.standing).toBe("open");
    expect(faults).toMatchObject([{ code: "unreachable" }]);

    street.place(async () => "serve");
    await street.gateway.start();
    await expect.poll(() => read()?.payment?.standing, soon).toBe("paid");
    await page.getByRole("heading", { name: "Vielen Dank, Ihre Bestellung ist bezahlt" }).waitFor(soon);
    expect(await street.simulator.transactions()).toMatchObject([{ id: transaction, state: "FULFILL" }]);
    expect(street.shop.mails.list().map(({ kind }) => kind)).toEqual(["confirmed"]);
    expect(street.shop.catalogue.stock("herbal-tea")).toBe(before - 1);
  });
});
