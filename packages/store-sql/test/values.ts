import type {
  AttemptId,
  AttemptRow,
  Hint,
  Instant,
  PaymentReference,
  ServiceId,
  ShopId,
  SpaceId,
} from "@checkout-plugins/core";
import { addSeconds } from "@checkout-plugins/core/store";

export const now = "2026-02-03T09:00:00.000Z" as Instant;
export const shop = "shop-1" as ShopId;
export const space = "70001" as SpaceId;
export const transaction = "900001" as ServiceId;

export function later(seconds: number): Instant {
  return addSeconds(now, seconds);
}

export function toReference(number: number): PaymentReference {
  return `order-${number}` as PaymentReference;
}

/** One of many of the same transaction: its state tells them apart. */
export function aHint(number: number, changes: Partial<Hint> = {}): Hint {
  return { entity: "transaction", id: transaction, space, state: String(number), reading: null, ...changes };
}

export function anAttempt(number: number, changes: Partial<AttemptRow> = {}): AttemptRow {
  return {
    id: `attempt-${number}` as AttemptId,
    space,
    environment: "live",
    transaction: String(900_000 + number) as ServiceId,
    order: {
      group: null,
      merchantReference: null,
      total: { minor: 2995, currency: "CHF" as AttemptRow["order"]["total"]["currency"] },
      lines: [],
      customer: { id: null, email: "anna@example.ch" },
      billing: null,
      shipping: null,
      language: "de",
    },
    createState: "created",
    step: null,
    sent: null,
    charge: null,
    on: now,
    ...changes,
  };
}
