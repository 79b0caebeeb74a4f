import type { Failure, FailureCode } from "@checkout-plugins/core";
import type { ApiVersion } from "../api-version.ts";

/**
 * Every code of PaymentSessionStateRejectedReason in 2025-10 and 2026-01
 * (https://shopify.dev/docs/api/payments-apps/2026-01/enums/PaymentSessionStateRejectedReason).
 */
const firstCodes = [
  "AUTHENTICATION_FAILED",
  "CARD_DECLINED",
  "CONFIRMATION_REJECTED",
  "EXPIRED_CARD",
  "INCORRECT_ADDRESS",
  "INCORRECT_CVC",
  "INCORRECT_NUMBER",
  "INCORRECT_PIN",
  "INCORRECT_ZIP",
  "INVALID_CVC",
  "INVALID_EXPIRY_DATE",
  "INVALID_NUMBER",
  "PROCESSING_ERROR",
  "RISKY",
] as const;

/** What 2026-04 added (https://shopify.dev/changelog/new-rejection-reason-codes-in-payments-apps-graphql-api). */
const laterCodes = [
  "AMOUNT_TOO_LARGE",
  "AMOUNT_TOO_SMALL",
  "AUTHENTICATION_REQUIRED",
  "CALL_ISSUER",
  "CANCELLED_PAYMENT",
  "CARD_TESTING",
  "DO_NOT_HONOR",
  "FRAUD_SUSPECTED",
  "HIGH_RISK_FRAUD_SUSPECTED",
  "INSTRUMENT_DECLINED",
  "INSUFFICIENT_FUNDS",
  "INVALID_AMOUNT",
  "INVALID_CURRENCY",
  "INVALID_PAYMENT_METHOD",
  "INVALID_PURCHASE_TYPE",
  "INVALID_REQUEST",
  "MERCHANT_ACCOUNT_ERROR",
  "MERCHANT_RULE",
  "PAYMENT_METHOD_UNSUPPORTED",
  "PICK_UP_CARD",
  "RETRY_DECLINED",
  "TRANSACTION_LIMIT_EXCEEDED",
] as const;

type FirstCode = (typeof firstCodes)[number];
export type RejectCode = FirstCode | (typeof laterCodes)[number];

/** Codes that a version of the API knows. */
export function rejectCodesOf(version: ApiVersion): readonly RejectCode[] {
  return knowsLaterCodes(version) ? [...firstCodes, ...laterCodes] : firstCodes;
}

function knowsLaterCodes(version: ApiVersion): boolean {
  return version >= "2026-04";
}

/** `source` says who refused; the API knows it since 2026-04. */
export interface RejectReason {
  readonly code: RejectCode;
  readonly merchantMessage: string;
  readonly source?: "NETWORK" | "PROVIDER";
}

type Reason = readonly [code: RejectCode, source: "NETWORK" | "PROVIDER", before: FirstCode];

const processing: Reason = ["PROCESSING_ERROR", "PROVIDER", "PROCESSING_ERROR"];

/** What Shopify tells the buyer and the merchant of each failure; the last one is for versions before 2026-04. */
const reasons: Readonly<Record<FailureCode, Reason>> = {
  declined: ["INSTRUMENT_DECLINED", "NETWORK", "CARD_DECLINED"],
  cancelledByBuyer: ["CANCELLED_PAYMENT", "PROVIDER", "PROCESSING_ERROR"],
  timedOut: ["CANCELLED_PAYMENT", "PROVIDER", "PROCESSING_ERROR"],
  authenticationFailed: ["AUTHENTICATION_FAILED", "NETWORK", "AUTHENTICATION_FAILED"],
  insufficientFunds: ["INSUFFICIENT_FUNDS", "NETWORK", "CARD_DECLINED"],
  expiredCard: ["EXPIRED_CARD", "NETWORK", "EXPIRED_CARD"],
  suspectedFraud: ["FRAUD_SUSPECTED", "PROVIDER", "RISKY"],
  temporary: processing,
  configuration: ["MERCHANT_ACCOUNT_ERROR", "PROVIDER", "PROCESSING_ERROR"],
  invalidRequest: ["INVALID_REQUEST", "PROVIDER", "PROCESSING_ERROR"],
  refusedByService: processing,
  oneStillOpen: processing,
  notPossibleNow: processing,
  exceedsAmount: ["INVALID_AMOUNT", "PROVIDER", "PROCESSING_ERROR"],
  unknownPayment: ["INVALID_REQUEST", "PROVIDER", "PROCESSING_ERROR"],
  unknownMeans: ["INVALID_PAYMENT_METHOD", "PROVIDER", "PROCESSING_ERROR"],
  notSupported: ["PAYMENT_METHOD_UNSUPPORTED", "PROVIDER", "PROCESSING_ERROR"],
  other: processing,
};

const longest = 1000;

function toReason([code, source, before]: Reason, message: string, version: ApiVersion): RejectReason {
  const merchantMessage = message.slice(0, longest);
  return knowsLaterCodes(version) ? { code, merchantMessage, source } : { code: before, merchantMessage };
}

/** Of a payment that failed. The service gives a category and a text, so finer codes come only where it says more. */
export function toRejectReason(failure: Failure | null, version: ApiVersion): RejectReason {
  const message = failure?.merchantMessage ?? "The payment failed; the service gives no reason.";
  return toReason(failure === null ? processing : reasons[failure.code], message, version);
}

/** Of a payment whose money was given back before the shop was told of it. */
export function toVoidedReason(version: ApiVersion): RejectReason {
  return toReason(
    ["CANCELLED_PAYMENT", "PROVIDER", "PROCESSING_ERROR"],
    "The reservation was given back to the buyer.",
    version,
  );
}

/** Of a payment that is taken, but whose goods must not be shipped. */
export function toDeclinedReason(version: ApiVersion): RejectReason {
  return toReason(
    ["HIGH_RISK_FRAUD_SUSPECTED", "PROVIDER", "RISKY"],
    "The money was taken, but the payment is not to be fulfilled. Do not ship; refund it in the back office of PostFinance Checkout.",
    version,
  );
}
