import type { Failure, Instant, Url } from "@checkout-plugins/core";
import { z } from "zod";
import type { Operation } from "../shopify-api.ts";
import type { RejectReason } from "./reject-code.ts";

/** Where the buyer is to be sent on; null when there is nowhere. */
const nextSchema: z.ZodType<{ readonly next: Url | null }> = z
  .object({
    paymentSession: z.object({
      nextAction: z.object({ context: z.object({ redirectUrl: z.url().optional() }).nullish() }).nullish(),
    }),
  })
  .transform(({ paymentSession }) => ({
    next: (paymentSession.nextAction?.context?.redirectUrl ?? null) as Url | null,
  }));

const session = `paymentSession { id nextAction { action context { ... on PaymentSessionActionsRedirect { redirectUrl } } } }`;

function ofPayment(
  field: string,
  variables: string,
  given: string,
  errors = "field message",
): Operation<{ readonly next: Url | null }> {
  return {
    surface: "payments_apps",
    field,
    document: `mutation ${field}(${variables}) { ${field}(${given}) { ${session} userErrors { ${errors} } } }`,
    schema: nextSchema,
  };
}

/** https://shopify.dev/docs/api/payments-apps/2026-10/mutations/paymentSessionResolve: paid, or reserved until `authorizationExpiresAt`. */
export const paymentSessionResolve: ReturnType<typeof ofPayment> = ofPayment(
  "paymentSessionResolve",
  "$id: ID!, $authorizationExpiresAt: DateTime",
  "id: $id, authorizationExpiresAt: $authorizationExpiresAt",
);

/** https://shopify.dev/docs/api/payments-apps/2026-10/mutations/paymentSessionReject: not paid, and never will be. */
export const paymentSessionReject: ReturnType<typeof ofPayment> = ofPayment(
  "paymentSessionReject",
  "$id: ID!, $reason: PaymentSessionRejectionReasonInput!",
  "id: $id, reason: $reason",
);

/** https://shopify.dev/docs/api/payments-apps/2026-10/mutations/paymentSessionPending: not known before `pendingExpiresAt`. */
export const paymentSessionPending: ReturnType<typeof ofPayment> = ofPayment(
  "paymentSessionPending",
  "$id: ID!, $pendingExpiresAt: DateTime!, $reason: PaymentSessionStatePendingReason!",
  "id: $id, pendingExpiresAt: $pendingExpiresAt, reason: $reason",
  "code field message",
);

type FollowUp = "refund" | "capture" | "void";

function ofFollowUp(kind: FollowUp, verb: "Resolve" | "Reject"): Operation<unknown> {
  const field = `${kind}Session${verb}`;
  const type = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}SessionRejectionReasonInput`;
  const [variables, given] =
    verb === "Resolve" ? ["$id: ID!", "id: $id"] : [`$id: ID!, $reason: ${type}!`, "id: $id, reason: $reason"];
  return {
    surface: "payments_apps",
    field,
    document: `mutation ${field}(${variables}) { ${field}(${given}) { ${kind}Session { id } userErrors { code field message } } }`,
    schema: z.object({ [`${kind}Session`]: z.object({ id: z.string() }) }),
  };
}

/** What came of a refund, a capture or a void. */
export const followUps: Readonly<Record<FollowUp, Readonly<Record<"resolve" | "reject", Operation<unknown>>>>> = {
  refund: { resolve: ofFollowUp("refund", "Resolve"), reject: ofFollowUp("refund", "Reject") },
  capture: { resolve: ofFollowUp("capture", "Resolve"), reject: ofFollowUp("capture", "Reject") },
  void: { resolve: ofFollowUp("void", "Resolve"), reject: ofFollowUp("void", "Reject") },
};

/** https://shopify.dev/docs/api/payments-apps/2026-10/mutations/paymentsAppConfigure: says whether payments may come. */
export const paymentsAppConfigure: Operation<unknown> = {
  surface: "payments_apps",
  field: "paymentsAppConfigure",
  document:
    "mutation paymentsAppConfigure($externalHandle: String, $ready: Boolean!) { paymentsAppConfigure(externalHandle: $externalHandle, ready: $ready) { paymentsAppConfiguration { externalHandle ready } userErrors { field message } } }",
  schema: z.object({ paymentsAppConfiguration: z.object({ ready: z.boolean() }) }),
};

/** One answer that Shopify waits for. `key` names it in the receipt: `payment`, `refund:…`, `capture:…`, `void:…`. */
export type Answer =
  | { readonly key: string; readonly verdict: "resolved"; readonly expiresOn: Instant | null }
  | { readonly key: string; readonly verdict: "rejected"; readonly reason: RejectReason }
  | { readonly key: string; readonly verdict: "pending"; readonly until: Instant; readonly reason: PendingReason };

/** https://shopify.dev/docs/api/payments-apps/latest/enums/PaymentSessionStatePendingReason */
export type PendingReason = "MERCHANT_ACTION_REQUIRED" | "NETWORK_ACTION_REQUIRED";

/** Refunds, captures and voids know one code for nearly everything; the message says what it was. */
export function toFollowUpReason(failure: Failure | null): RejectReason {
  const merchantMessage = failure?.merchantMessage ?? "The service gives no reason.";
  return { code: "PROCESSING_ERROR", merchantMessage: merchantMessage.slice(0, 1000) };
}
