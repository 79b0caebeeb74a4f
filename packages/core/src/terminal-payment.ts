import { isOutcomeUnknown, isServiceError, type ServiceId, type SpaceClient } from "@checkout-plugins/client";
import { answerWithin } from "./answer-within.ts";
import { beginAttempt } from "./attempt-create.ts";
import { closeIntended, createdAttempts, saveAttempt } from "./attempt-row.ts";
import type {
  AttemptId,
  AttemptRow,
  CommandResult,
  FailureCode,
  Payment,
  PaymentId,
  Seconds,
  Shop,
  ShopId,
  TerminalCommand,
} from "./contract/index.ts";
import { isPaymentError } from "./errors.ts";
import { refusal } from "./failure.ts";
import { type Held, withLease } from "./lease.ts";
import { look } from "./look.ts";
import { toPaymentError } from "./service-fault.ts";
import { lookNow } from "./settle.ts";
import { chooseSpace, findShop, findSpace } from "./shop-space.ts";
import { isAtTerminal, isSameAmount, stateOf } from "./start-decision.ts";
import { refuseTerminals, type TerminalParts } from "./terminal-parts.ts";
import { openTerms } from "./terms.ts";
import { toTerminalCreate } from "./transaction-body.ts";
import { hasMoney } from "./transaction-state.ts";

type Sold = CommandResult<"terminal">;

/** The attempt that the terminal is to be asked for, or what there is to say instead. */
type Decided = { readonly kind: "ask"; readonly held: Held; readonly attempt: AttemptRow } | Sold;

const longest: Seconds = 45;

function refuse(code: FailureCode, language: string, why: string, payment: Payment | null): Sold {
  return { kind: "failed", failure: refusal(code, language, why), payment };
}

/** What came of this attempt, as far as it is recorded. */
function toResult(language: string, id: AttemptId, payment: Payment | null): Sold {
  const attempts = payment === null ? [] : [payment.governing, ...payment.superseded];
  const attempt = attempts.find((one) => one?.id === id);
  if (attempt == null) return { kind: "pending", operation: null, payment };
  if (hasMoney(attempt.state)) return { kind: "successful", answer: null, payment };
  if (attempt.state === "voided") {
    return refuse(
      "notPossibleNow",
      language,
      "It was paid at the terminal, and given back before it was taken.",
      payment,
    );
  }
  if (attempt.state !== "failed") return { kind: "pending", operation: null, payment };
  const failure = attempt.failure ?? refusal("declined", language, "The terminal gives no reason.");
  return { kind: "failed", failure, payment };
}

/** The open attempt of this terminal, or why another one must not begin yet; null when it may. */
function decideOpen(held: Held, newest: AttemptRow, command: TerminalCommand): Decided | null {
  const { payment } = held.lease.row;
  const { order, terminal, test } = command;
  const state = stateOf(payment, newest);
  const oneOpen = (why: string) => refuse("oneStillOpen", order.language, why, payment);
  if (newest.charge !== null) return oneOpen("Stored means are being charged for this payment. Wait for its outcome.");
  if (newest.terminal === undefined) {
    if (state === "pending") return null;
    return oneOpen("The buyer is paying on the payment page. Wait for the outcome, or give the payment up.");
  }
  const isSame = newest.terminal.id === terminal && newest.environment === (test ? "test" : "live");
  if (isSame && isSameAmount(newest, order.total)) return { kind: "ask", held, attempt: newest };
  if (!isAtTerminal(newest)) return null;
  return oneOpen(
    isSame
      ? "The terminal asks for another amount. Stop it there first."
      : `Terminal ${newest.terminal.id} may still ask the buyer. Stop it there first.`,
  );
}

async function decide(parts: TerminalParts, shop: Shop, given: Held, command: TerminalCommand): Promise<Decided> {
  const { order, test, terminal } = command;
  let held = await closeIntended(parts, given);
  if (held.lease.row.abandoned) {
    const why = "This payment was given up by the shop. Begin it under a new reference.";
    return refuse("notPossibleNow", order.language, why, held.lease.row.payment);
  }
  if (createdAttempts(held.lease).length > 0) held = (await look(parts, shop, held, "asked"))?.held ?? held;
  const { payment } = held.lease.row;
  if (payment?.governing && hasMoney(payment.governing.state)) return { kind: "successful", answer: null, payment };
  const newest = createdAttempts(held.lease).at(-1);
  const state = stateOf(payment, newest);
  const isOver = state === undefined || state === "created" || state === "failed" || state === "voided";
  const open = newest === undefined || isOver ? null : decideOpen(held, newest, command);
  if (open !== null) return open;
  if ((state === "failed" || state === "voided") && shop.adapter.capabilities.retries === "newReference") {
    return refuse(
      "notPossibleNow",
      order.language,
      "This payment failed and is final. Use another reference.",
      payment,
    );
  }
  const begun = await beginAttempt(parts, shop, held, {
    space: chooseSpace(shop, test),
    order,
    test,
    sent: openTerms,
    charge: null,
    terminal: { id: terminal, state: "idle" },
    toBody: (marks) => toTerminalCreate(command, marks),
  });
  return { kind: "ask", held: begun.held, attempt: begun.attempt };
}

interface Asking {
  readonly payment: PaymentId;
  readonly attempt: AttemptRow;
  readonly transaction: ServiceId;
  readonly space: SpaceClient;
  readonly language: string;
}

async function lookOrRecall(parts: TerminalParts, shop: ShopId, { payment, attempt, language }: Asking): Promise<Sold> {
  try {
    return toResult(language, attempt.id, await lookNow(parts, payment, "asked"));
  } catch (error) {
    if (!isPaymentError(error)) throw error;
    parts.logger.warn("terminal waits", { shop, payment, why: error.message });
    return { kind: "pending", operation: null, payment: null };
  } finally {
    parts.wake?.();
  }
}

/** The request had no effect. Where none went out before it, the terminal certainly does not ask. */
async function noteIdle(parts: TerminalParts, held: Held, before: AttemptRow): Promise<void> {
  const known = held.lease.attempts.find((one) => one.id === before.id);
  if (before.terminal?.state !== "idle" || known?.terminal?.state !== "asked") return;
  await saveAttempt(parts, held, { ...known, terminal: { ...known.terminal, state: "idle" } });
}

/**
 * The service would not ask the terminal. Where it certainly does not ask for it now, the payment may go elsewhere: the
 * first request was refused and nothing is being processed.
 */
async function noteRefusal(parts: TerminalParts, shop: Shop, asking: Asking, why: string): Promise<Sold> {
  const { payment: id, attempt, language } = asking;
  return withLease(parts, id, undefined, async (given) => {
    const held = (await look(parts, shop, given, "asked"))?.held ?? given;
    const { payment } = held.lease.row;
    const result = toResult(language, attempt.id, payment);
    if (result.kind !== "pending" || stateOf(payment, attempt) === "processing") return result;
    await noteIdle(parts, held, attempt);
    return refuse("notPossibleNow", language, why, payment);
  });
}

/** Asks the terminal and waits, as long as the service does. What it answers is a hint: the truth is read. */
async function ask(parts: TerminalParts, shop: Shop, asking: Asking): Promise<Sold> {
  const { space, transaction, language, attempt, payment } = asking;
  const terminal = attempt.terminal?.id as string as ServiceId;
  try {
    const { kind } = await space.performTransaction(terminal, transaction, language);
    parts.logger.info("terminal answered", { shop: shop.id, payment, attempt: attempt.id, kind });
  } catch (error) {
    if (!isServiceError(error) || error.code === "credentials" || error.code === "permission") throw error;
    parts.logger.warn("terminal not asked", { shop: shop.id, payment, attempt: attempt.id, code: error.code });
    if (error.code === "unreachable" || error.code === "rateLimited") {
      await withLease(parts, payment, undefined, (held) => noteIdle(parts, held, attempt));
      throw error;
    }
    if (!isOutcomeUnknown(error)) return noteRefusal(parts, shop, asking, explain(error.code, terminal, error.message));
  }
  return lookOrRecall(parts, shop.id, asking);
}

function explain(code: string, terminal: string, message: string): string {
  if (code === "notFound") return `There is no terminal ${terminal} in this space. ${message}`;
  if (code === "versionConflict")
    return `Terminal ${terminal} is busy with another payment. Try again when it is free.`;
  return `Terminal ${terminal} cannot be asked now. Check that it is switched on, linked and active. ${message}`;
}

/** Written before the request goes out, so that whoever comes after a death knows that the terminal may be asking. */
async function prepareAsking(
  parts: TerminalParts,
  shop: Shop,
  id: PaymentId,
  command: TerminalCommand,
): Promise<Asking | Sold> {
  return withLease(parts, id, undefined, async (held) => {
    const decided = await decide(parts, shop, held, command);
    if (decided.kind !== "ask") return decided;
    const { attempt } = decided;
    if (attempt.terminal === undefined || attempt.transaction === null)
      throw new TypeError("An attempt without terminal");
    if (attempt.terminal.state !== "asked") {
      const asked = { ...attempt, terminal: { ...attempt.terminal, state: "asked" as const } };
      await saveAttempt(parts, decided.held, asked);
    }
    const { order } = command;
    const space = findSpace(shop, attempt.space);
    return { payment: id, attempt, transaction: attempt.transaction, space, language: order.language };
  });
}

function isAsking(prepared: Asking | Sold): prepared is Asking {
  return "transaction" in prepared;
}

async function sell(parts: TerminalParts, shop: Shop, id: PaymentId, command: TerminalCommand): Promise<Sold> {
  const running = parts.terminals.get(id);
  const isJoined =
    running !== undefined &&
    running.terminal === command.terminal &&
    running.minor === command.order.total.minor &&
    running.currency === command.order.total.currency;
  if (isJoined) return running.result;
  const prepared = await prepareAsking(parts, shop, id, command);
  if (!isAsking(prepared)) return prepared;
  const result = ask(parts, shop, prepared);
  const { minor, currency } = command.order.total;
  const waiting = { terminal: command.terminal, minor, currency, result };
  parts.terminals.set(id, waiting);
  try {
    return await result;
  } finally {
    if (parts.terminals.get(id) === waiting) parts.terminals.delete(id);
  }
}

/**
 * Three requests: create, ask the terminal, read. Asking takes as long as the buyer does, outside the lease; a caller who
 * cannot wait that long is answered `pending`, and the waiting goes on. Its attempt is written before each request, so that
 * whoever comes next, at whatever till, goes on with the same transaction.
 *
 * @throws PaymentError as startPayment does; nothing was taken then.
 */
export async function runTerminal(parts: TerminalParts, shopId: ShopId, command: TerminalCommand): Promise<Sold> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, command.order.language, command.terminal);
  if (refused !== null) return refused;
  const { order, reference } = command;
  if (order.total.minor === 0) return { kind: "successful", answer: null, payment: null };
  const { store, clock, createId } = parts;
  const row = await store.open(createId() as PaymentId, shopId, reference, order.group, clock.now());
  const work = sell(parts, shop, row.id, command).catch((error: unknown) => {
    throw toPaymentError(error);
  });
  const wait = Math.min(longest, Math.max(0, command.wait));
  const onLate = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    parts.logger.warn("terminal failed late", { shop: shopId, payment: row.id, why });
  };
  const result = await answerWithin<"terminal">(wait, work, clock, onLate);
  parts.wake?.();
  if (result.kind !== "pending" || result.payment !== null) return result;
  return { ...result, payment: (await store.read(shopId, reference))?.payment ?? null };
}
