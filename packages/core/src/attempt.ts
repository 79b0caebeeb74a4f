import type { Attempt, AttemptRow, EntityRow, Instant } from "./contract/index.ts";
import { toFailure } from "./failure.ts";
import { compare as compareMoney, toMoney } from "./money.ts";
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
    ...(snapshot?.deferred && { deferred: true }),
    ...(row.terminal && { terminal: { id: row.terminal.id, isStopped: row.terminal.state === "stopped" } }),
    failure,
  };
  return { row, snapshot, attempt };
}

/** Money of this attempt that was not given back as a whole. */
export function keepsMoney({ attempt, snapshot }: ReadAttempt): boolean {
  if (snapshot === null || !hasMoney(attempt.state)) return false;
  if (attempt.state === "authorized") return true;
  const refunded = toMoney(snapshot.refundedAmount ?? "0", snapshot.currency);
  const completed = toMoney(snapshot.completedAmount ?? snapshot.authorizationAmount, snapshot.currency);
  return compareMoney(refunded, completed) < 0;
}

/**
 * The money that was agreed ranks over other money, what was taken over what is reserved, money that is there over money
 * that was given back, that over an open attempt, and that over one that failed.
 */
function rank(one: ReadAttempt, isAgreed: boolean): number {
  const { attempt, row } = one;
  if (keepsMoney(one)) return (isAgreed ? 6 : 4) + (attempt.state === "authorized" ? 0 : 1);
  if (hasMoney(attempt.state)) return 3;
  if (attempt.state === "failed" || attempt.state === "voided") return 1;
  return row.createState === "created" ? 2 : 0;
}

function authorization(one: ReadAttempt): Instant | null {
  return hasMoney(one.attempt.state) ? one.attempt.authorizedOn : null;
}

interface Ranked {
  readonly one: ReadAttempt;
  readonly rank: number;
}

/** Best first. Among two with money the first authorized governs, among others the newest. */
function compareRanked({ one, rank: oneRank }: Ranked, { one: other, rank: otherRank }: Ranked): number {
  if (oneRank !== otherRank) return otherRank - oneRank;
  const [first, second] = [authorization(one), authorization(other)];
  if (first !== null && second !== null && first !== second) return first < second ? -1 : 1;
  if (one.row.on !== other.row.on) return one.row.on > other.row.on ? -1 : 1;
  return one.row.id > other.row.id ? -1 : 1;
}

/**
 * Which attempt governs (ARCHITECTURE 5, rule 4), first; the others are superseded. One whose create was cut never
 * governs: its address was given to nobody. `isAgreed`: is its money what the shop wants?
 */
export function byGoverning(
  attempts: readonly ReadAttempt[],
  isAgreed: (one: ReadAttempt) => boolean,
): readonly ReadAttempt[] {
  return attempts
    .filter(({ row }) => row.createState === "created" || row.createState === "intended")
    .map((one) => ({ one, rank: rank(one, isAgreed(one)) }))
    .sort(compareRanked)
    .map(({ one }) => one);
}
