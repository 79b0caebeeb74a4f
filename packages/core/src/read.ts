import { isServiceError, type TransactionState, transactionStates } from "@checkout-plugins/client";
import type { AttemptRow, CoreParts, EntityRow, Hint, Lease, Shop } from "./contract/index.ts";
import { findSpace } from "./shop-space.ts";
import { readTransactionSnapshot, toTransactionRow } from "./snapshot.ts";
import { isAhead } from "./transaction-state.ts";

export interface Reading {
  readonly entities: readonly EntityRow[];
  /** A signed hint announced more than the service answers yet. */
  readonly stale: boolean;
}

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

/**
 * Which transactions a look reads, by id only: those a hint tells more of, and, when the look is due by time or was
 * asked for, those that are not final. A hint that is not ahead of the record costs no request.
 */
export function attemptsToRead(lease: Lease, byTime: boolean): readonly AttemptRow[] {
  const busy = lease.commands.some(({ state }) => state === "open");
  return lease.attempts.filter((attempt) => {
    if (attempt.transaction === null) return false;
    const recorded = transactionOf(attempt, lease.entities);
    if (recorded === undefined || (busy && lease.commands.some((one) => one.attempt === attempt.id))) return true;
    const hints = lease.hints.filter(({ entity, id }) => entity !== "transaction" || id === attempt.transaction);
    return (
      hints.some((hint) => hint.entity !== "transaction" || tellsMore(hint, recorded)) || (byTime && !recorded.final)
    );
  });
}

function lagsBehind(hints: readonly Hint[], attempt: AttemptRow, row: EntityRow): boolean {
  return hints.some((hint) => {
    if (hint.entity !== "transaction" || hint.id !== attempt.transaction) return false;
    const state = announced(hint);
    return state !== null && isAhead(state, readTransactionSnapshot(row).state);
  });
}

/** Reads those transactions and lays the readings over what is recorded. @throws ServiceError */
export async function readTransactions(
  parts: CoreParts,
  shop: Shop,
  lease: Lease,
  attempts: readonly AttemptRow[],
  signal: AbortSignal,
): Promise<Reading> {
  let entities = lease.entities;
  let stale = false;
  for (const attempt of attempts) {
    if (attempt.transaction === null) continue;
    const space = findSpace(shop, attempt.space);
    const reading = await space.readTransaction(attempt.transaction, { signal }).catch((error: unknown) => {
      if (isServiceError(error) && error.code === "notFound") {
        parts.logger.error("transaction not found", { payment: lease.row.id, transaction: attempt.transaction });
      }
      throw error;
    });
    const known = transactionOf(attempt, entities);
    const { row, stale: older } = toTransactionRow(known, reading);
    entities = known === undefined ? [...entities, row] : entities.map((one) => (one === known ? row : one));
    stale ||= older || lagsBehind(lease.hints, attempt, row);
  }
  return { entities, stale };
}
