import { describe, expect, it } from "vitest";
import { isShopDomain, parseShopifySettings } from "./shopify-settings.ts";

const shop = "alpenladen.myshopify.com";

describe("parseShopifySettings", () => {
  it("takes either mode, in the newest version unless said", () => {
    expect(parseShopifySettings({ mode: "paymentsApp", shop })).toEqual({
      mode: "paymentsApp",
      shop,
      apiVersion: "2026-10",
    });
    const custom = { mode: "customApp", shop, apiVersion: "2026-07", clientId: "c", paymentMethod: "PostFinance" };
    expect(parseShopifySettings(custom)).toEqual(custom);
  });

  it.each([
    [null],
    [{ mode: "paymentsApp" }],
    [{ mode: "paymentsApp", shop: "alpenladen.ch" }],
    [{ mode: "paymentsApp", shop: "evil.test/.myshopify.com" }],
    [{ mode: "paymentsApp", shop, apiVersion: "unstable" }],
    [{ mode: "customApp", shop, clientId: "c" }],
    [{ mode: "paymentsApp", shop, x: 1 }],
  ])("refuses %j with what it must be", (settings) => {
    expect(() => parseShopifySettings(settings)).toThrow(/settings are .*paymentsApp/);
  });
});

describe("isShopDomain", () => {
  it.each([
    ["alpenladen.myshopify.com", true],
    ["a-1.myshopify.com", true],
    ["alpenladen.shop.dev", true],
    ["alpenladen.myshopify.com/", false],
    ["admin.shopify.com/store/alpenladen", false],
    ["-a.myshopify.com", false],
    ["alpenladen.myshopify.com.evil.test", false],
    ["evil.test#.myshopify.com", false],
    ["ALPENLADEN.myshopify.com", false],
    ["a.myshopify.com\n", false],
    [null, false],
  ])("%j: %s", (domain, isOne) => {
    expect(isShopDomain(domain)).toBe(isOne);
  });
});
