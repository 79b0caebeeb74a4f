import { describe, expect, it } from "vitest";
import { signQuery, signWebhook } from "./mock/sign.ts";
import { isSignedQuery, readWebhook } from "./shopify-signature.ts";
import { app, shopDomain } from "./testing/test-shop.ts";

const { clientSecret } = app;

describe("webhooks", () => {
  const text = '{"id":1,"name":"Zürich – 東京","note":"a & b"}';
  const body = Buffer.from(text);
  const headers = {
    "x-shopify-hmac-sha256": signWebhook(body, clientSecret),
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": shopDomain,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": "w-1",
    "x-shopify-triggered-at": "2026-02-03T09:00:00Z",
  };
  const send = (bytes: Uint8Array, changes: Readonly<Record<string, string>> = {}, longest = 1000) => {
    const request = new Request("https://gateway.test/", {
      method: "POST",
      headers: { ...headers, ...changes },
      body: Buffer.from(bytes),
    });
    return readWebhook(app, request, longest);
  };

  it("are read when the app's secret signs their bytes", async () => {
    expect(await send(body)).toEqual({
      topic: "ORDERS_CREATE",
      domain: shopDomain,
      triggeredAt: "2026-02-03T09:00:00Z",
      body: text,
    });
  });

  it.each<[string, Uint8Array, string]>([
    ["another secret", body, signWebhook(body, "another")],
    ["another body", Buffer.from('{"id":2}'), headers["x-shopify-hmac-sha256"]],
    [
      "the body parsed and written again",
      Buffer.from(JSON.stringify(JSON.parse(text), null, 1)),
      headers["x-shopify-hmac-sha256"],
    ],
    ["a byte order mark before it", Buffer.concat([Buffer.from("\uFEFF"), body]), headers["x-shopify-hmac-sha256"]],
    [
      "bytes that only read the same",
      Buffer.from([0x22, 0xff, 0x22]),
      signWebhook(Buffer.from('"\uFFFD"'), clientSecret),
    ],
    ["hex instead of Base64", body, Buffer.from(headers["x-shopify-hmac-sha256"], "base64").toString("hex")],
    ["an empty signature", body, ""],
    ["no body", Buffer.alloc(0), signWebhook(Buffer.alloc(0), clientSecret)],
  ])("with %s are not of the app", async (_what, bytes, signature) => {
    await expect(send(bytes, { "x-shopify-hmac-sha256": signature })).rejects.toMatchObject({ code: "badSignature" });
  });

  it("without a header that every one has, or too long, are none", async () => {
    await expect(send(body, { "x-shopify-topic": "" })).rejects.toMatchObject({ code: "badRequest" });
    await expect(send(body, {}, body.length - 1)).rejects.toMatchObject({ code: "badRequest" });
  });
});

describe("addresses to which Shopify sends browsers", () => {
  const now = Math.floor(Date.now() / 1000);
  const sign = (values: Readonly<Record<string, string>>): URLSearchParams => {
    const query = new URLSearchParams(values);
    query.set("hmac", signQuery(query, clientSecret));
    return query;
  };

  it.each([
    ["plain", { code: "0907a61c", shop: "alpenladen.myshopify.com", state: "abc", timestamp: String(now) }],
    ["with a host", { shop: "a.myshopify.com", host: "YWRtaW4uc2hvcGlmeS5jb20", timestamp: String(now) }],
    ["with odd characters", { shop: "a.myshopify.com", state: "a b&c=d%ü", timestamp: String(now) }],
  ])("are believed when the app's secret signs all of them: %s", async (_name, values) => {
    const query = sign(values);
    expect(await isSignedQuery(app, query)).toBe(true);
    expect(await isSignedQuery({ ...app, clientSecret: "another" }, query)).toBe(false);
    query.set("shop", "evil.myshopify.com");
    expect(await isSignedQuery(app, query)).toBe(false);
  });

  it.each([
    ["two minutes ago", String(now - 120)],
    ["two minutes ahead", String(now + 120)],
    ["at no time", "soon"],
  ])("are not, though signed, %s", async (_when, timestamp) => {
    expect(await isSignedQuery(app, sign({ shop: "a.myshopify.com", timestamp }))).toBe(false);
  });

  it("are not without a signature or a time", async () => {
    expect(await isSignedQuery(app, new URLSearchParams({ shop: "a.myshopify.com", timestamp: String(now) }))).toBe(
      false,
    );
    expect(await isSignedQuery(app, sign({ shop: "a.myshopify.com" }))).toBe(false);
  });
});
