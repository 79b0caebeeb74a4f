import type { Json } from "@checkout-plugins/core";
import type { ShopifyApp } from "../shopify-parts.ts";
import type { MockState } from "./mock-state.ts";
import { signWebhook } from "./sign.ts";

/** Seconds between the eight tries of a webhook, within four hours. */
const webhookWaits: readonly number[] = [60, 120, 300, 600, 1800, 3600, 7200];

export interface WebhookParts {
  readonly shop: string;
  readonly app: ShopifyApp;
  readonly now: () => number;
  readonly createId: () => string;
  readonly gatewayUrl: () => string;
}

/** One webhook. */
export interface MockWebhook {
  /** `orders/create` */
  readonly topic: string;
  readonly body: Json;
  /** Below the app's address. Default: the app's own webhooks. */
  readonly path?: string;
  /** Headers that differ from Shopify's own. */
  readonly changes?: Readonly<Record<string, string>>;
}

/** https://shopify.dev/docs/apps/build/webhooks: JSON with an HMAC over its raw bytes. */
export function toWebhook({ shop, app, now, createId, gatewayUrl }: WebhookParts, webhook: MockWebhook): Request {
  const { topic, body, path = "webhooks", changes } = webhook;
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

export interface WebhookQueue {
  /** Queues a webhook about an order. */
  tell(topic: string, body: Json): void;
  /** Sends what is due. Answers how many there were. */
  sendDue(): Promise<number>;
}

/** Tells an app of the shop's own, and again until it is taken or given up. */
export function createWebhookQueue(
  parts: WebhookParts & { readonly send: typeof globalThis.fetch },
  { webhooks }: MockState,
): WebhookQueue {
  const { now, send } = parts;
  return {
    tell: (topic, body) => void webhooks.push({ topic, body, sendAt: now(), sends: 0 }),
    async sendDue() {
      const due = webhooks.filter(({ sendAt }) => sendAt !== null && sendAt <= now());
      for (const webhook of due) {
        webhook.sends += 1;
        const answer = await send(toWebhook(parts, { ...webhook, path: "orders" })).catch(() => null);
        const wait = answer?.ok === true ? undefined : webhookWaits[webhook.sends - 1];
        webhook.sendAt = wait === undefined ? null : now() + wait * 1000;
      }
      return due.length;
    },
  };
}
