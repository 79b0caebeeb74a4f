import type { SpaceClient } from "@checkout-plugins/client";
import { beginAttempt } from "./attempt-create.ts";
import { closeIntended, createdAttempts } from "./attempt-row.ts";
import type {
  AttemptId,
  ChargeCommand,
  CommandResult,
  CoreParts,
  Failure,
  FailureCode,
  Payment,
  PaymentId,
  Shop,
  ShopId,
} from "./contract/index.ts";
import { isPaymentError } from "./errors.ts";
import { refusal } from "./failure.ts";
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

function refused(command: ChargeCommand, code: FailureCode, why: string, payment: Payment | null): Charged {
  return { kind: "failed", failure: refusal(code, command.order.language, why), payment };
}

/** What came of this charge, as far as it is recorded. */
function toResult(command: ChargeCommand, id: AttemptId, payment: Payment | null): Charged {
  const attempts = payment === null ? [] : [payment.governing, ...payment.superseded];
  const attempt = attempts.find((one) => one?.id === id);
  if (attempt == null) return { kind: "pending", operation: null, payment };
  if (hasMoney(attempt.state)) return { kind: "successful", answer: null, payment };
  if (attempt.state === "voided") {
    return refused(command, "notPossibleNow", "It was charged, and given back before it was taken.", payment);
  }
  if (attempt.state !== "failed") return { kind: "pending", operation: null, payment };
  const failure: Failure = attempt.failure ?? refusal("declined", command.order.language, "No reason is known.");
  return { kind: "failed", failure, payment };
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
  const newest = createdAttempts(held.lease).at(-1);
  const state = stateOf(payment, newest);
  if (payment?.governing && hasMoney(payment.governing.state)) {
    return refused(
      command,
      "notPossibleNow",
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
    return refused(command, "oneStillOpen", why, payment);
  }
  if (state === "failed" && shop.adapter.capabilities.retries === "newReference") {
    return refused(command, "notPossibleNow", "This payment failed and is final. Use another reference.", payment);
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
    const why = "This payment was given up by the shop. Charge under a new reference.";
    return refused(command, "notPossibleNow", why, held.lease.row.payment);
  }
  if (createdAttempts(held.lease).length > 0) held = (await look(parts, shop, held, "asked"))?.held ?? held;
  const obstacle = findObstacle(shop, held, command);
  if (obstacle !== null) return obstacle;
  const space = chooseSpace(shop, test);
  const why = await checkMeans(space, command, held.signal);
  if (why !== null) return refused(command, "unknownMeans", why, held.lease.row.payment);
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
