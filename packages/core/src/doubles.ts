import { keepsMoney, type ReadAttempt } from "./attempt.ts";
import type { Finding, Payment } from "./contract/index.ts";
import { attemptFindingKey } from "./finding-keys.ts";
import { compare, toDecimal, toMoney } from "./money.ts";
import { hasMoney } from "./transaction-state.ts";

/** Money that is there to stay: not given back, not about to be, and not held because something is wrong with it. */
function isPaidBy(sibling: Payment): boolean {
  if (sibling.abandoned || sibling.standing === "held") return false;
  return sibling.standing === "authorized" || compare(sibling.refunded, sibling.completed) < 0;
}

/** Another payment of the same order that took money before this attempt did, so that this attempt is the double. */
function governsOver(sibling: Payment, one: ReadAttempt, self: Payment["id"]): boolean {
  const other = sibling.governing;
  if (sibling.id === self || other === null || !hasMoney(other.state) || !isPaidBy(sibling)) return false;
  const [mine, theirs] = [one.attempt.authorizedOn ?? "", other.authorizedOn ?? ""];
  return theirs < mine || (theirs === mine && sibling.id < self);
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
  return siblings.some((sibling) => governsOver(sibling, first, self)) ? paying : others;
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
