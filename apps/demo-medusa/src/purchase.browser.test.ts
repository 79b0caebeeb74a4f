import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { FrameLocator, Locator, Page } from "@checkout-plugins/tooling/chromium";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { administrator } from "./catalogue.ts";
import { type Demo, startDemo } from "./testing/demo.ts";
import { picture } from "./testing/picture.ts";

/** Milliseconds: a Medusa is built, migrated, filled and started. */
const patience = 600_000;

let demo: Demo | undefined;
beforeAll(async () => {
  demo = await startDemo();
}, patience);
afterAll(() => demo?.stop());

async function enterCard(where: Page | FrameLocator): Promise<void> {
  await where.getByLabel("Card number").fill("4111 1111 1111 1111");
  await where.getByLabel("Valid until").fill("12/40");
  await where.getByLabel("Security code").fill("123");
}

/** A buyer who wants to pay there puts a mug into his cart. */
async function buy(page: Page, where: string): Promise<void> {
  await page.goto(`${demo?.shop}/shop`);
  await page.getByLabel(where).check();
  await page.getByRole("button", { name: "Buy" }).first().click();
}

async function seePaid(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Thank you for your order" }).waitFor();
  expect(await page.getByText("payment reserved").count()).toBe(1);
}

async function signIn(page: Page): Promise<void> {
  await page.locator('input[name="email"]').fill(administrator.email);
  await page.locator('input[name="password"]').fill(administrator.password);
  await page.locator('button[type="submit"]').click();
}

/** Our box on the page of an order. */
function boxOf(page: Page): Locator {
  const heading = page.getByRole("heading", { name: "PostFinance Checkout" });
  return page.locator("div.shadow-elevation-card-rest", { has: heading });
}

/** By how many pixels something is wider than the screen of a phone. */
async function excess(page: Page, part: Locator): Promise<number> {
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  await page.setViewportSize({ width: 1280, height: 900 });
  return wide;
}

describe("in Chromium", { timeout: patience }, () => {
  browserTest("a buyer pays in an iframe, after his mistake was shown beside it", async ({ page }) => {
    await buy(page, "here in the shop");
    await page.getByLabel("Credit / debit card").check();
    const fields = page.frameLocator("#fields iframe");
    await fields.getByLabel("Card number").waitFor();
    await page.getByRole("button", { name: "Pay now" }).click();
    await page.getByRole("alert").getByText("Enter a valid card number.").waitFor();
    await picture(page, "iframe-mistake");
    expect(await excess(page, page.locator("body"))).toBeLessThanOrEqual(0);
    await enterCard(fields);
    await page.getByRole("button", { name: "Pay now" }).click();
    await seePaid(page);
  });

  browserTest("a buyer gives up in the lightbox, and pays the same cart in it", async ({ page }) => {
    await buy(page, "in a window above the shop");
    const open = async (): Promise<FrameLocator> => {
      await page.getByLabel("Credit / debit card").check();
      await page.getByRole("button", { name: "Pay now" }).click();
      return page.frameLocator("dialog iframe");
    };
    await (await open()).getByRole("button", { name: "Cancel and return to the shop" }).click();
    await page.getByText("The payment was not successful.").waitFor();
    await picture(page, "lightbox-given-up");

    await page.getByLabel("in a window above the shop").check();
    await page.getByRole("button", { name: "Pay again" }).click();
    const lightbox = await open();
    await lightbox.getByLabel("Card number").waitFor();
    await picture(page, "lightbox");
    await enterCard(lightbox);
    await lightbox.getByRole("button", { name: /^Pay/ }).click();
    await seePaid(page);
  });

  browserTest("a buyer pays in the storefront, and an administrator sees and takes the money", async ({ page }) => {
    const { shop = "", simulator = "" } = demo ?? {};
    await buy(page, "on the payment page");
    await page.waitForURL(`${simulator}/**`);
    const field = page.getByLabel("Card number");
    if (!(await field.isVisible())) await page.getByText("Credit / debit card").click();
    await enterCard(page);
    await page.getByRole("button", { name: /^Pay/ }).click();
    await seePaid(page);
    await picture(page, "order");

    await page.getByRole("link", { name: "See it in the admin" }).click();
    await signIn(page);
    const box = boxOf(page);
    await box.getByText("reserved", { exact: true }).waitFor();
    expect(await box.getByText("Credit / Debit Card").count()).toBe(1);
    expect(await box.getByRole("link", { name: /^Transaction \d+$/ }).count()).toBe(1);
    expect(await box.getByText("Worldline (SIX)").count()).toBe(1);
    await picture(page, "admin-reserved", box);
    expect(await excess(page, box)).toBeLessThanOrEqual(0);

    await page.getByRole("button", { name: "Capture payment" }).click();
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Captured", { exact: true }).first().waitFor();
    await page.reload();
    await box.getByText("paid", { exact: true }).waitFor();
    expect(await box.getByRole("link", { name: "Invoice" }).count()).toBe(1);
    await picture(page, "admin-paid", box);

    await page.goto(`${shop}/app/settings/postfinance-checkout`);
    await page.getByText("connected", { exact: true }).waitFor();
    await page.getByText("TWINT", { exact: true }).waitFor();
    await picture(page, "admin-settings");
    expect(await excess(page, page.locator("main"))).toBeLessThanOrEqual(0);
  });
});
