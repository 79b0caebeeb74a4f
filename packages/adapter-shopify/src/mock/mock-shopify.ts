import type { Json } from "@checkout-plugins/core";
import type { ApiVersion } from "../api-version.ts";
import type { ShopifyApp } from "../shopify-parts.ts";
import type { ShopifyToken } from "../shopify-token.ts";
import { type AdminParts, runAdminField } from "./admin-api.ts";
import { createGraphqlDoor } from "./graphql-door.ts";
import { createMockOrders, type MockOrders } from "./mock-orders.ts";
import { answerPage } from "./mock-pages.ts";
import {
  createMockState,
  type MockFault,
  type MockSentWebhook,
  type MockSession,
  type MockState,
  type SessionKind,
} from "./mock-state.ts";
import { toWebhook, webhookWaits } from "./mock-webhook.ts";
import { answerAuthorize, answerToken } from "./oauth-door.ts";
import { toGid } from "./payments-api.ts";
import { type SenderParts, sendSession, toSessionRequest } from "./session-sender.ts";
import { signQuery } from "./sign.ts";

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

/** What a buyer's checkout asks for. */
export interface MockCheckout {
  /** Decimal, in major units. */
  readonly amount: string;
  readonly currency: string;
  readonly kind: "sale" | "authorization";
  readonly test: boolean;
  /** Of an earlier try of the same checkout. */
  readonly group?: string;
  readonly customer: Json;
}

export interface MockShopify {
  /** Answers what an app or a browser sends to Shopify. */
  fetch(request: Request): Promise<Response>;
  readonly state: MockState;
  /** Orders with a manual payment method, for an app of the shop's own. */
  readonly orders: MockOrders;
  /** The buyer presses "pay": a payment session is sent. */
  pay(checkout: MockCheckout): Promise<MockSession>;
  /** The merchant refunds, captures or voids. The same id again is the same session, sent again. */
  followUp(
    kind: Exclude<SessionKind, "payment">,
    payment: string,
    amount: string | null,
    id?: string,
  ): Promise<MockSession>;
  /** Sends a session once more, as Shopify now and then does. */
  resend(session: string): Promise<Response | null>;
  /** Sends what is due by the retry schedule. Answers how many there were. */
  work(): Promise<number>;
  /** The request by which a session is sent. */
  toRequest(session: Pick<MockSession, "kind" | "body">): Request;
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
  const { shop, app, now, computerNow, createId } = settings;
  const state = createMockState();
  const sender: SenderParts = { ...settings, apiVersion: settings.apiVersion ?? "2026-10" };
  const admin: AdminParts = {
    state,
    now,
    createId,
    origin: settings.origin,
    tell: (topic, body) => void state.webhooks.push({ topic, body, sendAt: now(), sends: 0 }),
  };
  const deliver = async (webhook: MockSentWebhook): Promise<void> => {
    webhook.sends += 1;
    const { topic, body } = webhook;
    const answer = await settings
      .send(toWebhook({ ...settings, topic, body, changes: {}, path: "orders" }))
      .catch(() => null);
    const wait = answer?.ok === true ? undefined : webhookWaits[webhook.sends - 1];
    webhook.sendAt = wait === undefined ? null : now() + wait * 1000;
  };
  const door = createGraphqlDoor({
    state,
    now,
    origin: settings.origin,
    admin: (field, variables, document) => runAdminField(admin, field, variables, document),
  });
  const add = (
    session: Omit<MockSession, "sendAt" | "sends" | "isTaken" | "redirectUrl" | "state" | "reason" | "expiresOn">,
  ) => {
    const whole: MockSession = {
      ...session,
      sendAt: now(),
      sends: 0,
      isTaken: false,
      redirectUrl: null,
      state: "open",
      reason: null,
      expiresOn: null,
    };
    state.sessions.set(session.id, whole);
    return whole;
  };
  const find = (id: string): MockSession => {
    const session = state.sessions.get(id);
    if (session === undefined) throw new RangeError(`There is no session ${id}`);
    return session;
  };
  const proposedAt = () => new Date(now()).toISOString();
  const mock: MockShopify = {
    state,
    orders: createMockOrders({ ...admin, shop, gatewayUrl: settings.gatewayUrl }),
    async fetch(request) {
      const url = new URL(request.url);
      const surface = /\/(admin|payments_apps)\/api\/[^/]+\/graphql\.json$/.exec(url.pathname)?.[1];
      if (surface !== undefined) return door.answer(request, surface as "admin" | "payments_apps");
      const parts = { state, app, shop, now, computerNow, createId };
      if (url.pathname.endsWith("/admin/oauth/access_token")) return answerToken(parts, request);
      if (url.pathname.endsWith("/admin/oauth/authorize")) return answerAuthorize(parts, url);
      const page = await answerPage(mock, request, settings.paymentMethod ?? "PostFinance, Karten, TWINT");
      return page ?? new Response("Not Found", { status: 404 });
    },
    async pay({ amount, currency, kind, test, group, customer }) {
      const id = createId();
      const body = {
        id,
        gid: toGid("payment", id),
        group: group ?? createId(),
        amount,
        currency,
        test,
        merchant_locale: "de",
        payment_method: { type: "offsite", data: { cancel_url: `${settings.origin()}/checkouts/${id}` } },
        proposed_at: proposedAt(),
        kind,
        customer,
      };
      const session = add({ kind: "payment", id, body, payment: id, amount, currency });
      await sendSession(sender, session);
      return session;
    },
    async followUp(kind, payment, amount, id = createId()) {
      const { body, currency } = find(payment);
      const { test = false } = body;
      const money = amount === null ? {} : { amount, currency };
      const of = { payment_id: payment, test, merchant_locale: "de", proposed_at: proposedAt() };
      const session =
        state.sessions.get(id) ??
        add({ kind, id, body: { id, gid: toGid(kind, id), ...of, ...money }, payment, amount, currency });
      await sendSession(sender, session);
      return session;
    },
    resend: (id) => sendSession(sender, find(id)),
    async work() {
      const due = [...state.sessions.values()].filter(({ sendAt }) => sendAt !== null && sendAt <= now());
      for (const session of due) await sendSession(sender, session);
      const news = state.webhooks.filter(({ sendAt }) => sendAt !== null && sendAt <= now());
      for (const webhook of news) await deliver(webhook);
      return due.length + news.length;
    },
    toRequest: (session) => toSessionRequest(sender, session),
    install() {
      const accessToken = `shpat_${createId()}`;
      const refreshToken = `shprt_${createId()}`;
      const expiresOn = now() + 3_600_000;
      state.tokens.set(accessToken, expiresOn);
      state.refreshTokens.add(refreshToken);
      state.isInstalled = true;
      const toInstant = (time: number) => new Date(time).toISOString() as ShopifyToken["expiresOn"];
      return { accessToken, refreshToken, issuedOn: toInstant(now()), expiresOn: toInstant(expiresOn) };
    },
    toInstallUrl() {
      const query = new URLSearchParams({ shop, timestamp: String(Math.floor(computerNow() / 1000)) });
      query.set("hmac", signQuery(query, app.clientSecret));
      return `${settings.gatewayUrl()}/platforms/shopify/install?${query}`;
    },
    toWebhook: (topic, body, changes = {}) => toWebhook({ ...settings, topic, body, changes }),
    toOrderWebhook: (topic, body) => toWebhook({ ...settings, topic, body, changes: {}, path: "orders" }),
    break(fault, session) {
      if (fault === null) state.faults.delete(session);
      else state.faults.set(session, fault);
      door.release();
      const order = session === null ? undefined : state.orders.get(session);
      if (order !== undefined && fault === "gone") state.orders.delete(order.id);
      if (order !== undefined && fault === "closed") order.cancelledAt = new Date(now()).toISOString();
      const broken = session === null ? undefined : state.sessions.get(session);
      if (broken === undefined) return;
      if (fault === "gone") state.sessions.delete(broken.id);
      if (fault === "closed") broken.state = "rejected";
    },
  };
  return mock;
}
