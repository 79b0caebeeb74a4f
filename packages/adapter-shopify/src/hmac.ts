import { createHmac, timingSafeEqual } from "node:crypto";

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** `X-Shopify-Hmac-Sha256` of a webhook: Base64 over its raw bytes, by the app's client secret. */
export function signWebhook(body: Uint8Array, clientSecret: string): string {
  return createHmac("sha256", clientSecret).update(body).digest("base64");
}

/** Takes as long for every wrong signature. */
export function isWebhookOf(body: Uint8Array, signature: string | null, clientSecret: string): boolean {
  return signature !== null && isSame(signWebhook(body, clientSecret), signature);
}

/** `hmac` of an address that Shopify sends a browser to: hex over all other parameters, sorted and encoded as a query. */
export function signQuery(query: URLSearchParams, clientSecret: string): string {
  const pairs = [...query]
    .filter(([name]) => name !== "hmac" && name !== "signature")
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .sort();
  return createHmac("sha256", clientSecret).update(pairs.join("&")).digest("hex");
}

export function isQueryOf(query: URLSearchParams, clientSecret: string): boolean {
  return isSame(signQuery(query, clientSecret), query.get("hmac") ?? "");
}

/** Our own mark on what a browser brings back. `purpose` keeps what was signed for one thing from counting for another. */
export function signOwn(purpose: string, text: string, clientSecret: string): string {
  return createHmac("sha256", clientSecret).update(`checkout-plugins:${purpose}:${text}`).digest("base64url");
}

export function isOwn(purpose: string, text: string, signature: string | null, clientSecret: string): boolean {
  return signature !== null && isSame(signOwn(purpose, text, clientSecret), signature);
}
