import type { Payment, PaymentReference } from "@checkout-plugins/core";
import { hasMoney } from "./medusa-payment.ts";
import type { MedusaSession } from "./medusa-shop.ts";
import type { Provider, Runtime } from "./runtime.ts";

/** What the checkout is told of a payment that has not become an order. */
type Outcome = "failed" | "open" | "processing";

/**
 * Looks once, places the order if it is paid, and answers where the buyer goes; null when there is no such payment. A
 * service or a shop that does not answer now never loses a buyer: he is told that it is being worked on, and the order
 * follows by itself.
 */
export async function bringBack(runtime: Runtime, sessionId: string): Promise<string | null> {
  const before = await runtime.shop.readSession(sessionId);
  const provider = before === null ? undefined : runtime.find(before.providerId);
  if (before === null || provider === undefined) return null;
  const payment = await settle(runtime, provider, sessionId as PaymentReference).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    runtime.logger.warn("return waits", { session: sessionId, why });
    return null;
  });
  const session = (await runtime.shop.readSession(sessionId)) ?? before;
  const country = await findCountry(runtime, session);
  const { order, checkout } = provider.settings.returnTo;
  const { orderId } = session;
  if (orderId !== null && (session.cartId !== null || (payment !== null && hasMoney(payment)))) {
    return fill(order, { order: orderId, country });
  }
  const target = new URL(
    orderId === null ? fill(checkout, { order: "", country }) : fill(order, { order: orderId, country }),
  );
  target.searchParams.set("payment", toOutcome(payment));
  return target.href;
}

async function settle({ core }: Runtime, { id }: Provider, reference: PaymentReference): Promise<Payment | null> {
  const { payment } = await core.runCommand(id, { kind: "return", reference });
  if (payment !== null) await core.show(id, reference);
  return payment;
}

function toOutcome(payment: Payment | null): Outcome {
  if (payment === null || hasMoney(payment)) return "processing";
  return payment.standing === "open" ? "open" : "failed";
}

async function findCountry({ shop }: Runtime, session: MedusaSession): Promise<string> {
  const cart = await shop.readCart(session);
  return (cart?.shipping_address ?? cart?.billing_address)?.country_code?.toLowerCase() ?? "ch";
}

function fill(address: string, values: Readonly<Record<"order" | "country", string>>): string {
  return address.replace(/\{(order|country)\}/g, (_whole, name: "order" | "country") =>
    encodeURIComponent(values[name]),
  );
}
