import {
  add,
  type Done,
  PaymentError,
  type PaymentReference,
  type ShopCommand,
  type ShopKey,
  type Url,
  zero,
} from "@checkout-plugins/core";
import { z } from "zod";
import { isSame } from "../is-same.ts";
import { type Language, toLanguage } from "../language.ts";
import { toNotice, toRedirect } from "../pages.ts";
import { type ShopifyApi, toWhy } from "../shopify-api.ts";
import type { ShopifyApp } from "../shopify-parts.ts";
import { readWebhook } from "../shopify-signature.ts";
import { type AdminOrder, readOrder, toId, toOrderGid } from "./admin-api.ts";
import { toAdminMoney, toShopOrder } from "./admin-order.ts";

const longest = 1024 * 1024;

export interface OrderSettings {
  readonly shop: string;
  readonly paymentMethod: string;
  readonly gatewayUrl: () => string;
  readonly api: ShopifyApi;
  /** @throws PaymentError `notConfigured` while its client secret is missing. */
  readonly readApp: () => Promise<ShopifyApp>;
}

/** What of a request its answer needs. */
export type Asked =
  | { readonly kind: "webhook" }
  | {
      readonly kind: "pay" | "paid";
      readonly language: Language;
      readonly payUrl: string;
      /** Is there anything to pay? */
      readonly isOpen: boolean;
    };

export interface Read {
  readonly command: ShopCommand;
  readonly asked: Asked;
}

/** An order is one amount owed: the handle of its payment. */
function toReference(order: string): PaymentReference {
  return `order-${order}` as PaymentReference;
}

/** Of a refund that we enter ourselves, so that its webhook does not refund again; as no person would write it. */
export function toOurNote(key: string): string {
  return `PostFinance Checkout [${key}]`;
}

const ourNote = /^PostFinance Checkout \[[^[\]]+\]$/;

const orderId = z.union([z.number(), z.string()]).transform(String);
const webhookSchemas = {
  ORDERS_CREATE: z.object({ id: orderId }),
  ORDERS_CANCELLED: z.object({ id: orderId }),
  REFUNDS_CREATE: z.object({ order_id: orderId, id: orderId }),
} as const;

type Topic = keyof typeof webhookSchemas;

function toIds(topic: Topic, body: unknown): { readonly order: string; readonly own: string } {
  const parsed = webhookSchemas[topic].safeParse(body);
  if (!parsed.success) throw new PaymentError("badRequest", `This is no webhook of the topic ${topic}.`);
  const { data } = parsed;
  return { order: "order_id" in data ? String(data.order_id) : data.id, own: data.id };
}

/** @throws PaymentError `shopUnavailable` when Shopify does not answer. */
async function findOrder({ api, shop }: OrderSettings, order: string, signal: AbortSignal): Promise<AdminOrder | null> {
  const outcome = await api.run(readOrder, { id: toOrderGid(order) }, signal);
  if (outcome.kind === "done") return outcome.data;
  const why = `Order ${order} of ${shop} cannot be read: ${toWhy(outcome)}`;
  throw new PaymentError("shopUnavailable", why, { retryable: true });
}

function isOurs({ paymentGatewayNames }: AdminOrder, { paymentMethod }: OrderSettings): boolean {
  return paymentGatewayNames.includes(paymentMethod);
}

/** Nothing to do but to look; also for what is no concern of ours. */
function toLook(order: string): ShopCommand {
  return { kind: "return", reference: toReference(order) };
}

function toPageUrl({ shop, gatewayUrl }: OrderSettings, page: "pay" | "paid", order: string, number: string): Url {
  const query = new URLSearchParams({ shop, order, number });
  return `${gatewayUrl()}/platforms/shopify/${page}?${query}` as Url;
}

function toStart(settings: OrderSettings, order: AdminOrder): ShopCommand {
  const id = toId(order.id);
  const back = toPageUrl(settings, "paid", id, order.confirmationNumber ?? "");
  return {
    kind: "start",
    reference: toReference(id),
    order: toShopOrder(order),
    completion: "immediate",
    test: order.test,
    integration: "page",
    method: null,
    store: false,
    returnUrl: back,
    cancelUrl: back,
  };
}

function isPayable(order: AdminOrder | null, settings: OrderSettings): order is AdminOrder {
  return order !== null && order.cancelledAt === null && order.canMarkAsPaid && isOurs(order, settings);
}

function toRefund(order: AdminOrder, own: string): ShopCommand | null {
  const refund = order.refunds.find(({ id }) => toId(id) === own);
  if (refund === undefined || ourNote.test(refund.note ?? "")) return null;
  const moved = refund.transactions.nodes.filter(
    ({ kind, status, gateway }) => kind === "REFUND" && status === "SUCCESS" && gateway !== "gift_card",
  );
  const amount = moved
    .map(({ amountSet }) => toAdminMoney(amountSet))
    .reduce(add, zero(order.totalOutstandingSet.presentmentMoney.currencyCode));
  if (amount.minor === 0) return null;
  const reference = toReference(toId(order.id));
  const shopKey = `refund:${own}` as ShopKey;
  return {
    kind: "refund",
    reference,
    shopKey,
    heldKeys: "all",
    amount,
    lines: null,
    reason: refund.note,
    offline: false,
  };
}

async function readOrderWebhook(settings: OrderSettings, request: Request): Promise<Read> {
  const { topic, body } = await readWebhook(await settings.readApp(), request, longest);
  const asked = { kind: "webhook" } as const;
  if (!Object.hasOwn(webhookSchemas, topic)) throw new PaymentError("badRequest", `"${topic}" is not asked for.`);
  const { order: id, own } = toIds(topic as Topic, JSON.parse(body));
  const order = await findOrder(settings, id, request.signal);
  if (order === null || !isOurs(order, settings)) return { command: toLook(id), asked };
  switch (topic as Topic) {
    case "ORDERS_CREATE":
      return { command: isPayable(order, settings) ? toStart(settings, order) : toLook(id), asked };
    case "ORDERS_CANCELLED": {
      const shopKey = `void:${id}` as ShopKey;
      const reference = toReference(id);
      // What is refunded of a paid order comes as a refund; Shopify asks the merchant whether it shall.
      return { command: { kind: "void", reference, shopKey, heldKeys: "all", whenCompleted: "refuse" }, asked };
    }
    case "REFUNDS_CREATE":
      return { command: toRefund(order, own) ?? toLook(id), asked };
  }
}

/** The buyer's link: only with the confirmation number that his confirmation and his order status page show. */
async function readPage(settings: OrderSettings, request: Request, kind: "pay" | "paid"): Promise<Read> {
  const query = new URL(request.url).searchParams;
  const id = query.get("order") ?? "";
  const number = query.get("number") ?? "";
  const language = toLanguage(request.headers.get("accept-language"));
  const order = /^[0-9]{1,20}$/.test(id) ? await findOrder(settings, id, request.signal) : null;
  const isKnown = order?.confirmationNumber && isSame(order.confirmationNumber, number);
  if (!isKnown) return { command: toLook("unknown"), asked: { kind, language, payUrl: "", isOpen: false } };
  const isOpen = isPayable(order, settings);
  const asked: Asked = { kind, language, payUrl: toPageUrl(settings, "pay", id, number), isOpen };
  return { command: kind === "pay" && isOpen ? toStart(settings, order) : toLook(id), asked };
}

/** @throws PaymentError `badSignature`, `badRequest`, `invalidAmount`, `shopUnavailable`. */
export async function readOrderRequest(settings: OrderSettings, request: Request): Promise<Read> {
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && pathname.endsWith("/orders")) return readOrderWebhook(settings, request);
  if (request.method === "GET" && pathname.endsWith("/pay")) return readPage(settings, request, "pay");
  if (request.method === "GET" && pathname.endsWith("/paid")) return readPage(settings, request, "paid");
  throw new PaymentError("badRequest", `Nothing of a custom app is at ${pathname}.`);
}

type Page = Extract<Asked, { readonly kind: "pay" | "paid" }>;

function toPage({ result }: Done, { kind, language, payUrl, isOpen }: Page): Response {
  const { payment } = result;
  if (payUrl === "") return toNotice("unknown", { language, status: 404 });
  if (result.kind === "successful" && typeof result.answer === "object" && result.answer !== null) {
    if ("url" in result.answer) return toRedirect(result.answer.url);
  }
  // Until Shopify shows it too, and leads him to his order.
  if (payment?.standing === "paid") return toNotice("paid", { language, ...(isOpen && { refresh: 2 }) });
  if (!isOpen) return toNotice("closed", { language });
  if (kind === "paid" && payment?.standing === "failed") return toNotice("failed", { language, retryUrl: payUrl });
  return toNotice("waiting", { language, refresh: 2 });
}

/** A webhook is done when it is written down; what came of it Shopify sees at the order. */
export function writeOrderAnswer(done: Done, asked: Asked | undefined): Response {
  if (asked === undefined || asked.kind === "webhook") return new Response(null, { status: 200 });
  return toPage(done, asked);
}
