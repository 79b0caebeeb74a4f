import { join } from "node:path";
import type { Page } from "@checkout-plugins/tooling/chromium";

const screens = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** Keeps pictures of a page for a person to look at, on two screens, where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  // What lies over a page is as high as the window, and the page below it is of no interest.
  const fullPage = (await page.locator("dialog[open]").count()) === 0;
  for (const [screen, size] of Object.entries(screens)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(folder, `${name}-${screen}.png`), fullPage });
  }
  await page.setViewportSize(screens.desktop);
}
