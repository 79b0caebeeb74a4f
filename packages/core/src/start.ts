import { isOutcomeUnknown, isServiceError, type SpaceClient, type Transaction } from "@checkout-plugins/client";
import type {
  AttemptId,
  AttemptRow,
  BuyerStep,
  CommandResult,
  CoreParts,
  Payment,
  PaymentId,
  Shop,
  ShopId,
  StartCommand,
  Url,
} from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { refusal, toBuyerMessage } from "./failure.ts";
import { type Held, mustHold, withLease } from "./lease.ts";
import { look, recordReading } from "./look.ts";
import { toMoney } from "./money.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop, findSpace } from "./shop-space.ts";
import { toTransactionRow } from "./snapshot.ts";
import { decideStart, isSameAmount } from "./start-decision.ts";
import { toTransactionContent, toTransactionCreate } from "./transaction-body.ts";

/** Two, because the first may be cut and nobody has its address. */
const creations = 2;
const updates = 3;

type Started = CommandResult<"start">;

function succeed(answer: BuyerStep, payment: Payment | null): Started {
  return { kind: "successful", answer, payment };
}

async function readStep(
  space: SpaceClient,
  attempt: AttemptRow,
  command: StartCommand,
  signal: AbortSignal,
): Promise<BuyerStep> {
  if (attempt.transaction === null)
    throw new PaymentError("unknownPayment", `Attempt ${attempt.id} has no transaction`);
  const address = new URL(await space.readPaymentPageUrl(attempt.transaction, { signal }));
  if (command.method !== null) address.searchParams.set("paymentMethodConfigurationId", command.method);
  return { kind: "redirect", url: address.href as Url };
}

/** The lease as it stands after a write of ours. */
async function reread(parts: CoreParts, held: Held, attempts: readonly AttemptRow[]): Promise<Held> {
  const row = await parts.store.read(held.lease.row.shop, held.lease.row.reference);
  return {
    ...held,
    lease: { ...held.lease, attempts, row: { ...(row ?? held.lease.row), hintCount: held.lease.row.hintCount } },
  };
}

function replace(attempts: readonly AttemptRow[], attempt: AttemptRow): readonly AttemptRow[] {
  return [...attempts.filter(({ id }) => id !== attempt.id), attempt];
}

/** One whose creator died before it could say what came of it: its address was given to nobody. */
async function closeIntended(parts: CoreParts, held: Held): Promise<Held> {
  let { attempts } = held.lease;
  for (const attempt of attempts.filter(({ createState }) => createState === "intended")) {
    const cut: AttemptRow = { ...attempt, createState: "cut" };
    mustHold(await parts.store.saveAttempt(held.lease, cut), held.lease.row);
    attempts = replace(attempts, cut);
  }
  return { ...held, lease: { ...held.lease, attempts } };
}

/** Writes the intent, then creates; null when the answer was cut, so that nobody will ever have its address. */
async function create(
  parts: CoreParts,
  space: SpaceClient,
  held: Held,
  command: StartCommand,
): Promise<{ readonly attempt: AttemptRow; readonly transaction: Transaction | null }> {
  const { store, clock, logger } = parts;
  const { lease, signal } = held;
  const intended: AttemptRow = {
    id: parts.createId() as AttemptId,
    space: space.space,
    environment: command.test ? "test" : "live",
    transaction: null,
    order: command.order,
    createState: "intended",
    step: null,
    on: clock.now(),
  };
  const body = toTransactionCreate(command, lease.row.id, intended.id);
  mustHold(await store.saveAttempt(lease, intended), lease.row);
  try {
    const transaction = await space.createTransaction(body, { signal });
    const attempt: AttemptRow = { ...intended, transaction: transaction.id, createState: "created" };
    mustHold(await store.saveAttempt(lease, attempt), lease.row);
    return { attempt, transaction };
  } catch (error) {
    const isCut = isOutcomeUnknown(error) || !isServiceError(error);
    const attempt: AttemptRow = { ...intended, createState: isCut ? "cut" : "refused" };
    mustHold(await store.saveAttempt(lease, attempt), lease.row);
    if (!isOutcomeUnknown(error) || signal.aborted) throw toPaymentError(error);
    logger.warn("create was cut", { payment: lease.row.id, attempt: attempt.id });
    return { attempt, transaction: null };
  }
}

/** Another transaction and its address: two requests. */
async function begin(parts: CoreParts, shop: Shop, given: Held, command: StartCommand): Promise<Started> {
  const space = chooseSpace(shop, command.test);
  let held = given;
  for (let tried = 1; tried <= creations; tried += 1) {
    const { attempt, transaction } = await create(parts, space, held, command);
    held = await reread(parts, held, replace(held.lease.attempts, attempt));
    if (transaction === null) continue;
    const { row } = toTransactionRow(undefined, transaction);
    const reading = { entities: [...held.lease.entities, row], stale: false };
    const payment = await recordReading(parts, shop, held.lease, reading, true);
    return lead(parts, space, held, attempt, command, payment);
  }
  throw unanswered(command, "create the transaction");
}

function unanswered(command: StartCommand, what: string): PaymentError {
  const message = `The service did not answer when asked to ${what}. Nothing was charged; try again.`;
  const publicMessage = toBuyerMessage("temporary", command.order.language);
  return new PaymentError("serviceUnavailable", message, { retryable: true, publicMessage });
}

/** The buyer's address of an attempt: the stored one, or a new one where another kind is wanted. */
async function lead(
  parts: CoreParts,
  space: SpaceClient,
  held: Held,
  attempt: AttemptRow,
  command: StartCommand,
  payment: Payment,
): Promise<Started> {
  if (attempt.step !== null) return succeed(attempt.step, payment);
  const step = await readStep(space, attempt, command, held.signal).catch((error: unknown) => {
    throw toPaymentError(error);
  });
  mustHold(await parts.store.saveAttempt(held.lease, { ...attempt, step }), held.lease.row);
  return succeed(step, payment);
}

/**
 * Changes the pending transaction to the new order; null when it is no longer pending, so that one decides again. The
 * new order is written first: whatever the buyer then pays is compared with what the shop wants now.
 */
async function update(
  parts: CoreParts,
  space: SpaceClient,
  { lease, signal }: Held,
  attempt: AttemptRow,
  command: StartCommand,
): Promise<AttemptRow | null> {
  if (attempt.transaction === null) return null;
  const changed: AttemptRow = { ...attempt, order: command.order };
  const content = toTransactionContent(command.order);
  mustHold(await parts.store.saveAttempt(lease, changed), lease.row);
  let unknown = false;
  for (let tried = 1; tried <= updates; tried += 1) {
    const current = await space.readTransaction(attempt.transaction, { signal });
    if (current.state !== "PENDING") {
      const took = unknown && isSameAmount(changed, toMoney(current.authorizationAmount, current.currency));
      mustHold(await parts.store.saveAttempt(lease, took ? changed : attempt), lease.row);
      return null;
    }
    try {
      await space.updateTransaction(attempt.transaction, { version: current.version, ...content }, { signal });
      return changed;
    } catch (error) {
      unknown ||= isOutcomeUnknown(error);
      if (!isOutcomeUnknown(error) && !isStateConflict(error)) throw error;
    }
  }
  throw unanswered(command, "change the transaction");
}

/** 409, or 422 because it is no longer pending: the state changed while we asked. Read again and decide again. */
function isStateConflict(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "versionConflict" || code === "invalid";
}

async function decide(parts: CoreParts, shop: Shop, given: Held, command: StartCommand): Promise<Started> {
  const held = await closeIntended(parts, given);
  const { lease } = held;
  if (lease.row.abandoned) {
    const why = "This payment was given up by the shop. Start another one under a new reference.";
    return {
      kind: "failed",
      failure: refusal("notPossibleNow", command.order.language, why),
      payment: lease.row.payment,
    };
  }
  const known = lease.attempts.filter(({ createState }) => createState === "created");
  const payment = known.length === 0 ? null : await look(parts, shop, held, "asked");
  const newest = known.at(-1);
  const decision = decideStart(payment, newest, command.order, shop.adapter.capabilities.retries);
  if (decision === "nothingToDo") return succeed({ kind: "nothingToDo" }, payment);
  if (decision === "begin" || newest === undefined || payment === null) return begin(parts, shop, held, command);
  const space = findSpace(shop, newest.space);
  if (decision === "lead") return lead(parts, space, held, newest, command, payment);
  const changed = await update(parts, space, held, newest, command).catch((error: unknown) => {
    throw toPaymentError(error);
  });
  const again = await reread(parts, held, changed === null ? lease.attempts : replace(lease.attempts, changed));
  const looked = await look(parts, shop, again, "asked");
  if (changed !== null && looked !== null) return lead(parts, space, again, changed, command, looked);
  return decideStart(looked, newest, command.order, shop.adapter.capabilities.retries) === "nothingToDo"
    ? succeed({ kind: "nothingToDo" }, looked)
    : begin(parts, shop, again, command);
}

/**
 * Where the buyer goes to pay this order: two requests for the first time, one more when he comes back.
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
  const started = await withLease(parts, row.id, signal, (held) => decide(parts, shop, held, command));
  parts.wake?.();
  return started;
}
