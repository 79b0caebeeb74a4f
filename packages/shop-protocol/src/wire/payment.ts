import type { Attempt, Failure, Finding, FindingKind, Operation, Payment } from "@checkout-plugins/core";
import { z } from "zod";
import { parseWith, wire } from "./check.ts";
import { lenientLineAmount } from "./order.ts";
import { id, instant, list, lenientMoney as money, oneOf } from "./parts.ts";

// What the gateway says is read leniently: fields that came later are ignored, an unknown state is refused by name.
const texts = z.string();
const serviceId = id<NonNullable<Operation["serviceId"]>>();

export const failure: z.ZodType<Failure> = wire<Failure>()(
  z.object({
    code: oneOf(
      "declined",
      "cancelledByBuyer",
      "timedOut",
      "authenticationFailed",
      "insufficientFunds",
      "expiredCard",
      "suspectedFraud",
      "temporary",
      "configuration",
      "invalidRequest",
      "refusedByService",
      "oneStillOpen",
      "notPossibleNow",
      "exceedsAmount",
      "unknownPayment",
      "unknownMeans",
      "notSupported",
    ),
    publicMessage: texts,
    merchantMessage: texts,
    serviceReason: serviceId.nullable(),
  }),
);

export const operation: z.ZodType<Operation> = wire<Operation>()(
  z.object({
    key: id<Operation["key"]>(),
    kind: oneOf("completion", "void", "refund", "review"),
    origin: oneOf("shop", "backOffice", "service", "core"),
    attempt: id<Operation["attempt"]>(),
    shopKeys: list(id<Operation["shopKeys"][number]>()),
    serviceId: serviceId.nullable(),
    externalId: texts.nullable(),
    amount: money.nullable(),
    lines: list(lenientLineAmount).nullable(),
    state: oneOf("pending", "successful", "failed"),
    failure: failure.nullable(),
    on: instant,
  }),
);

const paymentState = oneOf(
  "created",
  "pending",
  "confirmed",
  "processing",
  "authorized",
  "completed",
  "fulfilled",
  "declined",
  "failed",
  "voided",
);

const attempt: z.ZodType<Attempt> = wire<Attempt>()(
  z.object({
    id: id<Attempt["id"]>(),
    transaction: serviceId.nullable(),
    space: id<Attempt["space"]>(),
    state: paymentState,
    amount: money,
    authorizedOn: instant.nullable(),
    deferred: z.literal(true).exactOptional(),
    terminal: z
      .object({ id: id<NonNullable<Attempt["terminal"]>["id"]>(), isStopped: z.boolean() })
      .readonly()
      .exactOptional(),
    failure: failure.nullable(),
  }),
);

const findingKinds: Readonly<Record<FindingKind, true>> = {
  doublePayment: true,
  paidThoughAbandoned: true,
  wrongAmount: true,
  wrongCurrency: true,
  wrongSpace: true,
  wrongOrder: true,
  testMoney: true,
  chargeback: true,
  unexplainedRefund: true,
  orderGone: true,
  orderClosed: true,
  changedByMerchant: true,
  cannotShow: true,
  notShownForAnHour: true,
  orphan: true,
  repeatedFault: true,
  other: true,
};

/** Nothing is decided by it, so one that came later must not cost the shop the whole message. */
const findingKind: z.ZodType<FindingKind, string> = texts.transform((kind) =>
  Object.hasOwn(findingKinds, kind) ? (kind as FindingKind) : "other",
);

const finding: z.ZodType<Finding> = wire<Finding>()(
  z.object({
    key: texts,
    kind: findingKind,
    detail: texts,
    amount: money.nullable(),
  }),
);

const review: z.ZodType<NonNullable<Payment["review"]>> = wire<NonNullable<Payment["review"]>>()(
  z.object({ state: oneOf("open", "suitable", "notSuitable"), decideBy: instant.nullable() }),
);

const invoice: z.ZodType<NonNullable<Payment["invoice"]>> = wire<NonNullable<Payment["invoice"]>>()(
  z.object({ state: oneOf("open", "overdue", "paid", "cancelled"), dueOn: instant.nullable() }),
);

const method: z.ZodType<NonNullable<Payment["method"]>> = wire<NonNullable<Payment["method"]>>()(
  z.object({ id: id<NonNullable<Payment["method"]>["id"]>(), name: texts, brand: texts.nullable() }),
);

/** A payment as the gateway tells it. */
export const paymentSchema: z.ZodType<Payment> = wire<Payment>()(
  z.object({
    id: id<Payment["id"]>(),
    reference: id<Payment["reference"]>(),
    group: id<NonNullable<Payment["group"]>>().nullable(),
    revision: z.int().nonnegative(),
    standing: oneOf("open", "authorized", "paid", "failed", "voided", "declined", "held"),
    mayShip: z.boolean(),
    state: paymentState,
    governing: attempt.nullable(),
    superseded: list(attempt),
    abandoned: z.boolean(),
    amount: money,
    authorized: money,
    completed: money,
    refunded: money,
    tip: money.exactOptional(),
    operations: list(operation),
    review: review.nullable(),
    invoice: invoice.nullable(),
    method: method.nullable(),
    means: id<NonNullable<Payment["means"]>>().nullable(),
    environment: oneOf("live", "test"),
    expiresOn: instant.nullable(),
    slow: z.boolean(),
    failure: failure.nullable(),
    findings: list(finding),
  }),
);

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parsePayment(value: unknown): Payment {
  return parseWith(paymentSchema, value, "The payment");
}
