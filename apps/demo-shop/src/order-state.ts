import type { Payment } from "@checkout-plugins/core";
import type { Order } from "./orders.ts";

/**
 * What an order is, in the words of buyer and merchant. Derived from the Payment each time and stored nowhere, so it
 * can never disagree with it.
 *
 * - `unpaid`: nothing is paid, the buyer may pay.
 * - `asking`: the buyer has done his part, the answer is not there yet.
 * - `slow`: as `asking`, and it takes hours or days.
 * - `failed`: this try failed, the buyer may pay again.
 * - `checking`: the money is there, but something does not fit; a person looks at it.
 * - `declined`: the money is there, the goods must not go out.
 */
export type OrderState =
  | "unpaid"
  | "asking"
  | "slow"
  | "failed"
  | "authorized"
  | "paid"
  | "refunded"
  | "cancelled"
  | "declined"
  | "checking";

export function toOrderState({ payment }: Pick<Order, "payment">): OrderState {
  if (payment === null) return "unpaid";
  switch (payment.standing) {
    case "open":
      if (payment.abandoned) return "cancelled";
      if (payment.slow) return "slow";
      return payment.state === "processing" ? "asking" : "unpaid";
    case "failed":
      if (payment.abandoned) return "cancelled";
      return hasLeft(payment) ? "unpaid" : "failed";
    case "authorized":
      return "authorized";
    case "paid":
      return payment.refunded.minor > 0 && payment.refunded.minor >= payment.completed.minor ? "refunded" : "paid";
    case "voided":
      return "cancelled";
    case "declined":
      return "declined";
    case "held":
      return "checking";
  }
}

/** Did the buyer leave the payment page on purpose? Nothing went wrong then, and nobody needs to be told that it did. */
export function hasLeft(payment: Payment | null): boolean {
  return payment?.standing === "failed" && payment.failure?.code === "cancelledByBuyer";
}

/** May the buyer be asked to pay? */
export function isPayable(state: OrderState): boolean {
  return state === "unpaid" || state === "failed";
}
