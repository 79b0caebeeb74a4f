import {
  isOutcomeUnknown,
  isServiceError,
  type Performed,
  type ServiceId,
  type SpaceClient,
} from "@checkout-plugins/client";
import { saveAttempt } from "./attempt-row.ts";
import { refuse, toAttemptResult } from "./command-result.ts";
import type { AttemptId, AttemptRow, CommandResult, Payment, PaymentId, Shop, ShopId } from "./contract/index.ts";
import { isPaymentError } from "./errors.ts";
import { type Held, withLease } from "./lease.ts";
import { look } from "./look.ts";
import { lookNow } from "./settle.ts";
import { stateOf } from "./start-decision.ts";
import type { TerminalParts } from "./terminal-parts.ts";

export type Sold = CommandResult<"terminal">;

/** What came of this attempt, as far as it is recorded. */
function toResult(language: string, id: AttemptId, payment: Payment | null): Sold {
  return toAttemptResult(id, payment, language, {
    givenBack: "It was paid at the terminal, and given back before it was taken.",
    noReason: "The terminal gives no reason.",
  });
}

/** What a terminal is to be asked for. */
export interface Asking {
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

/**
 * Whether a terminal takes a transaction that confirms itself is not documented: one that was refused is confirmed, and
 * asked for once more.
 */
async function perform({ space, transaction, language }: Asking, terminal: ServiceId): Promise<Performed> {
  try {
    return await space.performTransaction(terminal, transaction, language);
  } catch (error) {
    if (!isServiceError(error) || error.code !== "invalid") throw error;
    const { state, version } = await space.readTransaction(transaction);
    if (state !== "PENDING") throw error;
    await space.confirmTransaction(transaction, { version });
    return space.performTransaction(terminal, transaction, language);
  }
}

/** They say nothing of the terminal, and the request had no effect. */
const passing: ReadonlySet<string> = new Set(["credentials", "permission", "unreachable", "rateLimited"]);

/** Asks the terminal and waits, as long as the service does. What it answers is a hint: the truth is read. */
export async function ask(parts: TerminalParts, shop: Shop, asking: Asking): Promise<Sold> {
  const { attempt, payment } = asking;
  const terminal = attempt.terminal?.id as string as ServiceId;
  try {
    const { kind } = await perform(asking, terminal);
    parts.logger.info("terminal answered", { shop: shop.id, payment, attempt: attempt.id, kind });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    parts.logger.warn("terminal not asked", { shop: shop.id, payment, attempt: attempt.id, code: error.code });
    if (passing.has(error.code)) {
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
