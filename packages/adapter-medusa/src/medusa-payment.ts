import type { BuyerStep, Payment, Standing } from "@checkout-plugins/core";
import type { PaymentSessionStatus } from "@medusajs/framework/types";

/**
 * What a Medusa session says of a standing.
 *
 * `held` and `declined` mean that there is money which must not count: `pending` neither places an order nor asks the
 * buyer to pay again, as `requires_more` would; a person decides.
 */
const statuses = {
  open: "requires_more",
  authorized: "authorized",
  paid: "captured",
  failed: "error",
  voided: "canceled",
  declined: "pending",
  held: "pending",
} as const satisfies Record<Standing, PaymentSessionStatus>;

export function toSessionStatus(payment: Pick<Payment, "standing" | "slow"> | null): PaymentSessionStatus {
  if (payment === null) return "pending";
  return payment.standing === "open" && payment.slow ? "pending_authorization" : statuses[payment.standing];
}

/** Is there money of the buyer's, whether or not it may count? */
export function hasMoney({ standing }: Pick<Payment, "standing">): boolean {
  return standing === "authorized" || standing === "paid" || standing === "declined" || standing === "held";
}

/**
 * All that a session keeps, and so all that a browser is told: Medusa hands `data` to the storefront. Nothing that is
 * read from it is believed but the session's id, and that only after Medusa named the session itself.
 */
export interface SessionData extends Record<string, unknown> {
  readonly session_id: string;
  /** Where the buyer pays; null once there is nothing to pay. */
  readonly url: string | null;
}

export function toSessionData(sessionId: string, step: BuyerStep | null): SessionData {
  return { session_id: sessionId, url: step === null || step.kind === "nothingToDo" ? null : step.url };
}

/** The same fields of what Medusa kept: whatever else it kept came from a browser. */
export function keepSessionData(data: Readonly<Record<string, unknown>> | undefined): SessionData {
  const { session_id, url } = data ?? {};
  return { session_id: String(session_id ?? ""), url: typeof url === "string" ? url : null };
}
