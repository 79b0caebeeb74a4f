/** How a payment came back that has not become an order; in the address as `payment=…`. */
export type PaymentOutcome =
  /** The buyer gave up, or the payment was refused: let him choose again. */
  | "failed"
  /** He came back without paying: let him go on. */
  | "open"
  /** He has paid, the order follows by itself: tell him so, and never ask him to pay again. */
  | "processing";

/** What the address of the checkout says of the payment the buyer comes back from. */
export function readPaymentOutcome(query: URLSearchParams): PaymentOutcome | null {
  const outcome = query.get("payment");
  return outcome === "failed" || outcome === "open" || outcome === "processing" ? outcome : null;
}
