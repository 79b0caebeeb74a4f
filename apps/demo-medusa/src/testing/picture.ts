import { join } from "node:path";
import type { Locator, Page } from "@checkout-plugins/tooling/chromium";

const screens = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** Keeps pictures for a person to look at, on two screens, where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string, part: Page | Locator = page): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  for (const [screen, size] of Object.entries(screens)) {
    await page.setViewportSize(size);
    await part.screenshot({ path: join(folder, `${name}-${screen}.png`) });
  }
  await page.setViewportSize(screens.desktop);
}
