import { test } from "vitest";
import { type Browser, findChromium, launchChromium, type Page } from "./chromium.ts";

export interface BrowserFixtures {
  /** A Chromium of this test's own. */
  readonly browser: Browser;
  /** A page in a context of its own, which waits at most 10 s for anything. */
  readonly page: Page;
}

/**
 * `test` with a real browser: `browserTest("the buyer pays", async ({ page }) => { … })`.
 * Without a Chromium the test is skipped with the reason, or fails if `REQUIRE_CHROMIUM=1`.
 */
export const browserTest = test.extend<BrowserFixtures>({
  browser: async ({ skip }, use) => {
    const found = await findChromium();
    if ("missing" in found) {
      if (process.env.REQUIRE_CHROMIUM === "1") throw new Error(`REQUIRE_CHROMIUM=1, but ${found.missing}`);
      return skip(found.missing);
    }
    const browser = await launchChromium();
    try {
      await use(browser);
    } finally {
      await browser.close();
    }
  },
  page: async ({ browser }, use) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
    await use(page);
  },
});
