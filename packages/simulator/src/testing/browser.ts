import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, findChromium, launchChromium, type Page } from "@checkout-plugins/tooling/chromium";
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

/** A page of another origin that browsers come back to. */
export async function openReturnPage(): Promise<string> {
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Shop</title><h1>Thank you</h1>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/return`;
}

/** Keeps a picture for a person to look at, where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
