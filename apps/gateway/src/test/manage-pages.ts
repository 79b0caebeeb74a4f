import type { HostedPlatform, Url } from "@checkout-plugins/core";
import type { Page } from "@checkout-plugins/tooling/chromium";
import { listen } from "../listen.ts";
import { type ManyShops, openManyShops } from "./many-shops.ts";
import { signInCode } from "./test-door.ts";

export interface ManagePages extends ManyShops {
  /** Where a browser reaches the gateway. */
  readonly address: string;
}

/** One gateway whose pages a browser can open, with these platforms beside the HTTP one. */
export async function openManagePages(platforms: readonly HostedPlatform[] = []): Promise<ManagePages> {
  const bench = await openManyShops(platforms);
  const { fetch } = await bench.start("http://localhost:1" as Url);
  const door = await listen({ fetch, host: "127.0.0.1", port: 0 });
  return {
    ...bench,
    address: `http://127.0.0.1:${door.port}`,
    async close() {
      await door.close();
      await bench.close();
    },
  };
}

/** Goes to the list of shops by the keyboard alone: the page itself has to put the cursor into its field. */
export async function signInByKeyboard(page: Page, { address }: ManagePages): Promise<void> {
  await page.goto(`${address}/manage`);
  // Chromium does so some time after the page has loaded; what is typed before is lost.
  await page.locator("#secret:focus").waitFor();
  await page.keyboard.type(signInCode);
  await page.keyboard.press("Enter");
  await page.waitForURL(/shops$/);
}
