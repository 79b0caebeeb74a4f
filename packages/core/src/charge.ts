import type { SpaceClient } from "@checkout-plugins/client";
import { beginAttempt } from "./attempt-create.ts";
import { closeIntended, createdAttempts } from "./attempt-row.ts";
import { refuse, refuseFailed, refuseGivenUp, toAttemptResult } from "./command-result.ts";
import type {
  AttemptId,
  ChargeCommand,
  CommandResult,
  CoreParts,
  Payment,
  PaymentId,
  Shop,
  ShopId,
} from "./contract/index.ts";
import { isPaymentError } from "./errors.ts";
import { type Held, withLease } from "./lease.ts";
import { look } from "./look.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop } from "./shop-space.ts";
import { isAtTerminal, stateOf } from "./start-decision.ts";
import { readMeans } from "./stored-means.ts";
import { openTerms } from "./terms.ts";
import { toChargeCreate } from "./transaction-body.ts";
import { hasMoney } from "./transaction-state.ts";

type Charged = CommandResult<"charge">;

/** What came of this charge, as far as it is recorded. */
function toResult(command: ChargeCommand, id: AttemptId, payment: Payment | null): Charged {
  return toAttemptResult(id, payment, command.order.language, {
    givenBack: "It was charged, and given back before it was taken.",
    noReason: "No reason is known.",
  });
}

/** Processes it and reads it. What cannot be known now is pending: the next look goes on, and showing brings it. */
async function finish(parts: CoreParts, shop: Shop, held: Held, command: ChargeCommand, id: AttemptId) {
  try {
    const looked = await look(parts, shop, held, "asked");
    return toResult(command, id, looked?.payment ?? null);
  } catch (error) {
    if (!isPaymentError(error) || error.code === "leaseLost") throw error;
    parts.logger.warn("charge waits", { payment: held.lease.row.id, why: error.message });
    return toResult(command, id, held.lease.row.payment);
  }
}

/** Why this charge must not begin; null when it may. */
function findObstacle(shop: Shop, held: Held, command: ChargeCommand): Charged | null {
  const { payment } = held.lease.row;
  const { language } = command.order;
  const newest = createdAttempts(held.lease).at(-1);
  const state = stateOf(payment, newest);
  if (payment?.governing && hasMoney(payment.governing.state)) {
    return refuse(
      "notPossibleNow",
      language,
      "This payment has its money already. Owe more under another reference.",
      payment,
    );
  }
  const isAsked = newest !== undefined && isAtTerminal(newest);
  if (
    ((newest?.charge || isAsked) && state !== "failed" && state !== "voided") ||
    state === "confirmed" ||
    state === "processing"
  ) {
    const why = "Another charge of this payment, or the buyer himself, is at it. Wait for its outcome.";
    return refuse("oneStillOpen", language, why, payment);
  }
  if (state === "failed" && shop.adapter.capabilities.retries === "newReference") {
    return refuseFailed(language, payment);
  }
  return null;
}

/** Nobody is charged for another one: the means must be the customer's whom the order names. */
async function checkMeans(space: SpaceClient, command: ChargeCommand, signal: AbortSignal): Promise<string | null> {
  const { customer } = command.order;
  if (customer.id === null) return "The order names no customer, so nobody's stored means can be charged.";
  const means = await readMeans(space, command.means, customer.id, signal);
  if (means === "gone" || means === "notTheirs")
    return `The customer "${customer.id}" has no stored means ${command.means}.`;
  return means.state === "ACTIVE" ? null : `The stored means ${command.means} are no longer active.`;
}

async function charge(parts: CoreParts, shop: Shop, given: Held, command: ChargeCommand): Promise<Charged> {
  let held = await closeIntended(parts, given);
  const { order, shopKey, test } = command;
  const known = createdAttempts(held.lease).find((one) => one.charge?.shopKey === shopKey);
  if (known !== undefined) return finish(parts, shop, held, command, known.id);
  if (held.lease.row.abandoned) {
    return refuseGivenUp(order.language, held.lease.row.payment);
  }
  if (createdAttempts(held.lease).length > 0) held = (await look(parts, shop, held, "asked"))?.held ?? held;
  const obstacle = findObstacle(shop, held, command);
  if (obstacle !== null) return obstacle;
  const space = chooseSpace(shop, test);
  const why = await checkMeans(space, command, held.signal);
  if (why !== null) return refuse("unknownMeans", order.language, why, held.lease.row.payment);
  const begun = await beginAttempt(parts, shop, held, {
    space,
    order,
    test,
    sent: openTerms,
    charge: { shopKey, refusal: null },
    toBody: (marks) => toChargeCreate(command, marks),
  });
  return finish(parts, shop, begun.held, command, begun.attempt.id);
}

/**
 * Charges stored means without the buyer: three requests (the means, create, process). Its attempt is written before
 * each; a create that was cut was never processed, so another is made; a process that was cut is read, and sent again
 * only while nothing was processed.
 *
 * @throws PaymentError as startPayment does; nothing was charged then.
 */
export async function runCharge(
  parts: CoreParts,
  shopId: ShopId,
  command: ChargeCommand,
  signal?: AbortSignal,
): Promise<Charged> {
  const shop = await findShop(parts.shops, shopId);
  const { order, reference } = command;
  if (order.total.minor === 0) return { kind: "successful", answer: null, payment: null };
  const { store, clock, createId } = parts;
  const row = await store.open(createId() as PaymentId, shopId, reference, order.group, clock.now());
  try {
    return await withLease(parts, row.id, signal, (held) => charge(parts, shop, held, command));
  } catch (error) {
    throw toPaymentError(error);
  } finally {
    parts.wake?.();
  }
}
