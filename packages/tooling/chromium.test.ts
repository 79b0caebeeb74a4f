import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { browserTest } from "./browser-test.ts";
import { findChromium } from "./chromium.ts";

describe("findChromium", () => {
  test("takes the program that CHROMIUM names", async () => {
    const found = await findChromium({ environment: { CHROMIUM: process.execPath } });
    expect(found).toEqual({ executablePath: process.execPath, environment: {} });
  });

  test("refuses a CHROMIUM that is not there instead of taking another", async () => {
    await expect(findChromium({ environment: { CHROMIUM: "/nowhere/chromium" } })).rejects.toThrow(
      "CHROMIUM names /nowhere/chromium, which cannot be executed",
    );
  });

  test("takes the first browser that is installed", async () => {
    const found = await findChromium({ environment: {}, installed: ["/nowhere/chromium", process.execPath] });
    expect(found).toMatchObject({ executablePath: process.execPath });
  });

  test("does not fetch again what could not be fetched in this run", async () => {
    const found = await findChromium({ environment: { CHROMIUM_MISSING: "no network" }, installed: [] });
    expect(found).toEqual({ missing: "no network" });
  });

  test("says what to do where there is none and none can be fetched", async () => {
    const found = await findChromium({ environment: {}, installed: [], platform: "win32" });
    expect(found).toEqual({ missing: expect.stringContaining("name its program in CHROMIUM") });
  });
});

browserTest("a page is rendered, with its text in a font", async ({ page }) => {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end('<title>Shop</title><button onclick="this.textContent = `Paid`">Pay</button>');
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.getByRole("button", { name: "Pay" }).click();
  expect(await page.getByRole("button").textContent()).toBe("Paid");
  expect((await page.getByRole("button").boundingBox())?.width).toBeGreaterThan(20);
});
