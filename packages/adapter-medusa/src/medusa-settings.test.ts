import { describe, expect, it } from "vitest";
import { type MedusaSettings, parseSettings } from "./medusa-settings.ts";

const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const settings: MedusaSettings = {
  spaceId: 70001,
  userId: "12345",
  authenticationKey: key,
  backendUrl: "https://api.shop.example/",
  returnTo: {
    order: "https://shop.example/{country}/order/{order}/confirmed",
    checkout: "https://shop.example/checkout",
  },
};

describe("the options in medusa-config", () => {
  it("have defaults that take no risk", () => {
    expect(parseSettings(settings, "it")).toMatchObject({
      spaceId: "70001",
      backendUrl: "https://api.shop.example",
      environment: "live",
      completion: "configured",
      doublePayment: "resolve",
      serviceUrl: null,
    });
  });

  it.each([
    [{ spaceid: 1 }, /spaceid/],
    [{ spaceId: "x" }, /spaceId: must be a number/],
    [{ backendUrl: "shop" }, /backendUrl: must be an address/],
    [{ authenticationKey: `${key} ` }, /authenticationKey: must be the Base64/],
    [{ language: "de" }, /language: must be a tag/],
    [{ returnTo: { order: "https://shop.example" } }, /returnTo\.checkout/],
  ])("that are wrong are named: %j", (change, text) => {
    const parse = () => parseSettings({ ...settings, ...change }, "provider x");
    expect(parse).toThrow(text);
    expect(parse).toThrow(/provider x in medusa-config/);
    expect(parse).not.toThrow(key);
  });
});
