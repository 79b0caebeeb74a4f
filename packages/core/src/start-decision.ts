import type { AttemptRow, Money, Payment, PaymentState, ShopCapabilities, ShopOrder } from "./contract/index.ts";
import { toFingerprint } from "./fingerprint.ts";
import { hasMoney } from "./transaction-state.ts";

/**
 * What a buyer who wants to pay is given (ARCHITECTURE 5, rule 4: one payment, one payable address).
 *
 * - `nothingToDo`: the money is there.
 * - `lead`: back to the address that he has already.
 * - `update`: the cart or its terms changed and nothing is confirmed; the same transaction is changed.
 * - `begin`: another transaction; what came before is superseded and watched until it is final.
 * - `wait`: stored means are being charged without him, or a terminal asks him; the outcome comes by showing.
 */
export type StartDecision = "nothingToDo" | "lead" | "update" | "begin" | "wait";

export interface WantedStart {
  readonly order: ShopOrder;
  readonly test: boolean;
  /** Digest of the terms. */
  readonly sent: string;
}

export function isSameOrder(attempt: AttemptRow, order: ShopOrder): boolean {
  return toFingerprint(attempt.order) === toFingerprint(order);
}

export function isSameAmount({ order: { total } }: AttemptRow, amount: Money): boolean {
  return total.minor === amount.minor && total.currency === amount.currency;
}

/** As it was recorded; undefined when it was not read yet. */
export function stateOf(payment: Payment | null, attempt: AttemptRow | undefined): PaymentState | undefined {
  if (payment === null) return undefined;
  return [payment.governing, ...payment.superseded].find((one) => one?.id === attempt?.id)?.state;
}

export function decideStart(
  payment: Payment | null,
  newest: AttemptRow | undefined,
  wanted: WantedStart,
  retries: ShopCapabilities["retries"],
): StartDecision {
  if (payment === null || newest === undefined) return "begin";
  if (payment.governing !== null && hasMoney(payment.governing.state)) return "nothingToDo";
  const state = stateOf(payment, newest);
  switch (state) {
    case undefined:
    case "created":
      return "begin";
    case "pending":
    case "confirmed":
    case "processing":
      return decideOpen(state, newest, wanted);
    case "failed":
    case "voided":
      return retries === "sameReference" ? "begin" : "lead";
    default:
      return "nothingToDo";
  }
}

/** May a terminal still ask for it, as far as anybody waits? */
export function isAtTerminal({ terminal }: Pick<AttemptRow, "terminal">): boolean {
  return terminal?.state === "asked";
}

function decideOpen(
  state: "pending" | "confirmed" | "processing",
  newest: AttemptRow,
  { order, test, sent }: WantedStart,
): StartDecision {
  if (newest.charge !== null) return "wait";
  if (newest.terminal !== undefined) return isAtTerminal(newest) ? "wait" : "begin";
  // Test money must not pay what is now wanted live, nor the other way round.
  if (newest.environment !== (test ? "test" : "live")) return "begin";
  if (state !== "pending") return isSameAmount(newest, order.total) ? "lead" : "begin";
  return newest.sent === sent && isSameOrder(newest, order) ? "lead" : "update";
}
