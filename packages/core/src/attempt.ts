import type { Attempt, AttemptRow, EntityRow, Instant } from "./contract/index.ts";
import { toFailure } from "./failure.ts";
import { readTransactionSnapshot, type TransactionSnapshot } from "./snapshot.ts";
import { hasMoney, toPaymentState } from "./transaction-state.ts";

/** An attempt's row, what was last read of its transaction, and both in the contract's words. */
export interface ReadAttempt {
  readonly row: AttemptRow;
  readonly snapshot: TransactionSnapshot | null;
  readonly attempt: Attempt;
}

/** Nothing has begun to be charged, so that a charge which the service refused stays uncharged. */
export function isUnprocessed(snapshot: Pick<TransactionSnapshot, "state"> | null): boolean {
  return snapshot === null || snapshot.state === "PENDING" || snapshot.state === "CONFIRMED";
}

export function toReadAttempt(row: AttemptRow, entities: readonly EntityRow[]): ReadAttempt {
  const entity = entities.find((one) => one.entity === "transaction" && one.id === row.transaction);
  const snapshot = entity === undefined ? null : readTransactionSnapshot(entity);
  const refusal = isUnprocessed(snapshot) ? (row.charge?.refusal ?? null) : null;
  const failure = snapshot?.state === "FAILED" ? toFailure(snapshot, row.order.language) : refusal;
  const attempt: Attempt = {
    id: row.id,
    transaction: row.transaction,
    space: row.space,
    state: refusal !== null ? "failed" : snapshot === null ? "created" : toPaymentState(snapshot.state),
    amount: row.order.total,
    authorizedOn: snapshot?.authorizedOn ?? null,
    failure,
  };
  return { row, snapshot, attempt };
}

/** Money that is there, whatever the state is called, ranks over a reservation, that over an open one, that over none. */
function rank({ attempt, row }: ReadAttempt): number {
  if (attempt.state === "authorized") return 3;
  if (hasMoney(attempt.state)) return 4;
  if (attempt.state === "failed" || attempt.state === "voided") return 1;
  return row.createState === "created" ? 2 : 0;
}

function authorization(one: ReadAttempt): Instant | null {
  return hasMoney(one.attempt.state) ? one.attempt.authorizedOn : null;
}

/** Best first. Among two with money the first authorized governs, among others the newest. */
function compare(one: ReadAttempt, other: ReadAttempt): number {
  const byRank = rank(other) - rank(one);
  if (byRank !== 0) return byRank;
  const [first, second] = [authorization(one), authorization(other)];
  if (first !== null && second !== null && first !== second) return first < second ? -1 : 1;
  if (one.row.on !== other.row.on) return one.row.on > other.row.on ? -1 : 1;
  return one.row.id > other.row.id ? -1 : 1;
}

/**
 * Which attempt governs (ARCHITECTURE 5, rule 4), first; the others are superseded. One whose create was cut never
 * governs: its address was given to nobody.
 */
export function byGoverning(attempts: readonly ReadAttempt[]): readonly ReadAttempt[] {
  return attempts.filter(({ row }) => row.createState === "created" || row.createState === "intended").sort(compare);
}
