import { createShopifyPlatform } from "@checkout-plugins/adapter-shopify";
import { exampleKey } from "@checkout-plugins/simulator";
import { browserTest } from "@checkout-plugins/tooling/browser-test";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { languages } from "../console/texts.ts";
import { type ManagePages, openManagePages, signInByKeyboard } from "../test/manage-pages.ts";
import { manageTexts } from "./texts.ts";

let bench: ManagePages;
beforeEach(async () => {
  const shopify = createShopifyPlatform({
    fetch,
    now: Date.now,
    createId: () => "id",
    gatewayUrl: () => "http://localhost:1",
    app: null,
    spaces: null,
    privacy: { request: async () => undefined, forgetEmail: async () => undefined, forgetShop: async () => undefined },
  });
  bench = await openManagePages([shopify]);
});
afterEach(() => bench.close());

const domain = "alpenladen.myshopify.com";
const secret = "shpss_0123456789abcdef";

describe("a Shopify shop with an app of its own", () => {
  browserTest("is added by the keyboard alone, in a form that everybody may use", async ({ page }) => {
    const violations: string[] = [];
    const check = async (name: string): Promise<void> => {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const found = (await page.evaluate(`${axe.source}; axe.run()`)) as { violations: { id: string }[] };
        violations.push(...found.violations.map(({ id }) => `${name} ${width} ${id}`));
        const folder = process.env.SCREENSHOTS;
        if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
      }
    };
    await signInByKeyboard(page, bench);
    await page.goto(`${bench.address}/manage/shops/new?lang=de`);
    await page.focus("a[href='/manage/shops/new?platform=shopify']");
    await page.keyboard.press("Enter");
    await page.waitForURL(/platform=shopify$/);
    await check("shopify-form");
    const fill = async (first: string, texts: readonly string[]): Promise<void> => {
      await page.focus(first);
      for (const text of texts) {
        await page.keyboard.press("Control+A");
        await page.keyboard.type(text);
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
    };
    const space = ["70002", "12345", exampleKey];
    await fill("#name", ["Alpenladen", "shop.example.ch", "client-1", secret, "Karten, TWINT", ...space]);
    await page.waitForSelector("#setup-domain[aria-invalid]");
    await check("shopify-fault");
    expect(await page.content()).not.toContain(secret);
    expect(await page.textContent("#setup-domain-fault")).toBe(manageTexts.de.form.faults.pattern);
    await fill("#setup-domain", [domain, "client-1", secret, "Karten, TWINT", ...space]);
    await page.waitForURL(/shops\/[0-9a-f-]{36}$/);
    await check("shopify-shop");
    expect(violations).toEqual([]);
    const [kept] = await bench.shops.list({ after: null, limit: 2 });
    expect(kept).toMatchObject({
      platform: "shopify",
      key: domain,
      settings: { mode: "customApp", shop: domain, clientId: "client-1", paymentMethod: "Karten, TWINT" },
      terms: { name: "Alpenladen", environment: "test" },
    });
    expect(await bench.shops.secretsOf(kept?.id as never).get("clientSecret")).toBe(secret);
    await page.goto(`${bench.address}/manage/shops/new?platform=shopify`);
    await fill("#name", ["Twin", domain, "client-1", secret, "Karten", ...space]);
    await page.waitForSelector("#name-fault");
    expect(await page.textContent("#name-fault")).toBe(manageTexts.de.form.faults.exists);
    for (const language of languages) {
      await page.goto(`${bench.address}/manage/shops/new?platform=shopify&lang=${language}`);
      expect(await page.getAttribute("html", "lang")).toBe(language);
      expect(await page.textContent("label[for=setup-domain]")).toContain("Shopify");
    }
  });
});
