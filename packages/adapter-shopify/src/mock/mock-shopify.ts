import type { Json } from "@checkout-plugins/core";
import type { ApiVersion } from "../api-version.ts";
import type { ShopifyApp } from "../shopify-parts.ts";
import type { ShopifyToken } from "../shopify-token.ts";
import { type AdminParts, runAdminField } from "./admin-api.ts";
import { createGraphqlDoor } from "./graphql-door.ts";
import { createMockOrders, type MockOrders } from "./mock-orders.ts";
import { answerPage } from "./mock-pages.ts";
import { createMockSessions, type MockSessions } from "./mock-sessions.ts";
import { createMockState, type MockFault, type MockState } from "./mock-state.ts";
import { createWebhookQueue, toWebhook } from "./mock-webhook.ts";
import { answerAuthorize, answerToken, installApp, type OauthParts, toSignedQuery } from "./oauth-door.ts";

export interface MockSettings {
  /** `example.myshopify.com` */
  readonly shop: string;
  readonly app: ShopifyApp;
  readonly apiVersion?: ApiVersion;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * The same by the computer's clock, whatever `now` says: addresses for browsers are dated by it, because Shopify's library,
   * which checks them, knows no other.
   */
  readonly computerNow: () => number;
  readonly createId: () => string;
  /** Where the app is; its extension's addresses are below `/platforms/shopify`. */
  readonly gatewayUrl: () => string;
  /** Where this mock answers. */
  readonly origin: () => string;
  /** To the app, with Shopify's client certificate. */
  readonly send: typeof globalThis.fetch;
  /** Of the manual payment method on the checkout page. */
  readonly paymentMethod?: string;
}

/** Shopify, with all that it sends to an app. */
export interface MockShopify extends MockSessions {
  /** Answers what an app or a browser sends to Shopify. */
  fetch(request: Request): Promise<Response>;
  readonly state: MockState;
  /** Orders with a manual payment method, for an app of the shop's own. */
  readonly orders: MockOrders;
  /** Sends what is due by the retry schedule. Answers how many there were. */
  work(): Promise<number>;
  /** The token an installed app would have. */
  install(): ShopifyToken;
  /** Where the merchant's browser goes when he opens the app in his admin. */
  toInstallUrl(): string;
  /** A webhook as Shopify signs it. */
  toWebhook(topic: string, body: Json, changes?: Readonly<Record<string, string>>): Request;
  /** The same to an app of the shop's own. */
  toOrderWebhook(topic: string, body: Json): Request;
  /** `session`: the session's or order's id; null: all. Without a fault it is mended. */
  break(fault: MockFault | null, session: string | null): void;
}

/** Shopify at the wire, as its documentation tells it. */
export function createMockShopify(settings: MockSettings): MockShopify {
  const { shop, now, createId, origin, gatewayUrl, apiVersion = "2026-10" } = settings;
  const state = createMockState();
  const webhooks = createWebhookQueue(settings, state);
  const { sendDue, ...sessions } = createMockSessions({ ...settings, apiVersion, state });
  const admin: AdminParts = { state, now, createId, origin, tell: webhooks.tell };
  const oauth: OauthParts = { ...settings, state };
  const door = createGraphqlDoor({
    state,
    now,
    origin,
    admin: (field, variables, document) => runAdminField(admin, field, variables, document),
  });
  const mock: MockShopify = {
    ...sessions,
    state,
    orders: createMockOrders({ ...admin, shop, gatewayUrl }),
    async fetch(request) {
      const url = new URL(request.url);
      const surface = /\/(admin|payments_apps)\/api\/[^/]+\/graphql\.json$/.exec(url.pathname)?.[1];
      if (surface !== undefined) return door.answer(request, surface as "admin" | "payments_apps");
      if (url.pathname.endsWith("/admin/oauth/access_token")) return answerToken(oauth, request);
      if (url.pathname.endsWith("/admin/oauth/authorize")) return answerAuthorize(oauth, url);
      const page = await answerPage(mock, request, settings.paymentMethod ?? "PostFinance, Karten, TWINT");
      return page ?? new Response("Not Found", { status: 404 });
    },
    work: async () => (await sendDue()) + (await webhooks.sendDue()),
    install: () => installApp(oauth),
    toInstallUrl: () => `${gatewayUrl()}/platforms/shopify/install?${toSignedQuery(oauth, { shop })}`,
    toWebhook: (topic, body, changes = {}) => toWebhook(settings, { topic, body, changes }),
    toOrderWebhook: (topic, body) => toWebhook(settings, { topic, body, path: "orders" }),
    break(fault, subject) {
      if (fault === null) state.faults.delete(subject);
      else state.faults.set(subject, fault);
      door.release();
      if (fault !== null && subject !== null) end(state, fault, subject, now());
    },
  };
  return mock;
}

/** Two faults concern the session or order itself. */
function end({ orders, sessions }: MockState, fault: MockFault, id: string, now: number): void {
  const [order, session] = [orders.get(id), sessions.get(id)];
  if (fault === "gone") {
    orders.delete(id);
    sessions.delete(id);
  }
  if (fault !== "closed") return;
  if (order !== undefined) order.cancelledAt = new Date(now).toISOString();
  if (session !== undefined) session.state = "rejected";
}
