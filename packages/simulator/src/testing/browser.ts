import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, findChromium, launchChromium, type Page } from "@checkout-plugins/tooling/chromium";
import axe from "axe-core";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";

export interface BrowserTab {
  open(options?: { readonly width?: number; readonly scripts?: boolean; readonly dark?: boolean }): Promise<Page>;
}

/**
 * One browser for the tests of a file, which are skipped with the reason where there is none. Each tab is a new visitor,
 * and must not violate its page's policy.
 */
export function useBrowser(): BrowserTab {
  let browser: Browser | undefined;
  let missing: string | undefined;
  beforeAll(async () => {
    const found = await findChromium();
    if ("missing" in found && process.env.REQUIRE_CHROMIUM !== "1") missing = found.missing;
    else browser = await launchChromium();
  });
  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  afterAll(() => browser?.close());
  return {
    async open({ width = 1280, scripts = true, dark = false } = {}) {
      if (browser === undefined) throw new Error("The browser was not started");
      const context = await browser.newContext({
        viewport: { width, height: 860 },
        javaScriptEnabled: scripts,
        colorScheme: dark ? "dark" : "light",
        locale: "de-CH",
      });
      context.setDefaultTimeout(60_000);
      onTestFinished(() => context.close());
      return context.newPage();
    },
  };
}

/** A page of a shop, at another origin; every address answers with it. */
export async function openShopPage(
  html = "<!doctype html><title>Shop</title><h1>Thank you</h1>",
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html", ...headers }).end(html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** What WCAG 2.2, level AA, says is wrong with the page as it stands, found by axe; a person finds more. */
export async function accessibilityProblems(
  page: Pick<Page, "evaluate" | "waitForLoadState">,
): Promise<readonly string[]> {
  await page.waitForLoadState(); // without its style sheet nothing is large enough
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const rules = { "page-has-heading-one": { enabled: false } };
  const run = `axe.run(document, ${JSON.stringify({ runOnly: tags, rules })})`;
  const { violations } = (await page.evaluate(run)) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Keeps a picture for a person to look at, where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
