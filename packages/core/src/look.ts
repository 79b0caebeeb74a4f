import { toReadAttempt } from "./attempt.ts";
import type { CommandRow, CoreParts, EntityRow, Instant, Lease, Payment, Shop } from "./contract/index.ts";
import { fold } from "./fold.ts";
import { type Held, mustHold } from "./lease.ts";
import { isOperationEntity, readOperationSnapshot } from "./operation-snapshot.ts";
import { toOwed } from "./owed.ts";
import { type Reading, readAll, toReadList } from "./read.ts";
import { nextLook, patience } from "./schedule.ts";
import { sendOpen } from "./send.ts";
import { toPaymentError } from "./service-fault.ts";
import { earliest } from "./time.ts";

/** Read although nothing is due: the buyer is back, or a command asks for the truth. */
export type Reason = "due" | "asked";

function nextUpdates(entities: readonly EntityRow[]): readonly Instant[] {
  return entities.flatMap((row) => {
    const date = isOperationEntity(row.entity) && !row.final ? readOperationSnapshot(row).nextUpdateOn : null;
    return date === null ? [] : [date];
  });
}

function isByTime({ row }: Lease, reason: Reason, now: Instant): boolean {
  if (reason === "asked" || row.recordedAt === null) return true;
  return row.timerAt !== null && row.timerAt <= now;
}

/**
 * Steps 2 to 5 of settle, under a lease: read the service, fold, check, and record in one commit what is true, what is
 * owed and when to look again.
 *
 * @throws PaymentError when the service cannot be read, or the lease was lost; nothing is recorded then.
 */
export async function look(
  parts: CoreParts,
  shop: Shop,
  { lease, signal }: Held,
  reason: Reason,
): Promise<Payment | null> {
  if (lease.attempts.length === 0) return null;
  mustHold(await parts.store.enter(lease, "look"), lease.row);
  const byTime = isByTime(lease, reason, parts.clock.now());
  try {
    const sent = await sendOpen(parts, shop, lease, signal);
    const list = toReadList(lease, sent, byTime);
    const reading = await readAll(parts, shop, lease, sent, list, signal);
    const isRead = list.attempts.length > 0 || byTime;
    return await recordReading(parts, shop, { ...lease, commands: sent.commands }, reading, isRead);
  } catch (error) {
    throw toPaymentError(error);
  }
}

/** Notes which revision first says that a command is done. Before it is recorded, so that a death in between is no gap. */
async function noteDone(parts: CoreParts, lease: Lease, { operations, revision }: Payment): Promise<void> {
  const isDone = ({ id }: CommandRow): boolean =>
    operations.some(({ key, state }) => key === (id as string) && state === "successful");
  for (const command of lease.commands.filter((one) => one.doneIn === undefined && isDone(one))) {
    mustHold(await parts.store.saveCommand(lease, { ...command, doneIn: revision }), lease.row);
  }
}

/** Folds a reading into the payment and records it. `isRead`: a timer starts anew only when something was read. */
export async function recordReading(
  parts: CoreParts,
  shop: Shop,
  lease: Lease,
  reading: Reading,
  isRead: boolean,
): Promise<Payment> {
  const { store, clock, random } = parts;
  const { row, attempts, commands } = lease;
  const { entities } = reading;
  const siblings = row.group === null ? [] : await store.siblings(row.shop, row.group);
  const now = clock.now();
  const { payment, unwanted } = fold({ row, attempts, commands, entities, siblings });
  const staleReads = reading.stale ? row.staleReads + 1 : 0;
  const hintsSeen = staleReads === 0 || staleReads > patience;
  const resolves = shop.doublePayment === "resolve" || row.abandoned;
  const owed = resolves ? toOwed(unwanted, commands, now) : [];
  const next = nextLook({
    attempts: attempts.map((attempt) => toReadAttempt(attempt, entities)),
    commands,
    nextUpdates: nextUpdates(entities),
    pendingOperations: payment.operations.some(({ state }) => state === "pending"),
    staleReads,
    now,
    random,
  });
  const lookAt = isRead ? next : earliest(row.timerAt, next);
  await noteDone(parts, lease, payment);
  mustHold(await store.recordTruth(lease, { payment, entities, owed, staleReads, hintsSeen, lookAt, now }), row);
  parts.logger.info("recorded", { payment: row.id, revision: payment.revision, standing: payment.standing });
  return payment;
}
