import { addSeconds, type Instant, type Money, type Operation, type Payment, toDecimal } from "@checkout-plugins/core";
import type { ApiVersion } from "../api-version.ts";
import { type Answer, toFollowUpReason } from "./payments-api.ts";
import { toDeclinedReason, toRejectReason, toVoidedReason } from "./reject-code.ts";

export type Verdict = Answer["verdict"];
/** What was answered already, by the key of the answer. The first of resolve and reject is final at Shopify. */
export type Answered = Readonly<Record<string, Verdict>>;

/** Shopify recommends no more than three days. */
const pendingSeconds = 3 * 24 * 60 * 60;

export interface AnswerContext {
  readonly version: ApiVersion;
  readonly now: Instant;
}

/** What of a shopKey is Shopify's own id: `refund:abc` is refund session abc. */
export function readShopKey(key: string): { readonly kind: "refund" | "capture" | "void"; readonly id: string } | null {
  const [, kind, id] = /^(refund|capture|void):(.+)$/.exec(key) ?? [];
  return kind === undefined || id === undefined ? null : { kind: kind as "refund" | "capture" | "void", id };
}

function toPaymentAnswer(payment: Payment, { version, now }: AnswerContext): Answer | null {
  const key = "payment";
  const until = addSeconds(now, pendingSeconds);
  switch (payment.standing) {
    case "open":
      return payment.slow ? { key, verdict: "pending", until, reason: "NETWORK_ACTION_REQUIRED" } : null;
    case "authorized":
      // A sale is paid when its money is taken, a moment later.
      return payment.governing?.deferred ? { key, verdict: "resolved", expiresOn: payment.expiresOn } : null;
    case "paid":
      return { key, verdict: "resolved", expiresOn: payment.governing?.deferred ? (payment.expiresOn ?? until) : null };
    case "held":
      return { key, verdict: "pending", until, reason: "MERCHANT_ACTION_REQUIRED" };
    case "failed":
      return { key, verdict: "rejected", reason: toRejectReason(payment.failure, version) };
    case "voided":
      return { key, verdict: "rejected", reason: toVoidedReason(version) };
    case "declined":
      return { key, verdict: "rejected", reason: toDeclinedReason(version) };
  }
}

function isFinal(verdict: Verdict | undefined): boolean {
  return verdict === "resolved" || verdict === "rejected";
}

/**
 * Money taken that no capture of Shopify's was told of: completed in the back office, or at the reservation's end. null:
 * that is not known, for the outcome of a capture is not.
 */
function untold({ completed, operations }: Payment): number | null {
  const captures = operations.filter(({ kind, shopKeys }) => kind === "completion" && shopKeys.length > 0);
  if (captures.some(({ state }) => state === "pending")) return null;
  const told = captures.filter(({ state }) => state === "successful").map(({ amount }) => amount?.minor ?? 0);
  return completed.minor - told.reduce((sum, one) => sum + one, 0);
}

/** Of a capture that failed: is the money that it asks for taken already? That is what Shopify wants to know. */
function isTakenElsewhere(payment: Payment, { kind, amount }: Operation): boolean | null {
  if (kind !== "completion" || amount === null || amount.minor <= 0) return false;
  const left = untold(payment);
  return left === null ? null : amount.minor <= left;
}

function toFollowUpAnswers(payment: Payment, operation: Operation): readonly Answer[] {
  if (operation.state === "pending") return [];
  const keys = operation.shopKeys.filter((key) => readShopKey(key) !== null);
  const isDone = operation.state === "successful" || isTakenElsewhere(payment, operation);
  if (isDone === null) return [];
  return keys.map((key) =>
    isDone
      ? { key, verdict: "resolved", expiresOn: null }
      : { key, verdict: "rejected", reason: toFollowUpReason(operation.failure) },
  );
}

/** The answers that Shopify still waits for, in the order in which it must get them: the payment's comes first. */
export function toAnswers(payment: Payment, answered: Answered, context: AnswerContext): readonly Answer[] {
  const first = toPaymentAnswer(payment, context);
  const all = [
    ...(first === null ? [] : [first]),
    ...payment.operations.flatMap((one) => toFollowUpAnswers(payment, one)),
  ];
  return all.filter(({ key, verdict }) => !isFinal(answered[key]) && answered[key] !== verdict);
}

/** Those that Shopify has no way to be told of, with what to do about them; null when Shopify shows the truth. */
export function toUnshowable(payment: Payment, answered: Answered): string | null {
  const { standing, operations } = payment;
  const verdict = answered.payment;
  const text = (amount: Money | null) => (amount === null ? "" : ` of ${amount.currency} ${toDecimal(amount)}`);
  const elsewhere = operations.filter(
    ({ kind, state, shopKeys }) => kind === "refund" && state === "successful" && shopKeys.length === 0,
  );
  const texts = [
    ...(standing === "declined"
      ? [
          verdict === "resolved"
            ? "The payment is not to be fulfilled, and Shopify shows it as paid. Do not ship; refund it in Shopify."
            : "The payment is not to be fulfilled, but its money was taken. Refund it in the back office of PostFinance Checkout.",
        ]
      : []),
    ...(standing === "voided" && verdict === "resolved" && operations.every(({ shopKeys }) => shopKeys.length === 0)
      ? ["The reservation was given back outside of Shopify, which cannot be told. Cancel the order in Shopify."]
      : []),
    ...(verdict === "resolved"
      ? elsewhere.map(
          ({ key, amount }) =>
            `A refund${text(amount)} was made outside of Shopify (${key}), which cannot be told. Do not refund it again in Shopify.`,
        )
      : []),
  ];
  return texts.length === 0 ? null : texts.join(" ");
}
