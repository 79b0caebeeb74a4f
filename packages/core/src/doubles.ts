import { keepsMoney, type ReadAttempt } from "./attempt.ts";
import type { Attempt, Finding, Payment } from "./contract/index.ts";
import { attemptFindingKey } from "./finding-keys.ts";
import { compare, toDecimal, toMoney } from "./money.ts";
import { hasMoney } from "./transaction-state.ts";

/** Money that is there to stay: not given back, not about to be, and not held because something is wrong with it. */
function isPaidBy(sibling: Payment): boolean {
  if (sibling.abandoned || sibling.standing === "held") return false;
  return sibling.standing === "authorized" || compare(sibling.refunded, sibling.completed) < 0;
}

/** Does this other payment of the order have money from before this attempt, so that this attempt is the double? */
function governsOver(other: Payment, self: Payment["id"], attempt: Attempt): boolean {
  const { governing } = other;
  if (other.id === self || governing === null || !hasMoney(governing.state) || !isPaidBy(other)) return false;
  const [mine, theirs] = [attempt.authorizedOn ?? "", governing.authorizedOn ?? ""];
  return theirs < mine || (theirs === mine && other.id < self);
}

/**
 * Other payments of the order that are judged otherwise because of this one: they are the second ones and do not know, or
 * were taken for it although this one is not paid. A final payment is not looked at by itself, so it must be told.
 */
export function findAffected(payment: Payment, siblings: readonly Payment[]): readonly Attempt[] {
  return siblings.flatMap(({ id, governing, findings, abandoned }) => {
    if (id === payment.id || abandoned || governing === null || !hasMoney(governing.state)) return [];
    const isDouble = governsOver(payment, id, governing);
    const isFound = findings.some(({ kind }) => kind === "doublePayment");
    return isDouble === isFound || (isFound && isPaidBy(payment)) ? [] : [governing];
  });
}

/** Attempts whose money the buyer should not have paid: a second one of this payment or of this order, or abandoned. */
export function findUnwanted(
  self: Payment["id"],
  ordered: readonly ReadAttempt[],
  siblings: readonly Payment[],
  abandoned: boolean,
): readonly ReadAttempt[] {
  const paying = ordered.filter(keepsMoney);
  if (abandoned) return paying;
  const [first, ...others] = paying;
  if (first === undefined) return [];
  return siblings.some((sibling) => governsOver(sibling, self, first.attempt)) ? paying : others;
}

/** Money that came although the shop had given the payment up: it is given back, and whoever looks should know. */
export function toAbandonedFinding({ row, snapshot }: ReadAttempt): Finding {
  const amount = toMoney(snapshot?.authorizationAmount ?? "0", snapshot?.currency ?? row.order.total.currency);
  return {
    key: attemptFindingKey("paidThoughAbandoned", row.id),
    kind: "paidThoughAbandoned",
    detail: `The shop had given this payment up, and the buyer paid ${amount.currency} ${toDecimal(amount)} all the same. Transaction ${row.transaction} is to be given back. Do not ship; if this stays, refund it in the back office.`,
    amount,
  };
}

export function toDoubleFinding({ row, snapshot }: ReadAttempt): Finding {
  const amount = toMoney(snapshot?.authorizationAmount ?? "0", snapshot?.currency ?? row.order.total.currency);
  return {
    key: attemptFindingKey("doublePayment", row.id),
    kind: "doublePayment",
    detail: `The buyer paid this order more than once. Transaction ${row.transaction} over ${amount.currency} ${toDecimal(amount)} is the one too many and is to be given back.`,
    amount,
  };
}
