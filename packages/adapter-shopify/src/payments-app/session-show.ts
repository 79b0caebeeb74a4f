import type { Instant, Json, Payment, Seconds, Shown, Url } from "@checkout-plugins/core";
import type { ApiVersion } from "../api-version.ts";
import { retryWait } from "../retry-schedule.ts";
import { type Outcome, type ShopifyApi, toWhy, type UserError } from "../shopify-api.ts";
import type { ShopifyParts } from "../shopify-parts.ts";
import {
  type Answer,
  followUps,
  paymentSessionPending,
  paymentSessionReject,
  paymentSessionResolve,
} from "./payments-api.ts";
import { type Answered, readShopKey, toAnswers, toUnshowable } from "./session-answers.ts";
import { toGid } from "./session-request.ts";

/** What core keeps for us: what Shopify was told, where its buyer goes, and how often it did not answer since. */
export type Receipt = {
  readonly answered: Answered;
  readonly next: string | null;
  readonly tries: number;
};

/** Kept by an older version or by hand: read leniently. A lost receipt costs requests, for Shopify knows each answer. */
function readReceipt(receipt: Json | null): Receipt {
  const { answered, next, tries } = (receipt ?? {}) as { [key: string]: unknown };
  return {
    answered: typeof answered === "object" && answered !== null ? (answered as Answered) : {},
    next: typeof next === "string" ? next : null,
    tries: typeof tries === "number" ? tries : 0,
  };
}

/**
 * Shopify has one message for "answered otherwise already" and for "our answer to the session has not arrived yet"
 * (https://github.com/Shopify/shopify-app-template-node/issues/1346): it counts as the latter for about 90 seconds.
 */
const triesWhileEarly = 5;

function isUnknown({ code, message }: UserError): boolean {
  return code === null ? /not found|does not exist|doesn't exist/i.test(message) : code.endsWith("NOT_FOUND");
}

export interface SessionShowing {
  readonly api: ShopifyApi;
  readonly version: ApiVersion;
  readonly parts: Pick<ShopifyParts, "now" | "logger">;
}

async function send(
  api: ShopifyApi,
  { reference }: Payment,
  answer: Answer,
  signal: AbortSignal,
): Promise<Outcome<{ readonly next: Url | null }>> {
  const followUp = readShopKey(answer.key);
  if (followUp !== null) {
    const id = toGid(followUp.kind, followUp.id);
    const { resolve, reject } = followUps[followUp.kind];
    const outcome =
      answer.verdict === "rejected"
        ? await api.run(reject, { id, reason: answer.reason }, signal)
        : await api.run(resolve, { id }, signal);
    return outcome.kind === "done" ? { kind: "done", data: { next: null } } : outcome;
  }
  const id = toGid("payment", reference);
  switch (answer.verdict) {
    case "resolved":
      return api.run(paymentSessionResolve, { id, authorizationExpiresAt: answer.expiresOn }, signal);
    case "rejected":
      return api.run(paymentSessionReject, { id, reason: answer.reason }, signal);
    case "pending":
      return api.run(paymentSessionPending, { id, pendingExpiresAt: answer.until, reason: answer.reason }, signal);
  }
}

function toNotReady(receipt: Receipt, retryAfter: Seconds | null): Shown<Receipt> {
  const tries = receipt.tries + 1;
  return { kind: "notReady", receipt: { ...receipt, tries }, retryAfter: Math.max(retryWait(tries), retryAfter ?? 0) };
}

function toRefusal(
  receipt: Receipt,
  reason: "orderGone" | "orderClosed" | "cannotShow",
  detail: string,
): Shown<Receipt> {
  return { kind: "refused", receipt, reason, detail };
}

/**
 * Makes Shopify show this payment: answers what it waits for, one after the other. Shopify takes each answer once and
 * the same again, so all of it may be repeated.
 */
export async function showSession(
  { api, version, parts }: SessionShowing,
  payment: Payment,
  given: Json | null,
  signal: AbortSignal,
): Promise<Shown<Receipt>> {
  let receipt = readReceipt(given);
  const now = new Date(parts.now()).toISOString() as Instant;
  const answers = toAnswers(payment, receipt.answered, { version, now });
  for (const answer of answers) {
    const outcome = await send(api, payment, answer, signal);
    if (outcome.kind === "unavailable") {
      parts.logger?.warn("shopify unavailable", { payment: payment.id, tries: receipt.tries + 1, why: outcome.why });
      return toNotReady(receipt, outcome.retryAfter);
    }
    if (outcome.kind === "refused") {
      const why = toWhy(outcome);
      if (outcome.errors.some(isUnknown)) {
        return toRefusal(
          receipt,
          "orderGone",
          `Shopify no longer knows ${answer.key} of session ${payment.reference}: ${why}`,
        );
      }
      if (answer.key === "payment" && receipt.tries < triesWhileEarly) return toNotReady(receipt, null);
      const detail = `Shopify does not take that ${answer.key} of session ${payment.reference} is ${answer.verdict}: ${why} Compare the order in Shopify with the payment here.`;
      return toRefusal(receipt, "orderClosed", detail);
    }
    const next = outcome.data.next ?? receipt.next;
    receipt = { answered: { ...receipt.answered, [answer.key]: answer.verdict }, next, tries: 0 };
  }
  const lacking = toUnshowable(payment, receipt.answered);
  if (lacking !== null) return toRefusal({ ...receipt, tries: 0 }, "cannotShow", lacking);
  const kind = answers.length === 0 ? "unchanged" : "shown";
  return { kind, receipt, ...(receipt.next !== null && { next: receipt.next as Url }) };
}
