import type { Decimal, Instant, ServiceId, SpaceId, TransactionState } from "@checkout-plugins/client";
import type {
  AttemptId,
  AttemptRow,
  Currency,
  EntityRow,
  Json,
  Money,
  PaymentId,
  PaymentReference,
  PaymentRow,
  ShopId,
  ShopOrder,
} from "../contract/index.ts";
import type { TransactionSnapshot } from "../snapshot.ts";
import { isFinal } from "../transaction-state.ts";

export const space = "70001" as SpaceId;
export const start = "2026-02-03T09:00:00.000Z" as Instant;

export function chf(minor: number): Money {
  return { minor, currency: "CHF" as Currency };
}

export function anOrder(total: Money = chf(2995)): ShopOrder {
  return {
    group: null,
    merchantReference: "1001",
    total,
    lines: [
      {
        id: "sku-1",
        type: "product",
        name: "Rucksack",
        sku: "SKU-1",
        quantity: "1" as Decimal,
        total,
        taxes: [{ title: "MwSt.", rate: "8.1" as Decimal }],
        shippingRequired: true,
      },
    ],
    customer: { id: "cust-88", email: "anna.muster@example.ch" },
    billing: null,
    shipping: null,
    language: "de-CH",
  };
}

export function anAttempt(number = 1, changes: Partial<AttemptRow> = {}): AttemptRow {
  return {
    id: `attempt-${number}` as AttemptId,
    space,
    environment: "live",
    transaction: String(900000 + number) as ServiceId,
    order: anOrder(),
    createState: "created",
    step: null,
    sent: "",
    charge: null,
    on: new Date(Date.parse(start) + number * 60_000).toISOString() as Instant,
    ...changes,
  };
}

export function aSnapshot(
  state: TransactionState,
  attempt: AttemptRow,
  changes: Partial<TransactionSnapshot> = {},
): TransactionSnapshot {
  const hasMoney = ["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE"].includes(state);
  const isTaken = hasMoney && state !== "AUTHORIZED";
  return {
    state,
    space: attempt.space,
    currency: "CHF",
    authorizationAmount: "29.95" as Decimal,
    completedAmount: (isTaken ? "29.95" : "0") as Decimal,
    refundedAmount: "0" as Decimal,
    attempt: attempt.id,
    authorizationEnvironment: hasMoney ? "PRODUCTION" : null,
    processingOn: start,
    authorizedOn: hasMoney ? attempt.on : null,
    authorizationTimeoutOn: "2026-02-03T10:00:00.000Z" as Instant,
    completionTimeoutOn: "2026-02-08T09:00:00.000Z" as Instant,
    userFailureMessage: null,
    failureReason: null,
    method: null,
    version: 3,
    ...changes,
  };
}

export function anEntity(
  state: TransactionState,
  attempt: AttemptRow,
  changes: Partial<TransactionSnapshot> = {},
): EntityRow {
  const snapshot = aSnapshot(state, attempt, changes) as unknown as Json;
  return { entity: "transaction", id: attempt.transaction as ServiceId, snapshot, final: isFinal(state) };
}

export function aRow(changes: Partial<PaymentRow> = {}): PaymentRow {
  return {
    id: "payment-1" as PaymentId,
    shop: "demo" as ShopId,
    reference: "order-1001" as PaymentReference,
    group: null,
    openedOn: start,
    payment: null,
    revision: 0,
    shownRevision: 0,
    receipt: null,
    next: null,
    abandoned: false,
    lookAt: null,
    timerAt: null,
    showAt: null,
    hintCount: 0,
    seenHints: 0,
    recordedAt: null,
    unshownSince: null,
    staleReads: 0,
    faults: 0,
    showFaults: 0,
    step: null,
    ...changes,
  };
}
