import {
  addSeconds,
  type Instant,
  type Money,
  type Operation,
  type Payment,
  type Standing,
  toDecimal,
} from "@checkout-plugins/core";
import type { ApiVersion } from "../api-version.ts";
import { type Answer, toFollowUpReason } from "./payments-api.ts";
import { toDeclinedReason, toRejectReason, toVoidedReason } from "./reject-code.ts";

/** What Shopify is told of a session. */
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

/** What is to be said of each capture, by the operation's key; undefined: its outcome is not known yet. */
type Captures = ReadonlyMap<string, "resolved" | "rejected">;

/**
 * A capture that failed is resolved all the same where its money is taken already, in the back office or at the
 * reservation's end: that is what Shopify wants to know. Each amount counts once.
 */
function toCaptures({ completed, operations, governing }: Payment, answered: Answered): Captures {
  const captures = operations.filter(({ kind, shopKeys }) => kind === "completion" && shopKeys.length > 0);
  const isTold = ({ state, shopKeys }: Operation) =>
    state === "successful" || shopKeys.some((key) => answered[key] === "resolved");
  const amountOf = ({ amount }: Operation) => amount?.minor ?? 0;
  const isUnknown = captures.some(({ state }) => state === "pending");
  let left = completed.minor - captures.filter(isTold).reduce((sum, one) => sum + amountOf(one), 0);
  return new Map(
    captures.flatMap((one) => {
      if (isTold(one)) return [[one.key as string, "resolved" as const]];
      if (isUnknown) return [];
      const isTaken = governing?.deferred === true && amountOf(one) > 0 && amountOf(one) <= left;
      if (isTaken) left -= amountOf(one);
      return [[one.key as string, isTaken ? ("resolved" as const) : ("rejected" as const)]];
    }),
  );
}

function toVerdict({ key, kind, state }: Operation, captures: Captures): "resolved" | "rejected" | undefined {
  if (kind === "completion") return captures.get(key);
  if (state === "pending") return undefined;
  return state === "successful" ? "resolved" : "rejected";
}

function toFollowUpAnswers(operation: Operation, captures: Captures, standing: Standing): readonly Answer[] {
  const verdict = toVerdict(operation, captures);
  if (verdict === undefined) return [];
  return operation.shopKeys.flatMap((key): readonly Answer[] => {
    const kind = readShopKey(key)?.kind;
    if (kind === undefined) return [];
    // A void that failed because the money is back already did what it was asked for.
    const isDone = verdict === "resolved" || (kind === "void" && standing === "voided");
    if (isDone) return [{ key, verdict: "resolved", expiresOn: null }];
    return [{ key, verdict: "rejected", reason: toFollowUpReason(operation.failure) }];
  });
}

/** The answers that Shopify still waits for, in the order in which it must get them: the payment's comes first. */
export function toAnswers(payment: Payment, answered: Answered, context: AnswerContext): readonly Answer[] {
  const first = toPaymentAnswer(payment, context);
  const captures = toCaptures(payment, answered);
  const followUps = payment.operations.flatMap((one) => toFollowUpAnswers(one, captures, payment.standing));
  const all = [...(first === null ? [] : [first]), ...followUps];
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
