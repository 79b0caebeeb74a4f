import { test } from "vitest";
import { type Browser, findChromium, launchChromium, type Page } from "./chromium.ts";

export interface BrowserFixtures {
  /** One Chromium for the tests of a file, or the reason why there is none. */
  readonly chromium: Browser | string;
  readonly browser: Browser;
  /** A page in a context of its own: a new visitor, who waits at most 10 s for anything. */
  readonly page: Page;
}

/**
 * `test` with a real browser: `browserTest("the buyer pays", async ({ page }) => { … })`.
 * Without a Chromium the test is skipped with the reason, or fails if `REQUIRE_CHROMIUM=1`.
 */
export const browserTest = test.extend<BrowserFixtures>({
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const found = await findChromium();
      if ("missing" in found) return await use(found.missing);
      const browser = await launchChromium();
      await use(browser);
      await browser.close();
    },
    { scope: "file" },
  ],
  browser: async ({ chromium, skip }, use) => {
    if (typeof chromium !== "string") return await use(chromium);
    if (process.env.REQUIRE_CHROMIUM === "1") throw new Error(`REQUIRE_CHROMIUM=1, but ${chromium}`);
    skip(chromium);
  },
  page: async ({ browser }, use) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(60_000);
    await use(await context.newPage());
    await context.close();
  },
});
