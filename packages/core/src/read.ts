import { isServiceError, type SpaceClient, type TransactionState, transactionStates } from "@checkout-plugins/client";
import type {
  AttemptId,
  AttemptRow,
  CommandRow,
  CoreParts,
  EntityRow,
  Hint,
  Instant,
  Lease,
  Money,
  Seconds,
  Shop,
} from "./contract/index.ts";
import { readEntity, toReviewReading, upsert } from "./entity-rows.ts";
import { sum, toMoney } from "./money.ts";
import { isOperationEntity, readOperationSnapshot } from "./operation-snapshot.ts";
import { entityOf, entityOfCommand } from "./operations.ts";
import type { Sent } from "./send.ts";
import { findSpace } from "./shop-space.ts";
import { readTransactionSnapshot, toTransactionRow } from "./snapshot.ts";
import { secondsBetween } from "./time.ts";
import { isAhead } from "./transaction-state.ts";

export interface Reading {
  readonly entities: readonly EntityRow[];
  /** Was everything read that the lease's hints name? A start reads only what it changes itself. */
  readonly hintsRead: boolean;
  /** A signed hint announced more than the service answers yet, or what it answers is older than what is known. */
  readonly stale: boolean;
}

/** What a look reads: by id only. */
export interface ReadList {
  readonly attempts: readonly AttemptRow[];
  readonly entities: readonly { readonly hint: Pick<Hint, "entity" | "id" | "space"> }[];
}

/** A review that is not decided within it is asked for. */
const reviewAfter: Seconds = 60;

function transactionOf(attempt: AttemptRow, entities: readonly EntityRow[]): EntityRow | undefined {
  return entities.find(({ entity, id }) => entity === "transaction" && id === attempt.transaction);
}

function announced(hint: Hint): TransactionState | null {
  return transactionStates.find((state) => state === hint.state) ?? null;
}

/** Is there anything in this hint that the record does not have yet? An unsigned one carries no state, so it may be. */
function tellsMore(hint: Hint, recorded: EntityRow | undefined): boolean {
  const state = announced(hint);
  if (recorded === undefined || state === null) return true;
  return isAhead(state, readTransactionSnapshot(recorded).state);
}

function needsReading(lease: Lease, sent: Sent, attempt: AttemptRow, byTime: boolean): boolean {
  if (attempt.transaction === null) return false;
  const recorded = transactionOf(attempt, lease.entities);
  if (recorded === undefined || (byTime && !recorded.final)) return true;
  const isMoved = sent.commands.some((command) => {
    const before = lease.commands.find(({ id }) => id === command.id);
    return command.attempt === attempt.id && before?.state === "open";
  });
  if (isMoved) return true;
  return lease.hints.some((hint) => {
    if (hint.entity === "transaction") return hint.id === attempt.transaction && tellsMore(hint, recorded);
    return hint.entity !== "transactionInvoice" && hint.entity !== "deliveryIndication";
  });
}

function unfinishedCommands(sent: Sent, lease: Lease): readonly CommandRow[] {
  return sent.commands.filter((command) => {
    if (command.state !== "known" || command.serviceId === null) return false;
    const isNew = lease.commands.some(({ id, state }) => id === command.id && state === "open");
    return !isNew && entityOf(command, sent.entities)?.final !== true;
  });
}

/**
 * Transactions that a hint tells more of, or, by time, that are not final; entities that hints name or we started.
 * `answered`: attempts whose transaction came with the answer to what was just sent.
 */
export function toReadList(lease: Lease, sent: Sent, answered: readonly AttemptId[], byTime: boolean): ReadList {
  const attempts = lease.attempts.filter(
    (attempt) => !answered.includes(attempt.id) && needsReading(lease, sent, attempt, byTime),
  );
  const named = lease.hints.filter(({ entity, reading }) => entity !== "transaction" && reading === null);
  // One that is known and was never read was sent by somebody who died before he could record it.
  const own = unfinishedCommands(sent, lease).filter((one) => byTime || entityOf(one, sent.entities) === undefined);
  const followed = byTime ? sent.entities.filter(({ entity, final }) => isOperationEntity(entity) && !final) : [];
  const spaceOf = (attempt: CommandRow["attempt"]) => lease.attempts.find(({ id }) => id === attempt)?.space;
  const first = lease.attempts[0];
  const wanted = [
    ...named,
    ...own.flatMap(({ kind, serviceId, attempt }) => {
      const space = spaceOf(attempt);
      return serviceId === null || space === undefined ? [] : [{ entity: entityOfCommand[kind], id: serviceId, space }];
    }),
    ...followed.flatMap(({ entity, id }) => (first === undefined ? [] : [{ entity, id, space: first.space }])),
  ];
  const unique = wanted.filter(
    (one, index) => wanted.findIndex(({ entity, id }) => entity === one.entity && id === one.id) === index,
  );
  return { attempts, entities: unique.map((hint) => ({ hint })) };
}

function lagsBehind(hints: readonly Hint[], attempt: AttemptRow, row: EntityRow): boolean {
  return hints.some((hint) => {
    if (hint.entity !== "transaction" || hint.id !== attempt.transaction) return false;
    const state = announced(hint);
    return state !== null && isAhead(state, readTransactionSnapshot(row).state);
  });
}

/**
 * Completions or refunds are known to be done that the transaction does not count yet: it was answered by a copy that
 * lags behind.
 */
function lacksOperations(row: EntityRow, entities: readonly EntityRow[]): boolean {
  const { currency, completedAmount, refundedAmount } = readTransactionSnapshot(row);
  const done = (kind: "completion" | "refund"): readonly Money[] =>
    entities
      .filter(({ entity }) => entity === kind)
      .map(readOperationSnapshot)
      .filter(({ transaction, state }) => transaction === row.id && state === "SUCCESSFUL")
      .map(({ amount }) => toMoney(amount ?? "0", currency));
  const lacks = (kind: "completion" | "refund", counted: string | null): boolean =>
    sum(done(kind), currency).minor > toMoney(counted ?? "0", currency).minor;
  return lacks("completion", completedAmount) || lacks("refund", refundedAmount);
}

/** Money is there for a minute and nobody has said whether it may be shipped. */
function awaitsReview(row: EntityRow, entities: readonly EntityRow[], now: Instant): boolean {
  const { state, authorizedOn } = readTransactionSnapshot(row);
  if (state !== "AUTHORIZED" && state !== "COMPLETED") return false;
  if (authorizedOn === null || secondsBetween(authorizedOn, now) < reviewAfter) return false;
  return !entities.some(
    ({ entity, snapshot, final }) =>
      entity === "deliveryIndication" && final && (snapshot as { transaction?: string }).transaction === row.id,
  );
}

async function readReview(space: SpaceClient, row: EntityRow, entities: readonly EntityRow[], signal: AbortSignal) {
  const indications = await space.listDeliveryIndicationsOf(row.id, { signal });
  return indications.reduce((all, indication) => upsert(all, toReviewReading(indication).row), entities);
}

/** Reads what the list names and lays the readings over what is recorded. @throws ServiceError */
export async function readAll(
  parts: CoreParts,
  shop: Shop,
  lease: Lease,
  sent: Sent,
  list: ReadList,
  signal: AbortSignal,
): Promise<Reading> {
  const brought = lease.hints.flatMap(({ reading }) => (reading === null ? [] : [reading.row]));
  let entities = brought.reduce(upsert, sent.entities);
  let stale = false;
  for (const { hint } of list.entities) {
    if (hint.entity === "transaction") continue;
    const reading = await readEntity(findSpace(shop, hint.space), hint.entity, hint.id, signal);
    if (reading !== null) entities = upsert(entities, reading.row);
  }
  const isBehind = (attempt: AttemptRow): boolean => {
    const known = transactionOf(attempt, entities);
    return known !== undefined && lacksOperations(known, entities);
  };
  for (const attempt of lease.attempts.filter((one) => list.attempts.includes(one) || isBehind(one))) {
    if (attempt.transaction === null) continue;
    const space = findSpace(shop, attempt.space);
    const transaction = await space.readTransaction(attempt.transaction, { signal }).catch((error: unknown) => {
      if (isServiceError(error) && error.code === "notFound") {
        parts.logger.error("transaction not found", { payment: lease.row.id, transaction: attempt.transaction });
      }
      throw error;
    });
    const known = transactionOf(attempt, entities);
    const { row, stale: isOlder } = toTransactionRow(known, transaction);
    entities = known === undefined ? [...entities, row] : entities.map((one) => (one === known ? row : one));
    stale ||= isOlder || lagsBehind(lease.hints, attempt, row) || lacksOperations(row, entities);
    if (awaitsReview(row, entities, parts.clock.now())) entities = await readReview(space, row, entities, signal);
  }
  return { entities, hintsRead: true, stale };
}
