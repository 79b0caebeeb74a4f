import { isServiceError, type SpaceClient, type Transaction } from "@checkout-plugins/client";
import { isUnprocessed, toReadAttempt } from "./attempt.ts";
import { saveAttempt } from "./attempt-row.ts";
import type { AttemptId, AttemptRow, CoreParts, Failure, Lease, ServiceId, Shop } from "./contract/index.ts";
import { upsert } from "./entity-rows.ts";
import { refusal } from "./failure.ts";
import type { Held } from "./lease.ts";
import { findSpace } from "./shop-space.ts";
import { toTransactionRow } from "./snapshot.ts";

interface Sent {
  readonly held: Held;
  /** Their transactions came with the answer. */
  readonly answered: readonly AttemptId[];
}

interface Outcome {
  readonly transaction: Transaction | null;
  readonly refusal: Failure | null;
}

/** Created to be charged, and nothing says that it was processed. A signed hint that says so is read first. */
function isOpen({ lease }: Held, attempt: AttemptRow): boolean {
  const { charge, transaction } = attempt;
  if (charge === null || charge.refusal !== null || transaction === null || lease.row.abandoned) return false;
  const isAnnounced = lease.hints.some(
    ({ entity, id, state }) => entity === "transaction" && id === transaction && state !== null,
  );
  return !isAnnounced && isUnprocessed(toReadAttempt(attempt, lease.entities).snapshot);
}

/**
 * The service charges a transaction once at most, so that this may be sent again after an unknown outcome; what came of
 * it is read. A request that had no effect for a passing reason is sent again at the next look.
 */
async function processOne(space: SpaceClient, id: ServiceId, signal: AbortSignal): Promise<Outcome> {
  try {
    return { transaction: await space.processWithoutInteraction(id, { signal }), refusal: null };
  } catch (error) {
    if (!isServiceError(error) || signal.aborted) throw error;
    if (error.code === "credentials" || error.code === "permission") {
      return { transaction: null, refusal: refusal("configuration", "en", error.message) };
    }
    const transaction = await space.readTransaction(id, { signal });
    const isRefused = error.code === "invalid" && isUnprocessed(transaction);
    return { transaction, refusal: isRefused ? refusal("refusedByService", "en", error.message) : null };
  }
}

async function sendOne(parts: CoreParts, shop: Shop, held: Held, attempt: AttemptRow): Promise<Sent> {
  const { transaction: id, charge, space } = attempt;
  if (id === null || charge === null) return { held, answered: [] };
  const { transaction, refusal: refused } = await processOne(findSpace(shop, space), id, held.signal);
  parts.logger.info("charge sent", { payment: held.lease.row.id, attempt: attempt.id, state: transaction?.state });
  const after =
    refused === null ? held : await saveAttempt(parts, held, { ...attempt, charge: { ...charge, refusal: refused } });
  if (transaction === null) return { held: after, answered: [] };
  const known = after.lease.entities.find((one) => one.entity === "transaction" && one.id === id);
  const entities = upsert(after.lease.entities, toTransactionRow(known, transaction).row);
  const lease: Lease = { ...after.lease, entities };
  return { held: { ...after, lease }, answered: [attempt.id] };
}

/** Step 2a of settle for charges without the buyer: what was created and is not processed is sent, by the lease holder. */
export async function sendCharges(parts: CoreParts, shop: Shop, given: Held): Promise<Sent> {
  let held = given;
  const answered: AttemptId[] = [];
  for (const attempt of given.lease.attempts.filter((one) => isOpen(given, one))) {
    const sent = await sendOne(parts, shop, held, attempt);
    held = sent.held;
    answered.push(...sent.answered);
  }
  return { held, answered };
}
