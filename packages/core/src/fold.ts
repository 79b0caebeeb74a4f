import { isDeepStrictEqual } from "node:util";
import { byGoverning, keepsMoney, type ReadAttempt, toReadAttempt } from "./attempt.ts";
import { checkAttempt } from "./checks.ts";
import type {
  AttemptRow,
  CommandRow,
  EntityRow,
  Finding,
  Instant,
  MethodId,
  Money,
  Payment,
  PaymentRow,
  Standing,
  StoredMeansId,
} from "./contract/index.ts";
import { findUnwanted, toAbandonedFinding, toDoubleFinding } from "./doubles.ts";
import { operationFindingKey } from "./finding-keys.ts";
import { pickText } from "./localized-text.ts";
import { inCurrency, sum, toMoney, zero } from "./money.ts";
import type { InvoiceSnapshot, ReviewSnapshot } from "./operation-snapshot.ts";
import { isOperationEntity, readOperationSnapshot } from "./operation-snapshot.ts";
import { toOperations } from "./operations.ts";
import { secondsBetween } from "./time.ts";
import { toTip } from "./tip.ts";
import { hasMoney, toStanding } from "./transaction-state.ts";

export interface FoldInput {
  readonly row: Pick<PaymentRow, "id" | "reference" | "group" | "abandoned" | "payment">;
  readonly attempts: readonly AttemptRow[];
  readonly commands: readonly CommandRow[];
  /** The last reading of every known entity. */
  readonly entities: readonly EntityRow[];
  /** Recorded payments of the same order. */
  readonly siblings: readonly Payment[];
}

export interface Folded {
  readonly payment: Payment;
  /** Attempts whose money is to be given back; governing first. */
  readonly unwanted: readonly ReadAttempt[];
}

/** A day: what takes longer to be decided than this is shown as slow. */
const slowAfter = 24 * 60 * 60;

function isSlow({ snapshot }: ReadAttempt): boolean {
  if (snapshot?.state !== "PROCESSING") return false;
  const { processingOn, authorizationTimeoutOn } = snapshot;
  if (processingOn === null || authorizationTimeoutOn === null) return false;
  return secondsBetween(processingOn, authorizationTimeoutOn) > slowAfter;
}

function expiry({ snapshot, attempt }: ReadAttempt): Instant | null {
  if (snapshot === null) return null;
  if (attempt.state === "authorized") return snapshot.completionTimeoutOn;
  return toStanding(attempt.state) === "open" ? snapshot.authorizationTimeoutOn : null;
}

function toAmounts(
  governing: ReadAttempt | undefined,
  agreed: Money,
): Pick<Payment, "authorized" | "completed" | "refunded"> {
  const snapshot = governing?.snapshot;
  if (!snapshot || !hasMoney(governing.attempt.state)) {
    const none = zero(agreed.currency);
    return { authorized: none, completed: none, refunded: none };
  }
  const money = (decimal: string | null): Money => toMoney(decimal ?? "0", snapshot.currency);
  return {
    authorized: money(snapshot.authorizationAmount),
    completed: money(snapshot.completedAmount),
    refunded: money(snapshot.refundedAmount),
  };
}

function toGivenTip(governing: ReadAttempt | undefined): Pick<Payment, "tip"> {
  if (!governing?.snapshot || !hasMoney(governing.attempt.state)) return {};
  const tip = toTip(governing.row, governing.snapshot);
  return tip === null ? {} : { tip };
}

function toMethod(governing: ReadAttempt | undefined): Payment["method"] {
  const method = governing?.snapshot?.method;
  if (!method) return null;
  const name = pickText(method.title, governing.row.order.language) ?? method.name ?? "";
  return { id: method.id as string as MethodId, name, brand: null };
}

function toMeans(governing: ReadAttempt | undefined): StoredMeansId | null {
  return (governing?.snapshot?.token as string | undefined as StoredMeansId | undefined) ?? null;
}

function newestOf<T extends { readonly transaction: string }>(
  entity: EntityRow["entity"],
  entities: readonly EntityRow[],
  attempt: ReadAttempt | undefined,
): T | null {
  const rows = entities.filter((row) => row.entity === entity);
  const snapshots = rows.map((row) => row.snapshot as unknown as T);
  return snapshots.findLast(({ transaction }) => transaction === attempt?.row.transaction) ?? null;
}

const reviewStates = {
  PENDING: "open",
  MANUAL_CHECK_REQUIRED: "open",
  SUITABLE: "suitable",
  NOT_SUITABLE: "notSuitable",
} as const satisfies Record<ReviewSnapshot["state"], string>;

const invoiceStates = {
  CREATE: "open",
  OPEN: "open",
  OVERDUE: "overdue",
  CANCELED: "cancelled",
  DERECOGNIZED: "cancelled",
  PAID: "paid",
  NOT_APPLICABLE: null,
} as const satisfies Record<InvoiceSnapshot["state"], string | null>;

function toReview(entities: readonly EntityRow[], governing: ReadAttempt | undefined): Payment["review"] {
  const snapshot = newestOf<ReviewSnapshot>("deliveryIndication", entities, governing);
  return snapshot && { state: reviewStates[snapshot.state], decideBy: snapshot.decideBy };
}

function toInvoice(entities: readonly EntityRow[], governing: ReadAttempt | undefined): Payment["invoice"] {
  const snapshot = newestOf<InvoiceSnapshot>("transactionInvoice", entities, governing);
  const state = snapshot && invoiceStates[snapshot.state];
  return snapshot && state ? { state, dueOn: snapshot.dueOn } : null;
}

function findChargebacks(entities: readonly EntityRow[], payment: Pick<Payment, "operations">): readonly Finding[] {
  const byCustomer = new Set(
    entities
      .filter((row) => isOperationEntity(row.entity) && readOperationSnapshot(row).byCustomer)
      .map(({ id }) => id),
  );
  return payment.operations
    .filter(({ kind, serviceId }) => kind === "refund" && serviceId !== null && byCustomer.has(serviceId))
    .map((operation) => ({
      key: operationFindingKey("chargeback", operation.key),
      kind: "chargeback",
      detail: `The buyer's bank or the acquirer took money back (refund ${operation.serviceId}). Ask the acquirer of this means of payment for the reason.`,
      amount: operation.amount,
    }));
}

function findUnexplained(
  governing: ReadAttempt | undefined,
  payment: Pick<Payment, "operations" | "refunded">,
): readonly Finding[] {
  const known = payment.operations
    .filter(({ kind, state, attempt }) => kind === "refund" && state !== "failed" && attempt === governing?.row.id)
    .map(({ amount }) => amount);
  const { currency } = payment.refunded;
  const missing = payment.refunded.minor - sum(inCurrency(known, currency), currency).minor;
  if (missing <= 0) return [];
  return [
    {
      key: `unexplainedRefund:${governing?.row.id}`,
      kind: "unexplainedRefund",
      detail: "The service says more was refunded than the refunds known here add up to. The next sweep reads them.",
      amount: { minor: missing, currency },
    },
  ];
}

/** Money that was not to be paid, and that core or the merchant gave back as a whole. */
function isGivenBack({ row, commands }: FoldInput, governing: ReadAttempt | undefined): boolean {
  if (governing === undefined || !hasMoney(governing.attempt.state) || keepsMoney(governing)) return false;
  return row.abandoned || commands.some(({ origin, attempt }) => origin === "core" && attempt === governing.row.id);
}

function toShownStanding(state: Standing, held: boolean, abandoned: boolean, givenBack: boolean): Standing {
  if (givenBack && state === "paid") return "voided";
  if (held && (state === "authorized" || state === "paid")) return "held";
  return abandoned && state === "open" ? "voided" : state;
}

/**
 * Attempts, commands and the last reading of every known entity as one Payment: pure, exhaustive, without I/O and
 * without a clock. The revision grows by one when anything differs from the recorded payment.
 *
 * @throws RangeError when there is no attempt: a payment begins with one.
 */
export function fold(input: FoldInput): Folded {
  const { row, entities } = input;
  const attempts = input.attempts.map((attempt) => toReadAttempt(attempt, entities));
  const newest = attempts.at(-1);
  if (newest === undefined) throw new RangeError(`Payment ${row.id} has no attempt yet`);
  const wanted = newest.row.order.total;
  const ordered = byGoverning(attempts, (one) => checkAttempt(one, wanted).length === 0);
  const [governing, ...superseded] = ordered;
  const agreed = (governing ?? newest).row.order.total;
  const state = governing?.attempt.state ?? "created";
  const unwanted = findUnwanted(row.id, ordered, input.siblings, row.abandoned);
  const facts = {
    id: row.id,
    reference: row.reference,
    group: row.group,
    state,
    governing: governing?.attempt ?? null,
    superseded: superseded.map(({ attempt }) => attempt),
    abandoned: row.abandoned,
    amount: agreed,
    ...toAmounts(governing, agreed),
    ...toGivenTip(governing),
    operations: toOperations(attempts, input.commands, entities),
    review: toReview(entities, governing),
    invoice: toInvoice(entities, governing),
    method: toMethod(governing),
    means: toMeans(governing),
    environment: (governing ?? newest).row.environment,
    expiresOn: governing ? expiry(governing) : null,
    slow: governing ? isSlow(governing) : false,
    failure: governing?.attempt.failure ?? null,
  };
  const checks = governing ? checkAttempt(governing, wanted) : [];
  const doubles = unwanted.map(row.abandoned ? toAbandonedFinding : toDoubleFinding);
  const held = checks.length > 0 || (governing !== undefined && unwanted.includes(governing));
  const standing = toShownStanding(toStanding(state), held, row.abandoned, isGivenBack(input, governing));
  const findings = [...checks, ...doubles, ...findChargebacks(entities, facts), ...findUnexplained(governing, facts)];
  const mayShip = standing === "paid" && state === "fulfilled";
  const truth = { ...facts, mayShip, standing, findings };
  return { payment: { ...truth, revision: toRevision(truth, row.payment) }, unwanted };
}

function toRevision(truth: Omit<Payment, "revision">, recorded: Payment | null): number {
  if (recorded === null) return 1;
  const { revision, ...before } = recorded;
  return isDeepStrictEqual(truth, before) ? revision : revision + 1;
}
