import { saveAttempt } from "./attempt-row.ts";
import { toBuyerStep, toIntegration } from "./buyer-step.ts";
import { refuseFailed } from "./command-result.ts";
import type {
  BuyerStep,
  CommandResult,
  CoreParts,
  Payment,
  PaymentId,
  Shop,
  ShopId,
  StartCommand,
} from "./contract/index.ts";
import { type Held, withLease } from "./lease.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { toPaymentError } from "./service-fault.ts";
import { findShop } from "./shop-space.ts";
import { isSameAmount, stateOf } from "./start-decision.ts";

type Started = CommandResult<"start">;

function succeed(answer: BuyerStep, payment: Payment | null): Started {
  return { kind: "successful", answer, payment };
}

/** The buyer's address of an attempt, kept with it: a script while it is pending, the page of the same transaction later. */
async function lead(
  parts: CoreParts,
  { held, space, attempt, payment }: Extract<Prepared, { kind: "ready" }>,
  command: StartCommand,
): Promise<Started> {
  const { method, order } = command;
  const integration = toIntegration(command.integration);
  const state = stateOf(payment, attempt);
  if (state === "failed" || state === "voided") {
    // The same again is answered the same; another amount is no answer to what failed.
    if (attempt.step !== null && isSameAmount(attempt, order.total)) return succeed(attempt.step, payment);
    return refuseFailed(order.language, payment);
  }
  const wanted = { integration: state === "pending" ? integration : "page", method, language: order.language } as const;
  const step = await toBuyerStep(space, attempt, wanted, held.signal);
  await saveAttempt(parts, held, { ...attempt, step });
  return succeed(step, payment);
}

async function start(parts: CoreParts, shop: Shop, held: Held, command: StartCommand): Promise<Started> {
  const { order, test } = command;
  const prepared = await prepare(parts, shop, held, { order, test, terms: command });
  switch (prepared.kind) {
    case "ready":
      return lead(parts, prepared, command);
    case "nothingToDo":
      return succeed({ kind: "nothingToDo" }, prepared.payment);
    case "wait":
      return { kind: "pending", operation: null, payment: prepared.payment };
    case "failed":
      return prepared;
  }
}

/**
 * Where the buyer goes to pay this order: two requests for the first time, three with a script, one more when he comes
 * back.
 *
 * @throws PaymentError: `invalidOrder`, `notConfigured`, `credentials`, `permission`, `spaceNotFound`,
 * `serviceRefused`, `serviceUnavailable`, `busy`; each with what to do, and nothing is lost by it.
 */
export async function startPayment(
  parts: CoreParts,
  shopId: ShopId,
  command: StartCommand,
  signal?: AbortSignal,
): Promise<Started> {
  const shop = await findShop(parts.shops, shopId);
  if (command.order.total.minor === 0) return succeed({ kind: "nothingToDo" }, null);
  const { store, clock, createId } = parts;
  const row = await store.open(createId() as PaymentId, shopId, command.reference, command.order.group, clock.now());
  try {
    return await withLease(parts, row.id, signal, (held) => start(parts, shop, held, command));
  } catch (error) {
    throw toPaymentError(error);
  } finally {
    parts.wake?.();
  }
}
