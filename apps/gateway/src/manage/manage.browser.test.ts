import { exampleKey } from "@checkout-plugins/simulator";
import { browserTest } from "@checkout-plugins/tooling/browser-test";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { type ManagePages, openManagePages, signInByKeyboard } from "../test/manage-pages.ts";
import { added, aShop } from "../test/many-shops.ts";
import { signInCode } from "../test/test-door.ts";

let bench: ManagePages;
beforeEach(async () => {
  bench = await openManagePages();
});
afterEach(() => bench.close());

/** What a text field might be filled with by somebody who means harm. */
const nasty = [
  ...["script", "svg", "img", "iframe", "body", "input", "details", "video", "object", "style"].flatMap((tag) => [
    `<${tag} src=x onerror=window.hit=1 onload=window.hit=1 onfocus=window.hit=1 autofocus>`,
    `"><${tag} onmouseover='window.hit=1' ontoggle='window.hit=1' open>`,
    `</textarea></title><${tag}/onload=window.hit=1>`,
    `'><${tag}>window.hit=1</${tag}>`,
  ]),
  ..."javascript:window.hit=1|{{constructor.constructor('window.hit=1')()}}|#{window.hit=1}|&lt;script&gt;window.hit=1&lt;/script&gt;".split(
    "|",
  ),
  ..."window.hit=1\u2028|<!--><script>window.hit=1</script>|<a href=javascript:window.hit=1 id=x>|]]><script>window.hit=1</script>|%3Cscript%3Ewindow.hit=1%3C/script%3E|<ScRiPt>window.hit=1</sCrIpT>".split(
    "|",
  ),
];

describe("T10: the pages in a browser", () => {
  browserTest("lead by the keyboard alone from the code to a shop, and may be used by everybody", async ({ page }) => {
    const violations: string[] = [];
    const check = async (): Promise<void> => {
      const found = (await page.evaluate(`${axe.source}; axe.run()`)) as { violations: { id: string }[] };
      violations.push(...found.violations.map(({ id }) => `${page.url()} ${id}`));
    };
    await signInByKeyboard(page, bench);
    await check();
    await page.focus("a.button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/new$/);
    await check();
    await page.focus("#name");
    for (const text of ["Velo", null, "70002", "12345", exampleKey]) {
      if (text !== null) await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/shops\/[0-9a-f-]{36}$/);
    await check();
    expect(violations).toEqual([]);
    expect(await bench.shops.list({ after: null, limit: 2 })).toMatchObject([{ terms: { name: "Velo" } }]);
  });

  browserTest("show fifty harmful texts as texts, and break no policy", async ({ page }) => {
    expect(nasty.length).toBeGreaterThanOrEqual(50);
    for (const [index, text] of nasty.entries()) {
      await added(bench.shops, { ...aShop(), key: `${index} ${text}`, terms: { ...aShop().terms, name: text } });
    }
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${bench.address}/manage`);
    await page.fill("#secret", signInCode);
    await page.keyboard.press("Enter");
    await page.waitForURL(/shops$/);
    const names = await page.locator("tbody a").allTextContents();
    expect(names.toSorted()).toEqual(nasty.toSorted());
    const shops = await bench.shops.list({ after: null, limit: 10 });
    for (const { id, terms } of shops) {
      await page.goto(`${bench.address}/manage/shops/${id}`);
      expect(await page.inputValue("#name")).toBe(terms.name.trim());
    }
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});
