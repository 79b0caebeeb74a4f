import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLEnumType, type GraphQLSchema, graphql, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { orderMarkAsPaid, readOrder, refundCreate, tagsAdd } from "../custom-app/admin-api.ts";
import {
  followUps,
  paymentSessionPending,
  paymentSessionReject,
  paymentSessionResolve,
  paymentsAppConfigure,
  toFollowUpReason,
} from "../payments-app/payments-api.ts";
import { rejectCodesOf, toDeclinedReason, toRejectReason, toVoidedReason } from "../payments-app/reject-code.ts";
import type { Operation } from "../shopify-api.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const newest = read("payments-apps.2026-10.graphql");
const payments = buildSchema(newest);
const admin = buildSchema(read("admin.2026-10.graphql"));
/** Before 2026-04: no source, and 14 codes. */
const older = buildSchema(
  newest
    .replace(/^ {2}source: .*\n/m, "")
    .replace(/(enum PaymentSessionStateRejectedReason \{)[^}]*/, `$1\n${rejectCodesOf("2026-01").join("\n")}\n`),
);

const paymentsOperations: readonly Operation<unknown>[] = [
  paymentsAppConfigure,
  paymentSessionResolve,
  paymentSessionReject,
  paymentSessionPending,
  ...Object.values(followUps).flatMap(({ resolve, reject }) => [resolve, reject]),
];
const adminOperations: readonly Operation<unknown>[] = [readOrder, orderMarkAsPaid, refundCreate, tagsAdd];

const id = "gid://shopify/PaymentSession/1";
const on = "2026-02-06T09:00:00Z";

/** Errors of the document and of its variables; there is no server behind, so data is null. */
async function errorsOf(schema: GraphQLSchema, source: string, variableValues: Readonly<Record<string, unknown>>) {
  const { errors = [] } = await graphql({ schema, source, variableValues });
  return errors.map(({ message }) => message);
}

describe("documents", () => {
  it.each(paymentsOperations.map((one) => [one.field, one] as const))(
    "%s is one of the Payments Apps API",
    (field, one) => {
      expect(validate(payments, parse(one.document))).toEqual([]);
      expect(validate(older, parse(one.document))).toEqual([]);
      expect([one.surface, one.document.includes(field)]).toEqual(["payments_apps", true]);
    },
  );

  it.each(adminOperations.map((one) => [one.field, one] as const))("%s is one of the Admin API", (_field, one) => {
    expect(validate(admin, parse(one.document))).toEqual([]);
    expect(one.surface).toBe("admin");
  });

  it("are found to be wrong when they are", () => {
    const wrong = paymentSessionResolve.document.replace("nextAction", "next");
    expect(validate(payments, parse(wrong))).toHaveLength(1);
  });
});

describe("variables", () => {
  const failed = toRejectReason(null, "2026-10");
  it.each<[string, Operation<unknown>, Readonly<Record<string, unknown>>]>([
    ["an authorization", paymentSessionResolve, { id, authorizationExpiresAt: on }],
    ["a sale", paymentSessionResolve, { id, authorizationExpiresAt: null }],
    ["a failure", paymentSessionReject, { id, reason: failed }],
    ["a voided one", paymentSessionReject, { id, reason: toVoidedReason("2026-10") }],
    ["a declined one", paymentSessionReject, { id, reason: toDeclinedReason("2026-10") }],
    ["a slow one", paymentSessionPending, { id, pendingExpiresAt: on, reason: "NETWORK_ACTION_REQUIRED" }],
    ["a held one", paymentSessionPending, { id, pendingExpiresAt: on, reason: "MERCHANT_ACTION_REQUIRED" }],
    ["a refund", followUps.refund.reject, { id, reason: toFollowUpReason(null) }],
    ["a capture", followUps.capture.reject, { id, reason: toFollowUpReason(null) }],
    ["a void", followUps.void.reject, { id, reason: toFollowUpReason(null) }],
    ["a shop that is ready", paymentsAppConfigure, { externalHandle: "x", ready: true }],
  ])("fit for %s", async (_what, { document }, variables) => {
    expect(await errorsOf(payments, document, variables)).toEqual([]);
  });

  it("fit for a refund that is entered", async () => {
    const transaction = { orderId: id, parentId: id, gateway: "manual", kind: "REFUND", amount: "5.00" };
    const input = { orderId: id, note: "x", transactions: [transaction] };
    expect(await errorsOf(admin, refundCreate.document, { input, key: "k" })).toEqual([]);
    expect(await errorsOf(admin, refundCreate.document, { input })).toHaveLength(1);
  });

  it("fit for versions before 2026-04 only with their own codes", async () => {
    const { document } = paymentSessionReject;
    expect(await errorsOf(older, document, { id, reason: toRejectReason(null, "2026-01") })).toEqual([]);
    expect(await errorsOf(older, document, { id, reason: failed })).not.toEqual([]);
  });

  it("know every reject code of the newest version", () => {
    const type = payments.getType("PaymentSessionStateRejectedReason") as GraphQLEnumType;
    expect(type.getValues().map(({ name }) => name)).toEqual([...rejectCodesOf("2026-10")].sort());
  });
});
