import "@shopify/shopify-api/adapters/node";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { describe, expect, it } from "vitest";
import { isOwn, isQueryOf, isWebhookOf, signOwn, signQuery, signWebhook } from "./hmac.ts";
import { app } from "./testing/test-shop.ts";

const { clientId: apiKey, clientSecret } = app;
const library = shopifyApi({
  apiKey,
  apiSecretKey: clientSecret,
  hostName: "gateway.test",
  apiVersion: ApiVersion.October26,
  isEmbeddedApp: false,
  logger: { level: 0 },
});

describe("webhooks", () => {
  const body = Buffer.from('{"id":1,"name":"Zürich – 東京","note":"a & b"}');

  it("are signed as Shopify's own library expects it", async () => {
    const headers = {
      "X-Shopify-Hmac-Sha256": signWebhook(body, clientSecret),
      "X-Shopify-Topic": "orders/create",
      "X-Shopify-Shop-Domain": "alpenladen.myshopify.com",
      "X-Shopify-API-Version": "2026-10",
      "X-Shopify-Webhook-Id": "w-1",
    };
    const check = await library.webhooks.validate({ rawBody: body.toString("utf8"), rawRequest: { headers } as never });
    expect(check).toMatchObject({ valid: true });
    expect(isWebhookOf(body, headers["X-Shopify-Hmac-Sha256"], clientSecret)).toBe(true);
  });

  it.each([
    ["another secret", body, signWebhook(body, "another")],
    ["another body", Buffer.from('{"id":2}'), signWebhook(body, clientSecret)],
    [
      "the body parsed and written again",
      Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)),
      signWebhook(body, clientSecret),
    ],
    ["hex instead of Base64", body, Buffer.from(signWebhook(body, clientSecret), "base64").toString("hex")],
    ["an empty signature", body, ""],
    ["none", body, null],
  ])("with %s are not of the app", (_what, bytes, signature) => {
    expect(isWebhookOf(bytes, signature, clientSecret)).toBe(false);
  });
});

describe("addresses that Shopify sends browsers to", () => {
  const now = Math.floor(Date.now() / 1000);

  it.each([
    ["plain", { code: "0907a61c", shop: "alpenladen.myshopify.com", state: "abc", timestamp: String(now) }],
    ["with a host", { shop: "a.myshopify.com", host: "YWRtaW4uc2hvcGlmeS5jb20", timestamp: String(now) }],
    ["with odd characters", { shop: "a.myshopify.com", state: "a b&c=d%ü", timestamp: String(now) }],
  ])("are signed as Shopify's own library expects it: %s", async (_name, values) => {
    const query = new URLSearchParams(values);
    query.set("hmac", signQuery(query, clientSecret));
    expect(await library.utils.validateHmac(Object.fromEntries(query))).toBe(true);
    expect(isQueryOf(query, clientSecret)).toBe(true);
    query.set("shop", "evil.myshopify.com");
    expect(isQueryOf(query, clientSecret)).toBe(false);
  });
});

describe("our own marks", () => {
  it("count for one purpose, one text and one app only", () => {
    const mark = signOwn("cancel", "x", clientSecret);
    expect(isOwn("cancel", "x", mark, clientSecret)).toBe(true);
    expect(isOwn("state", "x", mark, clientSecret)).toBe(false);
    expect(isOwn("cancel", "y", mark, clientSecret)).toBe(false);
    expect(isOwn("cancel", "x", mark, "another")).toBe(false);
    expect(isOwn("cancel", "x", null, clientSecret)).toBe(false);
  });
});
