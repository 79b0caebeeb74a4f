import type { Failure, FailureCode } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { apiVersions } from "../api-version.ts";
import { rejectCodesOf, toDeclinedReason, toRejectReason, toVoidedReason } from "./reject-code.ts";

/** For each failure: what Shopify is told since 2026-04, by whom it was refused, and what before. */
const table: Readonly<Record<FailureCode, readonly [string, string, string]>> = {
  declined: ["INSTRUMENT_DECLINED", "NETWORK", "CARD_DECLINED"],
  cancelledByBuyer: ["CANCELLED_PAYMENT", "PROVIDER", "PROCESSING_ERROR"],
  timedOut: ["CANCELLED_PAYMENT", "PROVIDER", "PROCESSING_ERROR"],
  authenticationFailed: ["AUTHENTICATION_FAILED", "NETWORK", "AUTHENTICATION_FAILED"],
  insufficientFunds: ["INSUFFICIENT_FUNDS", "NETWORK", "CARD_DECLINED"],
  expiredCard: ["EXPIRED_CARD", "NETWORK", "EXPIRED_CARD"],
  suspectedFraud: ["FRAUD_SUSPECTED", "PROVIDER", "RISKY"],
  temporary: ["PROCESSING_ERROR", "PROVIDER", "PROCESSING_ERROR"],
  configuration: ["MERCHANT_ACCOUNT_ERROR", "PROVIDER", "PROCESSING_ERROR"],
  invalidRequest: ["INVALID_REQUEST", "PROVIDER", "PROCESSING_ERROR"],
  refusedByService: ["PROCESSING_ERROR", "PROVIDER", "PROCESSING_ERROR"],
  oneStillOpen: ["PROCESSING_ERROR", "PROVIDER", "PROCESSING_ERROR"],
  notPossibleNow: ["PROCESSING_ERROR", "PROVIDER", "PROCESSING_ERROR"],
  exceedsAmount: ["INVALID_AMOUNT", "PROVIDER", "PROCESSING_ERROR"],
  unknownPayment: ["INVALID_REQUEST", "PROVIDER", "PROCESSING_ERROR"],
  unknownMeans: ["INVALID_PAYMENT_METHOD", "PROVIDER", "PROCESSING_ERROR"],
  notSupported: ["PAYMENT_METHOD_UNSUPPORTED", "PROVIDER", "PROCESSING_ERROR"],
  other: ["PROCESSING_ERROR", "PROVIDER", "PROCESSING_ERROR"],
};

function failure(code: FailureCode): Failure {
  return { code, publicMessage: "for the buyer", merchantMessage: "for the merchant", serviceReason: null };
}

describe("reject codes", () => {
  it("are 14 before 2026-04 and 36 since", () => {
    expect(apiVersions.map((version) => [version, new Set(rejectCodesOf(version)).size])).toEqual([
      ["2026-10", 36],
      ["2026-07", 36],
      ["2026-04", 36],
      ["2026-01", 14],
      ["2025-10", 14],
    ]);
  });

  it.each(Object.entries(table))("say of a payment that failed as %s", (code, [now, source, before]) => {
    const merchantMessage = "for the merchant";
    expect(toRejectReason(failure(code as FailureCode), "2026-10")).toEqual({ code: now, source, merchantMessage });
    expect(toRejectReason(failure(code as FailureCode), "2026-01")).toEqual({ code: before, merchantMessage });
  });

  it.each(apiVersions)("are of those that %s knows", (version) => {
    const failures = (Object.keys(table) as FailureCode[]).map((code) => toRejectReason(failure(code), version));
    const used = [...failures, toRejectReason(null, version), toVoidedReason(version), toDeclinedReason(version)];
    expect(used.filter(({ code }) => !rejectCodesOf(version).includes(code))).toEqual([]);
    expect(used.filter(({ source }) => (source !== undefined) !== version >= "2026-04")).toEqual([]);
  });
});
