import type { Json } from "@checkout-plugins/core";
import type { ShopifyApp } from "../shopify-parts.ts";
import { signWebhook } from "./sign.ts";

/** Seconds between the eight tries of a webhook, within four hours. */
export const webhookWaits: readonly number[] = [60, 120, 300, 600, 1800, 3600, 7200];

export interface MockWebhook {
  readonly shop: string;
  readonly app: ShopifyApp;
  readonly now: () => number;
  readonly createId: () => string;
  readonly gatewayUrl: () => string;
  /** `orders/create` */
  readonly topic: string;
  readonly body: Json;
  /** Below the app's address. Default: the app's own webhooks. */
  readonly path?: string;
  /** Headers that differ from Shopify's own. */
  readonly changes: Readonly<Record<string, string>>;
}

/** https://shopify.dev/docs/apps/build/webhooks: JSON with an HMAC over its raw bytes. */
export function toWebhook(webhook: MockWebhook): Request {
  const { shop, app, now, createId, gatewayUrl, topic, body, changes, path = "webhooks" } = webhook;
  const bytes = Buffer.from(JSON.stringify(body));
  return new Request(`${gatewayUrl()}/platforms/shopify/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-hmac-sha256": signWebhook(bytes, app.clientSecret),
      "x-shopify-shop-domain": shop,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": createId(),
      "x-shopify-triggered-at": new Date(now()).toISOString(),
      ...changes,
    },
    body: bytes,
  });
}
