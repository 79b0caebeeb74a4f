import {
  type Done,
  PaymentError,
  type PaymentReference,
  type Peer,
  readBody,
  type ShopCommand,
  type ShopKey,
  toMoney,
  type Url,
} from "@checkout-plugins/core";
import { type Language, toLanguage } from "../language.ts";
import { isOwn, signOwn } from "../own-mark.ts";
import { toNotice, toRedirect } from "../pages.ts";
import { toShopOrder } from "./session-order.ts";
import { isSessionKind, type PaymentSession, parseSession, type SessionKind } from "./session-request.ts";

/** Bytes; Shopify's largest session has about 3,000. */
const longestSession = 64 * 1024;

/** What of a request its answer needs. */
export type Asked =
  | { readonly kind: "session"; readonly session: SessionKind }
  | { readonly kind: "return"; readonly language: Language; readonly cancelUrl: string | null };

export interface Read {
  readonly command: ShopCommand;
  readonly asked: Asked;
}

export interface SessionSettings {
  readonly shop: string;
  readonly gatewayUrl: () => string;
  readonly clientSecret: string;
}

function toReturnUrl(
  { shop, gatewayUrl, clientSecret }: SessionSettings,
  session: string,
  cancelUrl: string | null,
): Url {
  const query = new URLSearchParams({ shop, session });
  if (cancelUrl !== null) {
    query.set("cancel", cancelUrl);
    query.set("signature", signOwn("cancel", `${session} ${cancelUrl}`, clientSecret));
  }
  return `${gatewayUrl()}/platforms/shopify/return?${query}` as Url;
}

function toCommand(settings: SessionSettings, kind: SessionKind, body: string): ShopCommand {
  switch (kind) {
    case "payment":
      return toStart(settings, parseSession(kind, body));
    case "refund": {
      const { id, payment_id, amount, currency } = parseSession(kind, body);
      const write = toWrite("refund", id, payment_id);
      return { kind: "refund", ...write, amount: toMoney(amount, currency), lines: null, reason: null, offline: false };
    }
    case "capture": {
      const { id, payment_id, amount, currency } = parseSession(kind, body);
      const write = toWrite("capture", id, payment_id);
      return { kind: "complete", ...write, amount: toMoney(amount, currency), lines: null, last: "whenWhole" };
    }
    case "void": {
      const { id, payment_id } = parseSession(kind, body);
      // A cancelled order's money goes back, also where the reservation ended by itself and became a payment.
      return { kind: "void", ...toWrite("void", id, payment_id), whenCompleted: "refund" };
    }
    case "confirm": {
      const { id, confirmation_result } = parseSession(kind, body);
      const reference = id as PaymentReference;
      if (confirmation_result) return { kind: "return", reference };
      return { kind: "void", reference, shopKey: null, heldKeys: "all", whenCompleted: "refund" };
    }
  }
}

function toWrite(kind: "refund" | "capture" | "void", id: string, payment: string) {
  const shopKey = `${kind}:${id}` as ShopKey;
  return { reference: payment as PaymentReference, shopKey, heldKeys: "all" } as const;
}

function toStart(settings: SessionSettings, session: PaymentSession): ShopCommand {
  const cancel = session.payment_method?.data?.cancel_url ?? null;
  const cancelUrl = cancel !== null && /^https?:\/\//.test(cancel) && URL.canParse(cancel) ? cancel : null;
  return {
    kind: "start",
    reference: session.id as PaymentReference,
    order: toShopOrder(session),
    completion: session.kind === "sale" ? "immediate" : "deferred",
    test: session.test,
    integration: "page",
    method: null,
    store: false,
    returnUrl: toReturnUrl(settings, session.id, null),
    cancelUrl: cancelUrl === null ? null : toReturnUrl(settings, session.id, cancelUrl),
  };
}

/** The buyer is back; what he carries is believed only with our signature. */
function readReturn(settings: SessionSettings, request: Request): Read {
  const query = new URL(request.url).searchParams;
  const session = query.get("session") ?? "";
  const cancelUrl = query.get("cancel");
  const isOurs = isOwn("cancel", `${session} ${cancelUrl}`, query.get("signature"), settings.clientSecret);
  const language = toLanguage(request.headers.get("accept-language"));
  return {
    command: { kind: "return", reference: session as PaymentReference },
    asked: { kind: "return", language, cancelUrl: cancelUrl !== null && isOurs ? cancelUrl : null },
  };
}

/**
 * Reads what Shopify or the buyer sends. Sessions carry no signature: Shopify is known by its client certificate.
 *
 * @throws PaymentError `badSignature` without one, `badRequest`, `invalidAmount`.
 */
export async function readSession(settings: SessionSettings, request: Request, peer: Peer): Promise<Read> {
  const name = new URL(request.url).pathname.split("/").at(-1) ?? "";
  if (name === "return" && request.method === "GET") return readReturn(settings, request);
  if (!isSessionKind(name) || request.method !== "POST") {
    throw new PaymentError("badRequest", `Shopify has nothing to ask at ${new URL(request.url).pathname}.`);
  }
  if (peer.certificate === null) {
    throw new PaymentError(
      "badSignature",
      "Shopify shows a client certificate with each session, and this request had none that could be verified. Check the CA chain, and that the proxy passes the certificate on.",
    );
  }
  const body = await readBody(request, longestSession);
  if (body === null) throw new PaymentError("badRequest", `A session has at most ${longestSession} bytes.`);
  const command = toCommand(settings, name, Buffer.from(body).toString("utf8"));
  return { command, asked: { kind: "session", session: name } };
}

function toFault(status: number, message: string): Response {
  return Response.json({ error: { message } }, { status });
}

function toStartAnswer(settings: SessionSettings, done: Extract<Done, { readonly kind: "start" }>): Response {
  const { command, result } = done;
  if (result.kind === "failed") return toFault(422, result.failure.merchantMessage);
  if (result.kind === "pending") return toFault(503, "The payment is not ready yet. Ask again.");
  const { answer } = result;
  const url = answer.kind === "redirect" ? answer.url : toReturnUrl(settings, command.reference, null);
  return Response.json({ redirect_url: url });
}

/**
 * 201 says that it is written down, and its outcome comes by a mutation. What is not, Shopify sends again by its schedule,
 * and then tells the merchant: a payment that is not here, or a void of one that is not authorized yet.
 */
function toWriteAnswer({
  command,
  result,
}: Extract<Done, { readonly kind: "refund" | "complete" | "void" }>): Response {
  const { shopKey } = command;
  const isKept = result.payment?.operations.some(({ shopKeys }) => shopKey !== null && shopKeys.includes(shopKey));
  if (result.kind === "pending" || shopKey === null || isKept) return new Response(null, { status: 201 });
  if (result.kind === "failed") return toFault(404, result.failure.merchantMessage);
  return toFault(409, "There is no reservation yet that could be voided; should one come, it is given back.");
}

/** Waiting for Shopify's answer, seconds between two looks. */
const refresh = 2;

function toReturnAnswer(
  { result }: Extract<Done, { readonly kind: "return" }>,
  { language, cancelUrl }: Extract<Asked, { readonly kind: "return" }>,
): Response {
  if (result.kind === "failed") return toNotice("unknown", { language, status: 404 });
  if (result.kind === "successful" && result.answer.kind === "redirect") return toRedirect(result.answer.url);
  const standing = result.payment?.standing;
  // Back in the checkout he can try again, which makes another session.
  if (cancelUrl !== null && (standing === "failed" || standing === "voided")) return toRedirect(cancelUrl);
  return toNotice("waiting", { language, refresh });
}

/** The answer to what `readSession` read. */
export function writeSessionAnswer(settings: SessionSettings, done: Done, asked: Asked | undefined): Response {
  switch (done.kind) {
    case "start":
      return toStartAnswer(settings, done);
    case "complete":
    case "void":
    case "refund":
      return toWriteAnswer(done);
    case "return":
      return asked?.kind === "return" ? toReturnAnswer(done, asked) : new Response(null, { status: 200 });
    default:
      throw new PaymentError("badRequest", `Shopify never asks for "${done.kind}".`);
  }
}
