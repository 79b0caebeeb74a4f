import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { EnvironmentError, readEnvironment } from "../environment.ts";
import { readDoor } from "./door.ts";

const least = {
  SPACE_ID: "70001",
  APPLICATION_USER_ID: "12345",
  AUTHENTICATION_KEY: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  SHOP_ID: "my-shop",
  SHOP_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  SHOP_SHOW_URL: "https://shop.example.ch/payments/show",
};
const app = { SHOPIFY_CLIENT_ID: "id", SHOPIFY_CLIENT_SECRET: "secret", SHOPIFY_CA_FILE: "ca.pem" };
const shop = {
  SHOPIFY_SHOP: "alpenladen.myshopify.com",
  SHOPIFY_SHOP_CLIENT_ID: "id",
  SHOPIFY_SHOP_CLIENT_SECRET: "secret",
  SHOPIFY_PAYMENT_METHOD: "PostFinance",
};
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe("Shopify in the environment", () => {
  it("is a payments app behind a proxy, and a shop with an app of its own", () => {
    const { shopify } = readEnvironment({ ...least, ...app, ...shop, TRUSTED_PROXIES: "10.0.0.5, ::1" });
    expect(shopify).toEqual({
      app: { clientId: "id", clientSecret: "secret" },
      caFile: "ca.pem",
      certificateHeader: "x-client-cert",
      trustedProxies: ["10.0.0.5", "::1"],
      tls: null,
      shop: {
        domain: "alpenladen.myshopify.com",
        clientId: "id",
        clientSecret: "secret",
        paymentMethod: "PostFinance",
      },
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ["half an app", { SHOPIFY_CLIENT_ID: "id" }, "SHOPIFY_CLIENT_SECRET is missing"],
    [
      "an app without a chain",
      { ...app, SHOPIFY_CA_FILE: "", TRUSTED_PROXIES: "10.0.0.5" },
      "SHOPIFY_CA_FILE is missing",
    ],
    ["an app to which nobody can show a certificate", app, "TRUSTED_PROXIES is missing"],
    ["half a shop", { ...shop, SHOPIFY_PAYMENT_METHOD: "" }, "SHOPIFY_PAYMENT_METHOD is missing"],
    ["the domain that buyers see", { ...shop, SHOPIFY_SHOP: "alpenladen.ch" }, "the shop's own domain"],
    ["a proxy that is no address", { TRUSTED_PROXIES: "proxy.internal" }, "must be addresses"],
    ["a certificate without its key", { TLS_CERT_FILE: "cert.pem" }, "TLS_KEY_FILE is missing"],
  ])("is refused with %s, and says what is missing", (_what, variables, text) => {
    expect(() => readEnvironment({ ...least, ...variables })).toThrow(EnvironmentError);
    expect(() => readEnvironment({ ...least, ...variables })).toThrow(text);
  });

  it("names a file that cannot be read, or holds no certificate", async () => {
    const folder = await mkdtemp(join(tmpdir(), "shopify-"));
    folders.push(folder);
    const file = join(folder, "ca.pem");
    const { shopify } = readEnvironment({ ...least, ...app, SHOPIFY_CA_FILE: file, TRUSTED_PROXIES: "10.0.0.5" });
    expect(() => readDoor(shopify, Date.now)).toThrow(`SHOPIFY_CA_FILE names ${file}, which cannot be read`);
    await writeFile(file, "hello");
    expect(() => readDoor(shopify, Date.now)).toThrow("holds no certificate");
  });
});
