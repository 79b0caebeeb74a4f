import { createdAttempts, saveAttempt } from "./attempt-row.ts";
import { refuse, refuseUnknown } from "./command-result.ts";
import type { AttemptRow, CommandResult, CoreParts, Shop, ShopId, TerminalStopCommand } from "./contract/index.ts";
import { type Held, withLease } from "./lease.ts";
import { look } from "./look.ts";
import { findShop } from "./shop-space.ts";
import { stateOf } from "./start-decision.ts";
import { refuseTerminals } from "./terminal-parts.ts";
import { hasMoney } from "./transaction-state.ts";

type Stopped = CommandResult<"terminalStop">;

/** The newest attempt at a terminal. */
function findAttempt({ lease }: Held): AttemptRow | undefined {
  return createdAttempts(lease).findLast(({ terminal }) => terminal !== undefined);
}

/** Notes that nobody waits, and reads again, so that the shop is shown it. */
async function note(parts: CoreParts, held: Held, attempt: AttemptRow): Promise<Held> {
  if (attempt.terminal?.state !== "asked") return held;
  return saveAttempt(parts, held, { ...attempt, terminal: { ...attempt.terminal, state: "stopped" } });
}

async function stop(parts: CoreParts, shop: Shop, given: Held): Promise<Stopped> {
  const found = findAttempt(given);
  if (found === undefined) {
    return refuse("notPossibleNow", "en", "This payment is at no terminal.", given.lease.row.payment);
  }
  const held = await note(parts, given, found);
  const payment = (await look(parts, shop, held, "asked"))?.payment ?? null;
  const state = stateOf(payment, found);
  const hasPaid = payment?.governing && hasMoney(payment.governing.state);
  if (hasPaid || (state !== undefined && hasMoney(state))) return { kind: "successful", answer: "taken", payment };
  const isUnasked = found.terminal?.state === "idle" && state !== "processing";
  if (state === "failed" || state === "voided" || isUnasked) return { kind: "successful", answer: "stopped", payment };
  return { kind: "pending", operation: null, payment };
}

/**
 * One or two requests. `pending`: the device may still ask, because the service has no call that stops it; press the red
 * key there. Another way to pay may begin all the same, and should both be paid, one is given back.
 */
export async function runTerminalStop(
  parts: CoreParts,
  shopId: ShopId,
  { reference }: TerminalStopCommand,
  signal?: AbortSignal,
): Promise<Stopped> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, "en");
  if (refused !== null) return refused;
  const row = await parts.store.read(shopId, reference);
  if (row === null) return refuseUnknown(reference);
  try {
    return await withLease(parts, row.id, signal, (held) => stop(parts, shop, held));
  } finally {
    parts.wake?.();
  }
}
