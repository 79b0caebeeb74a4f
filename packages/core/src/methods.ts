import type { SpaceClient } from "@checkout-plugins/client";
import { saveAttempt } from "./attempt-row.ts";
import { listMethods, toBuyerStep, toIntegration } from "./buyer-step.ts";
import { refuse } from "./command-result.ts";
import type {
  CommandResult,
  CoreParts,
  Method,
  Methods,
  MethodsCommand,
  Payment,
  PaymentId,
  Shop,
  ShopId,
  ShopOrder,
} from "./contract/index.ts";
import { type Held, withLease } from "./lease.ts";
import { inOrder, isActive, toHidden, toMethod } from "./payment-methods.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop } from "./shop-space.ts";
import { stateOf } from "./start-decision.ts";

type Listed = CommandResult<"methods">;

const none: Methods = { offered: [], hidden: [] };

function succeed(answer: Methods, payment: Payment | null): Listed {
  return { kind: "successful", answer, payment };
}

/** Whatever the space has set up. One request for each hundred. */
async function listSpace(shop: Shop, command: MethodsCommand, signal: AbortSignal | undefined): Promise<Methods> {
  const language = command.language ?? "en";
  const all = await chooseSpace(shop, command.test).listPaymentMethodConfigurations({ signal });
  const offered = inOrder(all.filter(isActive)).map((one) => toMethod(one, language));
  return { offered, hidden: command.explain ? toHidden(all, offered, null, language) : [] };
}

/** A script's address is read and kept with its methods, so that the start after it has both. */
async function listOffered(
  parts: CoreParts,
  { held, space, attempt }: Extract<Prepared, { kind: "ready" }>,
  command: MethodsCommand,
  language: string,
): Promise<readonly Method[]> {
  const integration = toIntegration(command.integration);
  const wanted = { integration, method: null, language };
  if (integration === "page") return listMethods(space, attempt, wanted, held.signal);
  const step = await toBuyerStep(space, attempt, wanted, held.signal);
  await saveAttempt(parts, held, { ...attempt, step });
  return step.kind === "script" ? step.methods : [];
}

async function explain(
  space: SpaceClient,
  offered: readonly Method[],
  order: ShopOrder,
  language: string,
  signal: AbortSignal,
) {
  const all = await space.listPaymentMethodConfigurations({ signal });
  return toHidden(all, offered, order.total.currency, language);
}

async function listForOrder(
  parts: CoreParts,
  shop: Shop,
  held: Held,
  command: MethodsCommand,
  order: ShopOrder,
): Promise<Listed> {
  const prepared = await prepare(parts, shop, held, { order, test: command.test, terms: null });
  if (prepared.kind === "failed") return prepared;
  const { payment } = prepared;
  if (prepared.kind === "nothingToDo") return succeed(none, payment);
  if (prepared.kind === "wait") return { kind: "pending", operation: null, payment };
  if (stateOf(payment, prepared.attempt) !== "pending") {
    const why = "The buyer is paying already. The service lists methods only before that; lead him back by a start.";
    return refuse("notPossibleNow", order.language, why, payment);
  }
  const language = command.language ?? order.language;
  const offered = await listOffered(parts, prepared, command, language);
  const hidden = command.explain ? await explain(prepared.space, offered, order, language, held.signal) : [];
  return succeed({ offered, hidden }, payment);
}

/**
 * The methods by which this order can be paid, or all of the space without one. The service tells them of a pending
 * transaction only: it is made as a start makes it, and the start that follows uses it.
 *
 * @throws PaymentError as startPayment does.
 */
export async function runMethods(
  parts: CoreParts,
  shopId: ShopId,
  command: MethodsCommand,
  signal?: AbortSignal,
): Promise<Listed> {
  const shop = await findShop(parts.shops, shopId);
  const { order, reference } = command;
  const { store, clock, createId } = parts;
  try {
    if (order === null) return succeed(await listSpace(shop, command, signal), null);
    if (order.total.minor === 0) return succeed(none, null);
    const row = await store.open(createId() as PaymentId, shopId, reference, order.group, clock.now());
    return await withLease(parts, row.id, signal, (held) => listForOrder(parts, shop, held, command, order));
  } catch (error) {
    throw toPaymentError(error);
  } finally {
    parts.wake?.();
  }
}
