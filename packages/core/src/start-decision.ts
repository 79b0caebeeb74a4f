import type { AttemptRow, Money, Payment, ShopCapabilities, ShopOrder } from "./contract/index.ts";
import { toFingerprint } from "./fingerprint.ts";
import { hasMoney } from "./transaction-state.ts";

/**
 * What a buyer who wants to pay is given (ARCHITECTURE 5, rule 4: one payment, one payable address).
 *
 * - `nothingToDo`: the money is there.
 * - `lead`: back to the address that he has already.
 * - `update`: the cart changed and nothing is confirmed; the same transaction is changed.
 * - `begin`: another transaction; what came before is superseded and watched until it is final.
 */
export type StartDecision = "nothingToDo" | "lead" | "update" | "begin";

function isSameOrder(attempt: AttemptRow, order: ShopOrder): boolean {
  return toFingerprint(attempt.order) === toFingerprint(order);
}

export function isSameAmount({ order: { total } }: AttemptRow, amount: Money): boolean {
  return total.minor === amount.minor && total.currency === amount.currency;
}

export function decideStart(
  payment: Payment | null,
  newest: AttemptRow | undefined,
  order: ShopOrder,
  retries: ShopCapabilities["retries"],
): StartDecision {
  if (payment === null || newest === undefined) return "begin";
  if (payment.governing !== null && hasMoney(payment.governing.state)) return "nothingToDo";
  const attempt = [payment.governing, ...payment.superseded].find((one) => one?.id === newest.id);
  switch (attempt?.state) {
    case undefined:
    case "created":
      return "begin";
    case "pending":
      return isSameOrder(newest, order) ? "lead" : "update";
    case "confirmed":
    case "processing":
      return isSameAmount(newest, order.total) ? "lead" : "begin";
    case "failed":
    case "voided":
      return retries === "sameReference" ? "begin" : "lead";
    default:
      return "nothingToDo";
  }
}
