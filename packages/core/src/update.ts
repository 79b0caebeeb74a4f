import { createdAttempts } from "./attempt-row.ts";
import { updateAttempt } from "./attempt-update.ts";
import { refuse } from "./command-result.ts";
import type { CommandResult, CoreParts, Payment, Shop, ShopId, UpdateCommand } from "./contract/index.ts";
import { type Held, withLease } from "./lease.ts";
import { toPaymentError } from "./service-fault.ts";
import { findShop, findSpace } from "./shop-space.ts";
import { isSameOrder, stateOf } from "./start-decision.ts";
import { toTransactionContent } from "./transaction-body.ts";

/** Of an attempt whose terms at the service are not known: unlike every digest, so that a start sends them again. */
const unknownTerms = "?";

async function update(
  parts: CoreParts,
  shop: Shop,
  held: Held,
  order: UpdateCommand["order"],
): Promise<Payment | null> {
  const { payment } = held.lease.row;
  const newest = createdAttempts(held.lease).at(-1);
  if (newest === undefined || newest.charge !== null || stateOf(payment, newest) !== "pending") return payment;
  if (newest.sent !== null && isSameOrder(newest, order)) return payment;
  const space = findSpace(shop, newest.space);
  const change = {
    order,
    content: toTransactionContent(order),
    sent: newest.sent ?? unknownTerms,
    narrows: false,
  };
  return (await updateAttempt(parts, shop, space, held, newest, change)).payment;
}

/**
 * The cart changed before the buyer confirmed: one request, none when it is the same. What is no longer pending stays as
 * it is, and the next start decides.
 *
 * @throws PaymentError as startPayment does.
 */
export async function runUpdate(
  parts: CoreParts,
  shopId: ShopId,
  { reference, order }: UpdateCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"update">> {
  const row = await parts.store.read(shopId, reference);
  if (row === null) {
    const why = `There is no payment "${reference}" in this shop. Start it first.`;
    return refuse("unknownPayment", order.language, why);
  }
  const shop = await findShop(parts.shops, shopId);
  try {
    const payment = await withLease(parts, row.id, signal, (held) => update(parts, shop, held, order));
    return { kind: "successful", answer: null, payment };
  } catch (error) {
    throw toPaymentError(error);
  } finally {
    parts.wake?.();
  }
}
