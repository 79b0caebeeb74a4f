import { answerWithin } from "./answer-within.ts";
import { beginAttempt } from "./attempt-create.ts";
import { closeIntended, createdAttempts, saveAttempt } from "./attempt-row.ts";
import { refuse, refuseFailed, refuseGivenUp } from "./command-result.ts";
import type {
  AttemptRow,
  Clock,
  PaymentId,
  PaymentRow,
  Seconds,
  Shop,
  ShopId,
  TerminalCommand,
} from "./contract/index.ts";
import { type Held, withLease } from "./lease.ts";
import { look } from "./look.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop, findSpace } from "./shop-space.ts";
import { isAtTerminal, isSameAmount, stateOf } from "./start-decision.ts";
import { type Asking, ask, type Sold } from "./terminal-ask.ts";
import { refuseTerminals, type TerminalParts, type Waiting } from "./terminal-parts.ts";
import { openTerms } from "./terms.ts";
import { toTerminalCreate } from "./transaction-body.ts";
import { hasMoney, toStanding } from "./transaction-state.ts";

/** The attempt that the terminal is to be asked for, or what there is to say instead. */
type Decided = { readonly kind: "ask"; readonly held: Held; readonly attempt: AttemptRow } | Sold;

const longest: Seconds = 45;

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
    return refuseGivenUp(order.language, held.lease.row.payment);
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
    return refuseFailed(order.language, payment);
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

/** Is this what somebody waits for in this process, and is it still open as far as is known? */
function isSame({ attempt, terminal, test, total }: Waiting, command: TerminalCommand, row: PaymentRow): boolean {
  const { order } = command;
  if (terminal !== command.terminal || test !== command.test || row.abandoned) return false;
  if (total.minor !== order.total.minor || total.currency !== order.total.currency) return false;
  const known = row.payment?.governing;
  return known?.id === attempt && known.terminal?.isStopped === false && toStanding(known.state) === "open";
}

async function sell(parts: TerminalParts, shop: Shop, row: PaymentRow, command: TerminalCommand): Promise<Sold> {
  const { id } = row;
  const running = parts.terminals.get(id);
  if (running !== undefined && isSame(running, command, row)) return running.result;
  const prepared = await prepareAsking(parts, shop, id, command);
  if (!isAsking(prepared)) return prepared;
  const result = ask(parts, shop, prepared);
  const { terminal, test, order } = command;
  const waiting: Waiting = { attempt: prepared.attempt.id, terminal, test, total: order.total, result };
  parts.terminals.set(id, waiting);
  try {
    return await result;
  } finally {
    if (parts.terminals.get(id) === waiting) parts.terminals.delete(id);
  }
}

/** Ends with the time, or when the caller leaves. */
function toPatience(clock: Clock, signal: AbortSignal | undefined): Pick<Clock, "sleep"> {
  if (signal === undefined) return clock;
  return {
    sleep(seconds, done) {
      const left = new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve(), { once: true, ...(done && { signal: done }) });
      });
      return Promise.race([clock.sleep(seconds, done), left]);
    },
  };
}

/**
 * Three requests: create, ask the terminal, read. Asking takes as long as the buyer does, outside the lease; a caller who
 * cannot wait that long is answered `pending`, and the waiting goes on; `signal` ends his waiting as his time does. Its
 * attempt is written before each request, so that whoever comes next, at whatever till, goes on with the same transaction.
 *
 * @throws PaymentError as startPayment does; nothing was taken then.
 */
export async function runTerminal(
  parts: TerminalParts,
  shopId: ShopId,
  command: TerminalCommand,
  signal?: AbortSignal,
): Promise<Sold> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, command.order.language, command.terminal);
  if (refused !== null) return refused;
  const { order, reference } = command;
  if (order.total.minor === 0) return { kind: "successful", answer: null, payment: null };
  const { store, clock, createId } = parts;
  const row = await store.open(createId() as PaymentId, shopId, reference, order.group, clock.now());
  const work = sell(parts, shop, row, command).catch((error: unknown) => {
    throw toPaymentError(error);
  });
  const wait = Math.min(longest, Math.max(0, command.wait));
  const onLate = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    parts.logger.warn("terminal failed late", { shop: shopId, payment: row.id, why });
  };
  const result = await answerWithin<"terminal">(wait, work, toPatience(clock, signal), onLate);
  parts.wake?.();
  if (result.kind !== "pending" || result.payment !== null) return result;
  const payment = (await store.read(shopId, reference))?.payment ?? null;
  // A webhook may have been quicker than the request that waits.
  const isPaid = payment?.governing != null && hasMoney(payment.governing.state);
  return isPaid ? { kind: "successful", answer: null, payment } : { ...result, payment };
}
