import type {
  Completion,
  DeliveryIndication,
  FailureReason,
  Instant,
  Refund,
  ServiceId,
  SpaceClient,
  TransactionInvoice,
  TransactionVoid,
} from "@checkout-plugins/client";
import type { EntityKind, EntityRow, Hint, Json } from "./contract/index.ts";
import type { InvoiceSnapshot, OperationSnapshot, ReviewSnapshot } from "./operation-snapshot.ts";

/** An entity that was read, and the transaction it belongs to. */
export type EntityReading = NonNullable<Hint["reading"]>;

const epoch = "1970-01-01T00:00:00.000Z" as Instant;
const finalOperations: ReadonlySet<string> = new Set(["SUCCESSFUL", "FAILED"]);
const finalReviews: ReadonlySet<string> = new Set(["SUITABLE", "NOT_SUITABLE"]);
const finalInvoices: ReadonlySet<string> = new Set(["PAID", "NOT_APPLICABLE", "DERECOGNIZED", "CANCELED"]);

function toReading(
  entity: EntityKind,
  id: ServiceId,
  transaction: ServiceId,
  snapshot: unknown,
  final: boolean,
): EntityReading {
  return { transaction, row: { entity, id, snapshot: snapshot as Json, final } };
}

function toReason(reason: FailureReason | null): OperationSnapshot["failureReason"] {
  if (reason === null) return null;
  const description = reason.description["en-US"] ?? Object.values(reason.description)[0] ?? null;
  return { id: reason.id, category: reason.category, description };
}

export function toCompletionReading(completion: Completion): EntityReading {
  const { id, transaction, state } = completion;
  const snapshot: OperationSnapshot = {
    state,
    transaction,
    externalId: completion.externalId,
    amount: completion.amount,
    byCustomer: false,
    failureReason: toReason(completion.failureReason),
    lines: completion.lineItems,
    createdOn: completion.createdOn ?? epoch,
    nextUpdateOn: completion.nextUpdateOn,
  };
  return toReading("completion", id, transaction, snapshot, finalOperations.has(state));
}

export function toVoidReading(voided: TransactionVoid): EntityReading {
  const { id, transaction, state } = voided;
  const snapshot: OperationSnapshot = {
    state,
    transaction,
    externalId: null,
    amount: null,
    byCustomer: false,
    failureReason: toReason(voided.failureReason),
    lines: [],
    createdOn: voided.createdOn ?? epoch,
    nextUpdateOn: voided.nextUpdateOn,
  };
  return toReading("void", id, transaction, snapshot, finalOperations.has(state));
}

/** null: the service did not tell the refund's transaction. */
export function toRefundReading(refund: Refund): EntityReading | null {
  const { id, transaction, state } = refund;
  if (transaction === null) return null;
  const snapshot: OperationSnapshot = {
    state,
    transaction,
    externalId: refund.externalId,
    amount: refund.amount,
    byCustomer: refund.type.startsWith("CUSTOMER_INITIATED"),
    failureReason: toReason(refund.failureReason),
    lines: refund.reducedLineItems,
    createdOn: refund.createdOn ?? epoch,
    nextUpdateOn: refund.nextUpdateOn,
  };
  return toReading("refund", id, transaction, snapshot, finalOperations.has(state));
}

export function toReviewReading(indication: DeliveryIndication): EntityReading {
  const { id, transaction, state } = indication;
  const snapshot: ReviewSnapshot = { state, transaction, decideBy: indication.manualDecisionTimeoutOn };
  return toReading("deliveryIndication", id, transaction, snapshot, finalReviews.has(state));
}

export function toInvoiceReading(invoice: TransactionInvoice): EntityReading {
  const { id, transaction, state } = invoice;
  const snapshot: InvoiceSnapshot = { state, transaction, dueOn: invoice.dueOn };
  return toReading("transactionInvoice", id, transaction, snapshot, finalInvoices.has(state));
}

/** Reads one entity by its id. null: the service does not tell to what it belongs. @throws ServiceError */
export async function readEntity(
  space: SpaceClient,
  entity: Exclude<EntityKind, "transaction">,
  id: ServiceId,
  signal: AbortSignal | undefined,
): Promise<EntityReading | null> {
  const options = { signal };
  switch (entity) {
    case "completion":
      return toCompletionReading(await space.readCompletion(id, options));
    case "void":
      return toVoidReading(await space.readVoid(id, options));
    case "refund":
      return toRefundReading(await space.readRefund(id, options));
    case "deliveryIndication":
      return toReviewReading(await space.readDeliveryIndication(id, options));
    case "transactionInvoice":
      return toInvoiceReading(await space.readInvoice(id, options));
  }
}

/** The reading in the place of what is recorded. A final one stays: nothing follows it but an outdated answer. */
export function upsert(entities: readonly EntityRow[], row: EntityRow): readonly EntityRow[] {
  const known = entities.find(({ entity, id }) => entity === row.entity && id === row.id);
  if (known === undefined) return [...entities, row];
  return known.final && !row.final ? entities : entities.map((one) => (one === known ? row : one));
}
