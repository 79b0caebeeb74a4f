import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { CommandResult, ShopCommand } from "@checkout-plugins/core";
import { browserTest } from "@checkout-plugins/tooling/browser-test";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { languages } from "./language.ts";
import { toChf } from "./money.ts";
import {
  createTestShop,
  createVisitorOf,
  details,
  placeOrder,
  startGateway,
  type TestGateway,
  tell,
  toPayment,
} from "./testing.ts";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let gateway: TestGateway;
let server: Server;
let url: string;
let orders: Readonly<Record<string, string>>;

beforeAll(async () => {
  gateway = await startGateway();
  const shop = createTestShop(gateway.url);
  server = createServer(getRequestListener(shop.fetch)).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const place = () => placeOrder(createVisitorOf(shop));
  orders = { unpaid: await place(), paid: await place(), failed: await place(), asking: await place() };
  const failure = { code: "declined", publicMessage: "No.", merchantMessage: "51", serviceReason: null } as const;
  const operation = {
    key: "1",
    kind: "refund",
    origin: "shop",
    shopKeys: [],
    amount: toChf(500),
    on: "2026-02-03T09:00:00.000Z",
  };
  const operations = [
    { ...operation, state: "successful", failure: null, lines: null },
    { ...operation, key: "2", state: "failed", failure, lines: null },
  ] as never;
  const findings = [{ key: "d", kind: "doublePayment", detail: "Two.", amount: toChf(5500) }] as const;
  const review = { state: "open", decideBy: null } as const;
  await tell(shop, toPayment(orders.paid ?? "", { operations, findings, review, refunded: toChf(500) }));
  const method = { id: "1", name: "Kredit-/Debitkarte", brand: null } as never;
  await tell(shop, toPayment(orders.failed ?? "", { standing: "failed", state: "failed", failure, method }));
  await tell(shop, toPayment(orders.asking ?? "", { standing: "open", state: "processing" }));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await gateway.close();
});

/** A till with two terminals and a day that was ended. */
function answerTill({ kind }: ShopCommand): CommandResult {
  const till = { id: "1", identifier: null, name: "Kasse 1", currency: "CHF", isReady: true };
  const day = { id: "2", terminal: "1", startedOn: null, endedOn: "2026-02-03T18:00:00.000Z", count: 1, brands: [] };
  const answer =
    kind === "terminals" ? [till, { ...till, id: "3", isReady: false }] : [{ ...day, totals: [toChf(5500)] }];
  return { kind: "successful", answer: answer as never, payment: null };
}

const isWide = "document.documentElement.scrollWidth > innerWidth";

async function findFaults(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const { violations } = found as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
  return (await page.evaluate(isWide)) ? [...faults, "the page scrolls sideways"] : faults;
}

async function fillCart(page: Page): Promise<void> {
  await page.goto(`${url}/products/enamel-mug`);
  await page.locator(".buy button").click();
}

describe.each([
  ["desktop", 1280],
  ["phone", 390],
] as const)("on a %s", (_name, width) => {
  browserTest("every page can be read, reached and operated by everybody", async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: "de-CH", bypassCSP: true });
    const page = await context.newPage();
    const check = async (path: string): Promise<void> => {
      await page.goto(url + path);
      expect(await findFaults(page), path).toEqual([]);
    };
    for (const path of ["/", "/products/camp-lantern", "/cart", "/account", "/nowhere"]) await check(path);
    await fillCart(page);
    for (const path of ["/cart", "/checkout"]) await check(path);
    await page.locator("form.columns").evaluate((form: { noValidate: boolean }) => {
      form.noValidate = true;
    });
    await page.getByLabel("An eine andere Adresse liefern").check();
    await page.getByRole("button", { name: "Weiter zur Prüfung" }).click();
    expect(await findFaults(page), "mistakes").toEqual([]);
    await page.getByLabel("An eine andere Adresse liefern").uncheck();
    for (const [name, value] of Object.entries(details)) {
      if (name.startsWith("billing.") && !name.endsWith("country")) await page.locator(`[name="${name}"]`).fill(value);
    }
    await page.getByRole("button", { name: "Weiter zur Prüfung" }).click();
    await check("/checkout/summary");
    for (const id of Object.values(orders)) await check(`/orders/${id}`);
    const methods = [{ id: "1", name: "PostFinance Card", description: null, image: null, currencies: [] }];
    const answer = { kind: "script", integration: "iframe", url: `${gateway.url}/handler.js`, methods } as never;
    gateway.answer = () => ({ kind: "successful", answer, payment: null });
    await check(`/orders/${orders.unpaid}/pay`);
    const card = { id: "1", label: "Visa 4111 11** **** 1111", method: null, image: null };
    const stored = [{ ...card, expiresOn: "2028-12-31T22:59:59.000Z" }] as never;
    gateway.answer = () => ({ kind: "successful", answer: stored, payment: null });
    await context.addCookies([{ name: "customer", value: "c-1", url }]);
    await check("/account");
    for (const path of ["/merchant", "/merchant/mails"]) await check(path);
    for (const id of Object.values(orders)) await check(`/merchant/orders/${id}`);
    gateway.answer = answerTill;
    for (const path of ["/merchant/till", `/merchant/till/orders/${orders.failed}`]) await check(path);
    await page.locator("details").evaluateAll((all: { open: boolean }[]) => {
      for (const one of all) one.open = true;
    });
    expect(await findFaults(page), "open forms").toEqual([]);
  });
});

/** In the page: "seen", or the element that has the focus and does not show it; null at the end of the page. */
const focusShown = `(() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const shown = [element, element.closest(".choice"), element.closest(".card")?.querySelector("img")];
  return shown.some((one) => one && getComputedStyle(one).outlineStyle !== "none") ? "seen" : element.outerHTML;
})()`;

describe("the narrowest screen", () => {
  browserTest.for(languages)("needs no scrolling sideways: %s", async (language, { browser }) => {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    await page.goto(`${url}/?language=${language}`);
    await fillCart(page);
    const order = `/orders/${orders.paid}`;
    gateway.answer = answerTill;
    const till = ["/merchant/till", `/merchant/till/orders/${orders.failed}`];
    const merchant = ["/merchant", `/merchant${order}`, `/merchant/orders/${orders.failed}`, ...till];
    const pages = ["/", "/products/hut-book", "/cart", "/checkout", order, ...merchant];
    for (const path of pages) {
      await page.goto(url + path);
      expect([path, await page.evaluate(isWide)]).toEqual([path, false]);
    }
  });
});

describe("the keyboard", () => {
  browserTest("shows where it is, and reaches the content first", async ({ page }) => {
    await page.goto(`${url}/?language=de`);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Zum Inhalt");
    await fillCart(page);
    gateway.answer = answerTill;
    for (const path of ["/", "/cart", "/checkout", `/orders/${orders.failed}`, "/merchant", "/merchant/till"]) {
      await page.goto(url + path);
      for (let stops = 0; ; stops += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(focusShown);
        if (focus === null) break;
        expect([path, focus]).toEqual([path, "seen"]);
        expect(stops).toBeLessThan(80);
      }
    }
  });
});
