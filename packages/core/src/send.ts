import { isOutcomeUnknown, isServiceError, type SpaceClient, type Transaction } from "@checkout-plugins/client";
import { toReadAttempt } from "./attempt.ts";
import type { CommandRow, CoreParts, EntityRow, Json, Lease, Operation, Shop } from "./contract/index.ts";
import {
  type EntityReading,
  toCompletionReading,
  toRefundReading,
  toReviewReading,
  toVoidReading,
  upsert,
} from "./entity-rows.ts";
import { refusal } from "./failure.ts";
import { mustHold } from "./lease.ts";
import { toDecimal } from "./money.ts";
import { kindOfCommand, toOperations } from "./operations.ts";
import { planComplete, planRefunding, readPlan, readWish, type SendPlan } from "./plan.ts";
import { findSpace } from "./shop-space.ts";
import { toTransactionRow } from "./snapshot.ts";

/** Commands and entities as they stand while a look sends. */
export interface Sent {
  readonly commands: readonly CommandRow[];
  readonly entities: readonly EntityRow[];
}

interface Sending {
  readonly parts: CoreParts;
  readonly lease: Lease;
  readonly space: SpaceClient;
  readonly transaction: Transaction;
  readonly signal: AbortSignal;
  readonly state: Sent;
}

/** What a send came to: the entity, or null where only the transaction tells (a void that had happened already). */
type Outcome =
  | { readonly kind: "known"; readonly reading: EntityReading | null }
  | { readonly kind: "refused"; readonly why: string };

function operationsOf(lease: Lease, { commands, entities }: Sent): readonly Operation[] {
  return toOperations(
    lease.attempts.map((row) => toReadAttempt(row, entities)),
    commands,
    entities,
  );
}

/**
 * A command waits for an older one of its kind whose outcome is not known: what is left of each line depends on it, which
 * completion is the last, and what is still to be decided. The service allows one open refund of a transaction, so one
 * that it has not finished is waited for too.
 */
function mustWait(operations: readonly Operation[], command: CommandRow): boolean {
  const kind = kindOfCommand[command.kind];
  const ofKind = operations.filter((one) => one.kind === kind && one.attempt === command.attempt);
  const own = ofKind.findIndex(({ key }) => key === (command.id as string));
  return ofKind.some(
    (one, index) =>
      one.state === "pending" && (one.serviceId === null ? index < own : kind === "refund" && index !== own),
  );
}

async function save(sending: Sending, command: CommandRow): Promise<void> {
  mustHold(await sending.parts.store.saveCommand(sending.lease, command), sending.lease.row);
}

function plan({ lease, transaction, state }: Sending, command: CommandRow) {
  const unplanned = state.commands.filter((one) => one.state === "open" && readPlan(one) === null);
  const others = operationsOf(lease, state).filter(
    ({ key, attempt }) => attempt === command.attempt && !unplanned.some(({ id }) => (id as string) === key),
  );
  const wish = readWish(command);
  return command.kind === "complete"
    ? planComplete(wish, transaction, others, state.commands, state.entities)
    : planRefunding(wish, transaction, others, state.entities);
}

async function sendPlanned(sending: Sending, command: CommandRow, planned: SendPlan): Promise<Outcome> {
  const { space, transaction, signal } = sending;
  const externalId = command.id;
  if (planned.kind === "complete") {
    const body = { externalId, lineItems: planned.lines, lastCompletion: planned.last };
    return {
      kind: "known",
      reading: toCompletionReading(await space.completePartiallyOnline(transaction.id, body, { signal })),
    };
  }
  const wish = readWish(command);
  const type = wish.offline === true ? "MERCHANT_INITIATED_OFFLINE" : "MERCHANT_INITIATED_ONLINE";
  const base = { transaction: transaction.id, externalId, type } as const;
  const body =
    planned.kind === "refundLines"
      ? { ...base, reductions: planned.reductions }
      : { ...base, amount: toDecimal(planned.amount) };
  const refund = await space.createRefund(body, { signal });
  return { kind: "known", reading: toRefundReading({ ...refund, transaction: transaction.id }) };
}

/** Takes no key: only one void of a transaction is possible, so its state tells whether it happened. */
async function sendVoid({ space, transaction, signal }: Sending): Promise<Outcome> {
  if (transaction.state === "VOIDED") return { kind: "known", reading: null };
  if (transaction.state !== "AUTHORIZED") {
    return { kind: "refused", why: `Only an authorized payment can be voided; this one is ${transaction.state}.` };
  }
  return { kind: "known", reading: toVoidReading(await space.voidOnline(transaction.id, { signal })) };
}

async function sendReview({ space, transaction, signal }: Sending, command: CommandRow): Promise<Outcome> {
  const wanted = (command.body as { readonly decision?: string }).decision === "suitable" ? "SUITABLE" : "NOT_SUITABLE";
  const indication = (await space.listDeliveryIndicationsOf(transaction.id, { signal })).at(-1);
  if (indication === undefined)
    return { kind: "refused", why: "There is no delivery decision to be made for this payment." };
  const isDecided = indication.state === "SUITABLE" || indication.state === "NOT_SUITABLE";
  if (isDecided && indication.state !== wanted) {
    return { kind: "refused", why: `The decision was made already: ${indication.state}.` };
  }
  if (isDecided) return { kind: "known", reading: toReviewReading(indication) };
  const mark = wanted === "SUITABLE" ? space.markSuitable : space.markNotSuitable;
  return { kind: "known", reading: toReviewReading(await mark(indication.id, { signal })) };
}

async function sendOne(sending: Sending, command: CommandRow): Promise<Outcome> {
  if (command.kind === "void") return sendVoid(sending);
  if (command.kind === "review") return sendReview(sending, command);
  const planned = readPlan(command);
  if (planned === null) throw new TypeError(`Command ${command.id} has no plan`);
  return sendPlanned(sending, command, planned);
}

/** So often a refused repetition tells nothing, because the first send may still be under way. */
const unsureTries = 10;

/**
 * A void takes no key, and what the service minds now (a refund of another key, a void under way) may have passed when a
 * first send arrives late: a repetition is not refused for good.
 */
function isUnsure({ kind, sends }: CommandRow): boolean {
  return sends > 1 && sends < unsureTries && kind !== "review";
}

/**
 * What a fault means for the command: unknown or not carried out = stays open; refused = a row that says why. Missing
 * rights refuse a first send only: an earlier one may have been carried out, which nobody can ask for now. A conflict of
 * a completion whose transaction was not AUTHORIZED is final: had an earlier send taken effect, the same key would
 * have been answered with it.
 */
function afterFault(command: CommandRow, error: unknown, { state }: Transaction): CommandRow {
  if (!isServiceError(error)) throw error;
  if (command.kind === "complete" && error.code === "versionConflict" && state !== "AUTHORIZED") {
    return { ...command, state: "refused", failure: refusal("notPossibleNow", "en", error.message) };
  }
  const passes = ["unreachable", "rateLimited", "versionConflict"].includes(error.code);
  if (passes || isOutcomeUnknown(error)) return command;
  const isOurs = error.code === "credentials" || error.code === "permission";
  const waits = isOurs ? command.origin === "core" || command.sends > 1 : isUnsure(command);
  if (waits) return command;
  const failure = refusal(isOurs ? "configuration" : "refusedByService", "en", error.message);
  return { ...command, state: "refused", failure };
}

/** Writes the plan, counts the send, sends. Answers the command as it now stands. */
async function carryOut(sending: Sending, command: CommandRow): Promise<Sent> {
  const { state, parts } = sending;
  const withCommand = (row: CommandRow, entities = state.entities): Sent => ({
    commands: state.commands.map((one) => (one.id === row.id ? row : one)),
    entities,
  });
  let row: CommandRow = { ...command, sends: command.sends + 1 };
  if ((command.kind === "complete" || command.kind === "refund") && readPlan(command) === null) {
    const planned = plan(sending, command);
    if (planned.kind === "refused") {
      row = { ...row, state: "refused", failure: planned.failure };
      await save(sending, row);
      return withCommand(row);
    }
    const body = { ...(command.body as object), plan: planned.plan } as unknown as Json;
    row = { ...row, body, amount: planned.plan.amount };
  }
  await save(sending, row);
  try {
    const outcome = await sendOne(sending, row);
    if (outcome.kind === "refused") {
      row = { ...row, state: "refused", failure: refusal("notPossibleNow", "en", outcome.why) };
      await save(sending, row);
      return withCommand(row);
    }
    row = { ...row, state: "known", serviceId: outcome.reading?.row.id ?? null };
    await save(sending, row);
    return withCommand(row, outcome.reading === null ? state.entities : upsert(state.entities, outcome.reading.row));
  } catch (error) {
    const after = afterFault(row, error, sending.transaction);
    parts.logger.warn("command not sent", { command: row.id, kind: row.kind, state: after.state, sends: row.sends });
    if (after !== row) await save(sending, after);
    return withCommand(after);
  }
}

/** Answered by a copy that lags behind what is recorded: nothing can be decided by it. */
function isOutdated({ entities }: Lease, transaction: Transaction): boolean {
  const recorded = entities.find(({ entity, id }) => entity === "transaction" && id === transaction.id);
  return toTransactionRow(recorded, transaction).stale;
}

/**
 * Step 2a of settle: sends what is committed and unresolved, again with the same key. The lease holder is the only
 * sender. Nothing is refused by us unless the service would refuse it, or the plan cannot be said in its terms.
 */
export async function sendOpen(parts: CoreParts, shop: Shop, lease: Lease, signal: AbortSignal): Promise<Sent> {
  let state: Sent = { commands: lease.commands, entities: lease.entities };
  let operations = operationsOf(lease, state);
  for (const command of lease.commands.filter((one) => one.state === "open")) {
    const attempt = lease.attempts.find(({ id }) => id === command.attempt);
    if (attempt?.transaction == null || mustWait(operations, command)) continue;
    const space = findSpace(shop, attempt.space);
    const transaction = await space.readTransaction(attempt.transaction, { signal });
    if (isOutdated(lease, transaction)) continue;
    state = await carryOut({ parts, lease, space, transaction, signal, state }, command);
    operations = operationsOf(lease, state);
  }
  return state;
}
