import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { afterEach, beforeAll, describe, expect } from "vitest";
import { type Bench, createBench } from "./testing/bench.ts";
import { createLifecycleBench } from "./testing/lifecycle-bench.ts";
import { type Certificates, createCertificates, gatewayUrl } from "./testing/test-shop.ts";

let certificates: Certificates;
const open: Bench[] = [];
beforeAll(async () => {
  certificates = await createCertificates(Date.parse("2026-02-03T09:00:00Z"));
});
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

const patient = { timeout: 180_000 };
const widths = [1280, 390];

async function openBench(mode: "paymentsApp" | "customApp"): Promise<Bench> {
  const bench = await createBench({ certificates, mode, isOpen: true });
  open.push(bench);
  return bench;
}

/** Keeps pictures for a person to look at, where SCREENSHOTS names a folder; on every width nothing may stick out. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 860 });
    const excess = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(excess, `${name} at ${width}`).toBeLessThanOrEqual(0);
    const folder = process.env.SCREENSHOTS;
    if (folder === undefined) continue;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 860 });
}

async function payByCard(page: Page, number = "4111 1111 1111 1111"): Promise<void> {
  await page.getByText("Kredit-/Debitkarte").click();
  await page.getByLabel("Kartennummer").fill(number);
  await page.getByLabel(/gültig bis/i).fill("12/30");
  await page.getByLabel(/prüfziffer|cvc|sicherheitscode/i).fill("123");
  await page.getByRole("button", { name: /bezahlen/ }).click();
}

/** The newest payment session of the checkout. */
function newest({ mock }: Bench) {
  const session = [...mock.state.sessions.values()].findLast(({ kind }) => kind === "payment");
  if (session === undefined) throw new Error("Nobody has paid yet");
  return session;
}

async function buy(page: Page, bench: Bench, kind: "sale" | "authorization"): Promise<void> {
  await page.goto(`${bench.origin}/checkout?kind=${kind}`);
  await page.getByRole("button", { name: "Pay now" }).click();
  await payByCard(page);
  await page.getByRole("heading", { name: /Zahlung|payment is being confirmed/ }).waitFor();
  await bench.settle();
  await page.getByRole("heading", { name: "Thank you, your order is confirmed" }).waitFor();
}

/** The merchant presses a button; then what follows from it has happened. */
async function press(page: Page, bench: Bench, button: string, amount?: string): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: button }) });
  if (amount !== undefined) await form.getByLabel("Amount").fill(amount);
  await form.getByRole("button", { name: button }).click();
  await page.waitForLoadState();
  await bench.settle(60);
  await page.reload();
}

describe("the payments app, in a browser", () => {
  browserTest("a purchase, a refused refund and a refund in part", patient, async ({ page }) => {
    const bench = await openBench("paymentsApp");
    await page.goto(`${bench.origin}/checkout`);
    await look(page, "app-1-checkout");
    await page.getByRole("button", { name: "Pay now" }).click();
    await page.getByText("Kredit-/Debitkarte").waitFor();
    await payByCard(page);
    await page.locator("meta[http-equiv=refresh]").waitFor({ state: "attached" });
    await look(page, "app-2-waiting");
    await bench.settle();
    await page.getByRole("heading", { name: "Thank you, your order is confirmed" }).waitFor();
    await look(page, "app-3-thanks");
    await page.goto(`${bench.origin}/admin/payments/${newest(bench).id}`);
    await press(page, bench, "Refund", "30.00");
    await page.getByText("refund CHF 30.00").waitFor();
    expect(await page.locator(".rejected").count()).toBe(1);
    await press(page, bench, "Refund", "5.00");
    expect(await page.locator(".resolved").count()).toBe(2);
    await look(page, "app-4-refunds");
  });

  browserTest("a reservation captured in parts, and one that is voided", patient, async ({ page }) => {
    const bench = await openBench("paymentsApp");
    await buy(page, bench, "authorization");
    await page.goto(`${bench.origin}/admin/payments/${newest(bench).id}`);
    await press(page, bench, "Capture", "10.00");
    await press(page, bench, "Capture", "19.95");
    expect(await page.locator(".resolved").count()).toBe(3);
    await look(page, "app-5-captures");
    await buy(page, bench, "authorization");
    await page.goto(`${bench.origin}/admin/payments/${newest(bench).id}`);
    await press(page, bench, "Cancel order");
    expect(await page.locator(".resolved").count()).toBe(2);
    await look(page, "app-6-void");
  });

  browserTest("a buyer who gives up is back in the checkout", patient, async ({ page }) => {
    const bench = await openBench("paymentsApp");
    await page.goto(`${bench.origin}/checkout`);
    await page.getByRole("button", { name: "Pay now" }).click();
    await page.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).click();
    await page.getByText("The payment was not made. You can try again.").waitFor();
    expect(new URL(page.url()).origin).toBe(bench.origin);
    await look(page, "app-7-cancelled");
    await buy(page, bench, "sale");
  });
});

describe("the settings page, in a browser", () => {
  browserTest("is readable on every width, also when something is wrong", patient, async ({ page }) => {
    const bench = await createLifecycleBench();
    try {
      await page.setContent(await (await bench.install()).text());
      await page.getByLabel("Space ID").first().fill("70001");
      await look(page, "settings-1");
      const token = await page.locator("input[name=token]").inputValue();
      const body = new URLSearchParams({ token, "live-space": "70001" });
      const url = `${gatewayUrl}/platforms/shopify/settings`;
      await page.setContent(await (await bench.ask(new Request(url, { method: "POST", body }))).text());
      await page.getByRole("alert").getByText("Fill in all three fields").waitFor();
      await look(page, "settings-2-wrong");
    } finally {
      await bench.close();
    }
  });
});

describe("a shop's own app, in a browser", () => {
  browserTest("a purchase by the link, a refund in part and a refused one", patient, async ({ page }) => {
    const bench = await openBench("customApp");
    await page.goto(`${bench.origin}/checkout`);
    await page.getByLabel("PostFinance, Karten, TWINT").check();
    await page.getByRole("button", { name: "Pay now" }).click();
    await page.getByRole("link", { name: "Jetzt bezahlen" }).waitFor();
    await look(page, "own-1-placed");
    await page.getByRole("link", { name: "Jetzt bezahlen" }).click();
    await payByCard(page);
    await page.locator("meta[http-equiv=refresh]").waitFor({ state: "attached" });
    await bench.settle();
    await page.getByRole("heading", { name: "Order #1001 is paid" }).waitFor();
    await look(page, "own-2-paid");
    const [order] = bench.mock.state.orders.values();
    await page.goto(`${bench.origin}/admin/orders/${order?.id}`);
    await press(page, bench, "Refund", "5.00");
    await page.getByText("refund CHF 5.00").waitFor();
    await press(page, bench, "Refund", "30.00");
    await page.getByText("PostFinance: check payment").waitFor();
    await look(page, "own-3-admin");
    expect((await bench.findings()).map(({ kind }) => kind)).toEqual(["cannotShow"]);
  });

  browserTest(
    "an order that is cancelled is not to be paid, and one that failed can be paid again",
    patient,
    async ({ page }) => {
      const bench = await openBench("customApp");
      const failing = bench.mock.orders.place({
        amount: "29.95",
        currency: "CHF",
        paymentMethod: "PostFinance, Karten, TWINT",
        test: false,
      });
      await page.goto(bench.mock.orders.toPayUrl(failing.id));
      await page.getByRole("button", { name: "Abbrechen und zurück zum Shop" }).click();
      await page.getByRole("link", { name: /again|Noch einmal/ }).waitFor();
      await look(page, "own-4-failed");
      await page.getByRole("link", { name: /again|Noch einmal/ }).click();
      await page.getByText("Kredit-/Debitkarte").waitFor();
      await page.goto(`${bench.origin}/admin/orders/${failing.id}`);
      await press(page, bench, "Cancel order");
      await page.goto(bench.mock.orders.toPayUrl(failing.id));
      await page.getByRole("heading", { name: /not to be paid|nicht zu bezahlen/ }).waitFor();
      await look(page, "own-5-closed");
    },
  );
});
