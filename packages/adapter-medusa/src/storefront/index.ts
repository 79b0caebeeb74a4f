/** A payment session as the Store API gives it. */
export interface StoreSession {
  readonly provider_id: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
}

/** How a payment came back that has not become an order; in the address as `payment=…`. */
export type PaymentOutcome =
  /** The buyer gave up, or the payment was refused: let him choose again. */
  | "failed"
  /** He came back without paying: let him go on. */
  | "open"
  /** He has paid, the order follows by itself: tell him so, and never ask him to pay again. */
  | "processing";

export function isPostFinanceCheckout(providerId: string | undefined): boolean {
  return providerId === "pp_postfinance-checkout" || providerId?.startsWith("pp_postfinance-checkout_") === true;
}

/** Where the buyer pays: send the browser there. null: another provider's session, or nothing is to be paid. */
export function findPaymentUrl(session: StoreSession | undefined): string | null {
  if (session === undefined || !isPostFinanceCheckout(session.provider_id)) return null;
  const url = session.data?.url;
  return typeof url === "string" ? url : null;
}

/** What the address of the checkout says of the payment the buyer comes back from. */
export function readPaymentOutcome(query: URLSearchParams): PaymentOutcome | null {
  const outcome = query.get("payment");
  return outcome === "failed" || outcome === "open" || outcome === "processing" ? outcome : null;
}
