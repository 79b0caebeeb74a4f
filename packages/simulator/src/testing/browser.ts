import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const isThere = existsSync(executablePath);

/** Why browser tests are skipped here; undefined when they run. REQUIRE_CHROMIUM=1 lets them fail instead. */
export const noBrowser: string | undefined =
  isThere || process.env.REQUIRE_CHROMIUM === "1"
    ? undefined
    : `there is no Chromium at ${executablePath}; set CHROMIUM`;

export interface BrowserTab {
  open(options?: { readonly width?: number; readonly scripts?: boolean; readonly dark?: boolean }): Promise<Page>;
}

/** One browser for the tests of a file; each tab is a new visitor, and must not violate its page's policy. */
export function useBrowser(): BrowserTab {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-background-networking"] });
  });
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
      context.setDefaultTimeout(10_000);
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
