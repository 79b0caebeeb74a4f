import { createHmac } from "node:crypto";

/** `X-Shopify-Hmac-Sha256` of a webhook: Base64 over its raw bytes, by the app's client secret. */
export function signWebhook(body: Uint8Array, clientSecret: string): string {
  return createHmac("sha256", clientSecret).update(body).digest("base64");
}

/** `hmac` of an address that Shopify sends a browser to: hex over all other parameters, sorted and encoded as a query. */
export function signQuery(query: URLSearchParams, clientSecret: string): string {
  const pairs = [...query]
    .filter(([name]) => name !== "hmac" && name !== "signature")
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .sort();
  return createHmac("sha256", clientSecret).update(pairs.join("&")).digest("hex");
}
