import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { FrameLocator, Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { enterCard, orderTea, patient, seeItPaid } from "./testing-buyer.ts";
import { postOrder } from "./testing-merchant.ts";
import { picture } from "./testing-picture.ts";
import { openStreet, type Street } from "./testing-street.ts";

let street: Street;
const good = "4111 1111 1111 1111";
const declined = "4000 0000 0000 0002";
const payButton = { name: /^CHF .* bezahlen$/ };

function mistakesOf(page: Page): readonly string[] {
  const mistakes: string[] = [];
  page.on("console", (message) => message.type() === "error" && mistakes.push(message.text()));
  return mistakes;
}

/** From a placed order's page to where it is paid; the order's id. */
async function goToPay(page: Page): Promise<string> {
  const { id } = await postOrder(street);
  await page.goto(`${street.shop.url}/orders/${id}?language=de`);
  await page.getByRole("button", payButton).click();
  await page.getByText("Kredit-/Debitkarte").waitFor();
  return id;
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
    await page.getByRole("button", payButton).click();
    await page.getByRole("alert").getByText("Geben Sie eine gültige Kartennummer ein.").waitFor();
    await picture(page, "iframe-mistakes");
    await enterCard(frame, good);
    await page.getByRole("button", payButton).click();
    await seeItPaid(page, street, id);
    expect(mistakes).toEqual([]);
  });

  browserTest("stands at its own origin, and the shop's policy lets nothing else in", patient, async ({ page }) => {
    const mistakes = mistakesOf(page);
    await goToPay(page);
    const shown = await page.reload();
    const policy = (await shown?.headerValue("content-security-policy")) ?? "";
    const allowed = new Map(
      policy.split("; ").map((part): [string, string[]] => {
        const [name = "", ...sources] = part.split(" ");
        return [name, sources];
      }),
    );
    const source = await page.locator("#payment-fields iframe").getAttribute("src");
    const { origin } = new URL(source ?? "");
    expect(origin).not.toBe(new URL(page.url()).origin);
    expect(allowed.get("script-src")).toEqual(["'self'", origin]);
    expect(allowed.get("frame-src")).toEqual([origin]);
    expect(allowed.get("default-src")).toEqual(["'none'"]);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.frameLocator("#payment-fields iframe").getByLabel("Kartennummer").waitFor();
    expect(mistakes).toEqual([]);

    const inline = `const script = document.createElement("script");
      script.textContent = "globalThis.isIn = true";
      document.body.append(script);
      globalThis.isIn === true`;
    expect(await page.evaluate(inline)).toBe(false);
    await expect.poll(() => mistakes).toEqual([expect.stringContaining("Content Security Policy")]);
  });

  for (const width of [1280, 390]) {
    browserTest(`is as high as what it shows, in a window ${width} wide`, patient, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await goToPay(page);
      const outer = page.locator("#payment-fields iframe");
      const frame = page.frameLocator("#payment-fields iframe");
      const height = (): Promise<number> => outer.evaluate((element) => element.clientHeight);
      const hidden = (): Promise<number> =>
        frame.locator(":root").evaluate((root) => Math.max(0, root.scrollHeight - root.clientHeight));
      await page.getByText("Kredit-/Debitkarte").click();
      await frame.getByLabel("Kartennummer").waitFor();
      await expect.poll(height).toBeGreaterThan(200);
      await expect.poll(hidden).toBe(0);
      const whole = await height();

      await page.getByRole("button", payButton).click();
      await page.getByRole("alert").getByText("Geben Sie das Datum als MM/JJ ein").waitFor();
      await expect.poll(height).toBeGreaterThan(whole);
      await expect.poll(hidden).toBe(0);
      const withMistakes = await height();

      await frame.getByLabel("Kartennummer").fill(good);
      await page.getByRole("button", payButton).click();
      await expect.poll(height).toBeLessThan(withMistakes);
      expect(await height()).toBeGreaterThan(whole);
      await expect.poll(hidden).toBe(0);

      await page.getByText("TWINT").click();
      await expect.poll(() => page.locator("#payment-fields").isHidden()).toBe(true);
      expect(await page.getByRole("alert").isHidden()).toBe(true);
      await page.getByText("Kredit-/Debitkarte").click();
      await frame.getByLabel("Kartennummer").waitFor();
      await expect.poll(height).toBe(whole);
      await expect.poll(hidden).toBe(0);
    });
  }

  browserTest("has no fields for a method that needs none, and leads to its own page", patient, async ({ page }) => {
    const id = await goToPay(page);
    await page.getByText("Kredit-/Debitkarte").click();
    await page.frameLocator("#payment-fields iframe").getByLabel("Kartennummer").waitFor();
    await page.getByText("TWINT").click();
    await expect.poll(() => page.locator("#payment-fields").isHidden()).toBe(true);
    await picture(page, "iframe-without-fields");
    await page.getByRole("button", payButton).click();
    await page.getByRole("button", { name: "Zahlung bestätigen" }).click();
    await seeItPaid(page, street, id);
  });

  browserTest("is there again after a reload and the back button, for one transaction", patient, async ({ page }) => {
    const id = await goToPay(page);
    await page.reload();
    await page.getByRole("button", { name: "Lieber auf der Zahlungsseite bezahlen" }).click();
    await page.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).waitFor();
    await page.goBack();
    await page.getByText("Kredit-/Debitkarte").click();
    await enterCard(page.frameLocator("#payment-fields iframe"), good);
    await page.getByRole("button", payButton).click();
    await seeItPaid(page, street, id);
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
    await page.getByRole("button", payButton).click();
    const frame = page.frameLocator("dialog iframe");
    await enterCard(frame, good);
    await frame.getByRole("button", { name: /bezahlen$/ }).click();
    await seeItPaid(page, street, id);
    expect(mistakes).toEqual([]);
  });

  /** Opens it for cards. */
  async function openBox(page: Page): Promise<FrameLocator> {
    await page.getByText("Kredit-/Debitkarte").click();
    await page.getByRole("button", payButton).click();
    const frame = page.frameLocator("dialog iframe");
    await frame.getByLabel("Kartennummer").waitFor();
    return frame;
  }
  async function payIn(frame: FrameLocator, number: string): Promise<void> {
    await enterCard(frame, number);
    await frame.getByRole("button", payButton).click();
  }

  browserTest(
    "says what is wrong with which field, then of the card, then takes another",
    patient,
    async ({ page }) => {
      const id = await goToPay(page);
      const frame = await openBox(page);
      const said = async (field: string): Promise<string | null> => {
        const described = (await frame.getByLabel(field).getAttribute("aria-describedby")) ?? "";
        const id = described.split(" ").find((one) => one.endsWith("-error"));
        return id === undefined ? null : frame.locator(`#${id}`).textContent();
      };
      const allSaid = async () => ({
        number: await said("Kartennummer"),
        expiry: await said("Gültig bis"),
        code: await said("Sicherheitscode"),
      });
      await frame.getByLabel("Kartennummer").fill("4111 1111 1111 1112");
      await frame.getByLabel("Gültig bis").fill("13/40");
      await frame.getByLabel("Sicherheitscode").fill("12");
      await frame.getByRole("button", payButton).click();
      await frame.getByRole("heading", { name: "Bitte prüfen Sie Ihre Angaben" }).waitFor();
      const number = "Geben Sie eine gültige Kartennummer ein.";
      const expiry = "Geben Sie das Datum als MM/JJ ein, zum Beispiel 12/30.";
      const code = "Geben Sie die 3 oder 4 Ziffern des Sicherheitscodes ein.";
      expect(await allSaid()).toEqual({ number, expiry, code });
      await picture(page, "lightbox-mistakes");

      await frame.getByLabel("Kartennummer").fill(good);
      await frame.getByLabel("Sicherheitscode").fill("123");
      await frame.getByRole("button", payButton).click();
      await frame.locator("#cardNumber-error").waitFor({ state: "detached" });
      expect(await allSaid()).toEqual({ number: null, expiry, code: null });

      await payIn(frame, declined);
      await frame.getByRole("alert").getByText("Die Zahlung wurde abgelehnt.").waitFor();
      await picture(page, "lightbox-declined");
      await payIn(frame, good);
      await seeItPaid(page, street, id);
    },
  );

  browserTest("leads back when the buyer cancels, who then pays", patient, async ({ page }) => {
    const id = await goToPay(page);
    const frame = await openBox(page);
    await frame.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).click();
    await page.getByText("Sie haben die Zahlung abgebrochen.").waitFor();
    await picture(page, "lightbox-cancelled");
    expect(new URL(page.url()).pathname).toBe(`/orders/${id}`);
    await page.getByRole("button", { name: "Noch einmal bezahlen" }).click();
    await payIn(await openBox(page), good);
    await seeItPaid(page, street, id, ["FAILED", "FULFILL"]);
  });

  browserTest("is left by reload and by the back button, and pays once", patient, async ({ page }) => {
    const id = await goToPay(page);
    await openBox(page);
    await page.reload();
    expect(await page.locator("dialog").count()).toBe(0);
    await openBox(page);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe(`/orders/${id}`);
    await page.getByRole("button", payButton).click();
    await payIn(await openBox(page), good);
    await seeItPaid(page, street, id);
  });

  browserTest("says why it cannot be paid any more, and gives way to one that can", patient, async ({ page }) => {
    const id = await goToPay(page);
    const transaction = String(street.shop.orders.find(id)?.payment?.governing?.transaction);
    await street.simulator.buyer(transaction, { action: "abort" });
    await page.getByText("Kredit-/Debitkarte").click();
    await page.getByRole("button", payButton).click();
    await page.getByRole("alert").getByText("Sie haben die Zahlung abgebrochen.").waitFor();
    await picture(page, "lightbox-gone");
    expect(await page.locator("dialog").count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe(`/orders/${id}/pay`);
    await page.reload();
    expect(await page.getByRole("alert").isHidden()).toBe(true);
    await payIn(await openBox(page), good);
    await seeItPaid(page, street, id, ["FAILED", "FULFILL"]);
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
    await seeItPaid(page, street, first);

    await page.getByRole("link", { name: "Ihr Konto" }).click();
    await page.getByText("Visa 4111 11** **** 1111").waitFor();
    await page.getByText("Gültig bis 12/2040").waitFor();
    await picture(page, "kept-card");

    const second = await orderTea(page, url);
    await page.getByText("Visa 4111 11** **** 1111").waitFor();
    await page
      .getByRole("button", { name: /bezahlen$/ })
      .first()
      .click();
    await seeItPaid(page, street, second);

    await page.goto(`${url}/account`);
    await page.getByRole("button", { name: "Visa 4111 11** **** 1111 entfernen" }).click();
    await page.getByText("Die Karte ist entfernt.").waitFor();
    await page.getByText("Sie haben keine Karte gespeichert.").waitFor();
  });
});
