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
      storedMeans: true,
      terminals: false,
      slow: true,
      retries: "sameReference",
      enters: { completion: true, void: true, refund: true },
    },
    async showPayment(payment, _receipt, signal) {
      showing.add(payment.reference);
      const shown = show({ shop, now, signal }, payment).finally(() => showing.delete(payment.reference));
      return Promise.race([shown, untilAborted(signal)]);
    },
  };
}

interface ShowParts extends Omit<AdapterParts, "showing"> {
  /** Medusa's own methods take none: what is begun ends, and nothing after it begins. */
  readonly signal: AbortSignal;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function show({ shop, now, signal }: ShowParts, payment: Payment): Promise<Shown<Json>> {
  const found = await shop.readSession(payment.reference);
  signal.throwIfAborted();
  if (found === null) return showWithoutSession(payment);
  if (isLost(payment)) await cancelOrder(shop, found);
  if (await isClosed(shop, found, payment)) return refuseClosed(found);
  const placed = await placeOrder(shop, found, payment);
  signal.throwIfAborted();
  const session = await givePayment(shop, placed, payment);
  signal.throwIfAborted();
  if (session.payment === null) return { kind: "shown", receipt: null };
  const given = placed.payment === null ? session.payment.captures.map(({ id }) => id) : [];
  const isWhole = await enterOperations({ shop, session, payment, given, now: now(), signal });
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

function isLost({ standing }: Payment): boolean {
  return standing === "failed" || standing === "voided";
}

/** Of an order that was placed before its payment was certain, which now never comes: its goods are for others. */
async function cancelOrder(shop: MedusaShop, { cartId, orderId, collectionId, payment }: MedusaSession): Promise<void> {
  // An order without a cart was made by a person, who decides.
  if (cartId === null || orderId === null || payment !== null) return;
  const { sessions = [] } = (await shop.readCollection(collectionId)) ?? {};
  if (sessions.length > 1 || (await isCanceled(shop, orderId))) return;
  await shop.run("cancel-order", { order_id: orderId });
}

async function isCanceled(shop: MedusaShop, orderId: string): Promise<boolean> {
  const { status } = await shop.orders.retrieveOrder(orderId, { select: ["id", "status"] });
  return status === "canceled";
}

/** A person canceled the order while its buyer was paying. */
async function isClosed(shop: MedusaShop, session: MedusaSession, payment: Payment): Promise<boolean> {
  if (session.orderId === null || session.payment !== null || !isCertain(payment)) return false;
  return isCanceled(shop, session.orderId);
}

function refuseClosed({ orderId }: MedusaSession): Shown<Json> {
  return {
    kind: "refused",
    receipt: null,
    reason: "orderClosed",
    detail: `Order ${orderId} was canceled in Medusa before its payment came. Refund the payment in the back office.`,
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
    if (now !== null && now.orderId !== null) return finishPlacing(shop, now, payment);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PaymentError("shopUnavailable", `Medusa cannot place the order of cart ${session.cartId}: ${why}`, {
      retryable: true,
      cause,
    });
  }
  return finishPlacing(shop, await reread(shop, session), payment);
}

/**
 * A Medusa that dies while it places an order leaves one that its cart may not know, and that nobody hears of: its events
 * are sent when the workflow ends. Emitted before the payment is given, so that a crash repeats it and does not lose it.
 */
async function finishPlacing(shop: MedusaShop, session: MedusaSession, payment: Payment): Promise<MedusaSession> {
  const { cartId, orderId, status } = session;
  const isBegun = session.payment === null && isCertain(payment) && status !== "pending_authorization";
  if (cartId === null || orderId === null || !isBegun) return session;
  await shop.linkCart(cartId, orderId);
  await shop.emit("order.placed", orderId);
  return session;
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
