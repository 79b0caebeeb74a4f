import type {
  AttemptId,
  AttemptRow,
  CommandId,
  Currency,
  EntityKind,
  EntityRow,
  Finding,
  Hint,
  Instant,
  Json,
  Money,
  NewCommand,
  Payment,
  PaymentReference,
  PaymentRow,
  ServiceId,
  ShopId,
  ShopKey,
  SpaceId,
} from "@checkout-plugins/core";

export const shop = "shop-1" as ShopId;
export const space = "70001" as SpaceId;
const start = Date.parse("2026-02-03T09:00:00.000Z");

/** So many seconds after the begin of every test. */
export function at(seconds: number): Instant {
  return new Date(start + Math.round(seconds * 1000)).toISOString() as Instant;
}

export function toReference(number: number): PaymentReference {
  return `order-${number}` as PaymentReference;
}

export function toTransaction(number: number): ServiceId {
  return String(900_000 + number) as ServiceId;
}

export function chf(minor: number): Money {
  return { minor, currency: "CHF" as Currency };
}

export function anAttempt(number: number, changes: Partial<AttemptRow> = {}): AttemptRow {
  return {
    id: `attempt-${number}` as AttemptId,
    space,
    environment: "live",
    transaction: toTransaction(number),
    order: {
      group: null,
      merchantReference: String(number),
      total: chf(2995),
      lines: [],
      customer: { id: null, email: "anna.muster@example.ch" },
      billing: null,
      shipping: null,
      language: "de-CH",
    },
    createState: "created",
    sent: "",
    charge: null,
    step: null,
    on: at(number),
    ...changes,
  };
}

export function aCommand(number: number, changes: Partial<NewCommand> = {}): NewCommand {
  return {
    id: `command-${number}` as CommandId,
    attempt: "attempt-1" as AttemptId,
    kind: "refund",
    shopKeys: [`key-${number}` as ShopKey],
    origin: "shop",
    body: { reason: "returned" },
    amount: chf(1000),
    lines: null,
    on: at(number),
    ...changes,
  };
}

/** A webhook of a transaction, as it came. */
export function aHint(transaction: ServiceId, changes: Partial<Hint> = {}): Hint {
  return { entity: "transaction", id: transaction, space, state: "AUTHORIZED", reading: null, ...changes };
}

export function anEntity(entity: EntityKind, id: string, snapshot: Json = { state: "SUCCESSFUL" }): EntityRow {
  return { entity, id: id as ServiceId, snapshot, final: true };
}

export function aFinding(kind: Finding["kind"], key: string = kind): Finding {
  return { key, kind, detail: `What to do about ${key}`, amount: chf(2995) };
}

export function aPayment(row: PaymentRow, revision: number, changes: Partial<Payment> = {}): Payment {
  return {
    id: row.id,
    reference: row.reference,
    group: row.group,
    revision,
    standing: "authorized",
    mayShip: false,
    state: "authorized",
    governing: null,
    superseded: [],
    abandoned: false,
    amount: chf(2995),
    authorized: chf(2995),
    completed: chf(0),
    refunded: chf(0),
    operations: [],
    review: null,
    invoice: null,
    method: null,
    means: null,
    environment: "live",
    expiresOn: null,
    slow: false,
    failure: null,
    findings: [],
    ...changes,
  };
}
