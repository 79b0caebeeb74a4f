import { type Json, type Payment, PaymentError, type ShopAdapter, type Shown } from "@checkout-plugins/core";
import { enterOperations, patience } from "./enter-operations.ts";
import { hasMoney } from "./medusa-payment.ts";
import type { MedusaSession, MedusaShop } from "./medusa-shop.ts";

/** The references that are being shown in this process: Medusa calls our provider back while we show. */
export type Showing = Set<string>;

export interface AdapterParts {
  readonly shop: MedusaShop;
  readonly showing: Showing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Makes Medusa show a payment: places the order, gives it its payment, and enters what was done elsewhere. Core shows one
 * payment at a time and repeats until it succeeded, so each step looks first whether it is done.
 */
export function createMedusaAdapter({ shop, showing, now }: AdapterParts): ShopAdapter {
  return {
    contractVersion: 1,
    platform: "medusa",
    capabilities: {
      completion: "many",
      refund: "amount",
      review: true,
      storedMeans: false,
      slow: true,
      retries: "sameReference",
      enters: { completion: true, void: true, refund: true },
    },
    async showPayment(payment) {
      showing.add(payment.reference);
      try {
        return await show(shop, payment, now);
      } finally {
        showing.delete(payment.reference);
      }
    },
  };
}

async function show(shop: MedusaShop, payment: Payment, now: AdapterParts["now"]): Promise<Shown<Json>> {
  const found = await shop.readSession(payment.reference);
  if (found === null) return showWithoutSession(payment);
  const placed = await placeOrder(shop, found, payment);
  const session = await givePayment(shop, placed, payment);
  if (session.payment === null) return { kind: "shown", receipt: null };
  const given = placed.payment === null ? session.payment.captures.map(({ id }) => id) : [];
  const isWhole = await enterOperations({ shop, session, payment, given, now: now() });
  return isWhole ? { kind: "shown", receipt: null } : { kind: "notReady", retryAfter: patience };
}

/** Medusa deletes a session when the cart changes or another provider is chosen. */
function showWithoutSession(payment: Payment): Shown<Json> {
  if (!hasMoney(payment) || payment.abandoned) return { kind: "shown", receipt: null };
  return {
    kind: "refused",
    receipt: null,
    reason: "orderGone",
    detail: `Medusa has deleted the payment session ${payment.reference}, but the buyer has paid it. Refund the payment, or place the order by hand.`,
  };
}

function isCertain({ standing }: Payment): boolean {
  return standing === "authorized" || standing === "paid";
}

/**
 * A paid cart becomes an order, whether or not the buyer comes back to ask for it. Medusa's own workflow locks the cart,
 * so that nobody else completes it meanwhile; for a completed cart it does nothing.
 */
async function placeOrder(shop: MedusaShop, session: MedusaSession, payment: Payment): Promise<MedusaSession> {
  const isDue = isCertain(payment) ? session.payment === null : payment.slow && session.orderId === null;
  if (session.cartId === null || !isDue) return session;
  try {
    await shop.run("complete-cart", { id: session.cartId });
  } catch (cause) {
    const now = await shop.readSession(session.id);
    if (now !== null && now.orderId !== null) return now;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PaymentError("shopUnavailable", `Medusa cannot place the order of cart ${session.cartId}: ${why}`, {
      retryable: true,
      cause,
    });
  }
  return reread(shop, session);
}

/** An order that was placed before its payment was certain, or that owes more, has none yet. */
async function givePayment(shop: MedusaShop, session: MedusaSession, payment: Payment): Promise<MedusaSession> {
  if (session.payment !== null || !isCertain(payment)) return session;
  await shop.payments.authorizePaymentSession(session.id, {});
  return reread(shop, session);
}

async function reread(shop: MedusaShop, session: MedusaSession): Promise<MedusaSession> {
  return (await shop.readSession(session.id)) ?? session;
}
