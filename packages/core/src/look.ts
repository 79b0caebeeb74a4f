import { toReadAttempt } from "./attempt.ts";
import { sendCharges } from "./charge-send.ts";
import type { CommandRow, CoreParts, EntityRow, Instant, Lease, Payment, Shop } from "./contract/index.ts";
import { fold } from "./fold.ts";
import { toOpenCommand } from "./join-command.ts";
import { type Held, mustHold } from "./lease.ts";
import { isOperationEntity, readOperationSnapshot } from "./operation-snapshot.ts";
import { toOwed } from "./owed.ts";
import { recorded } from "./payment-row.ts";
import { type Reading, readAll, toReadList } from "./read.ts";
import { nextLook, patience } from "./schedule.ts";
import { sendOpen } from "./send.ts";
import { toPaymentError } from "./service-fault.ts";
import { addSeconds, earliest } from "./time.ts";

/** Read although nothing is due: the buyer is back, or a command asks for the truth. */
export type Reason = "due" | "asked";

/** A payment as it was recorded, and the lease as it stands after. */
export interface Recorded {
  readonly payment: Payment;
  readonly held: Held;
}

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
export async function look(parts: CoreParts, shop: Shop, given: Held, reason: Reason): Promise<Recorded | null> {
  const { lease, signal } = given;
  if (lease.attempts.length === 0) return null;
  mustHold(await parts.store.enter(lease, "look"), lease.row);
  const byTime = isByTime(lease, reason, parts.clock.now());
  try {
    const { held, answered } = await sendCharges(parts, shop, given);
    const sent = await sendOpen(parts, shop, held.lease, signal);
    const list = toReadList(held.lease, sent, answered, byTime);
    const reading = await readAll(parts, shop, held.lease, sent, list, signal);
    const isRead = list.attempts.length > 0 || answered.length > 0 || byTime;
    const after = { ...held, lease: { ...held.lease, commands: sent.commands } };
    return await recordReading(parts, shop, after, reading, isRead);
  } catch (error) {
    throw toPaymentError(error);
  }
}

/**
 * Notes which revision first says that a command is done, and answers the commands so. Before it is recorded, so that a
 * death in between is no gap.
 */
async function noteDone(
  parts: CoreParts,
  lease: Lease,
  { operations, revision }: Payment,
): Promise<readonly CommandRow[]> {
  const isDone = ({ id }: CommandRow): boolean =>
    operations.some(({ key, state }) => key === (id as string) && state === "successful");
  const noted = lease.commands.map((one) =>
    one.doneIn === undefined && isDone(one) ? { ...one, doneIn: revision } : one,
  );
  for (const command of noted.filter((one) => !lease.commands.includes(one))) {
    mustHold(await parts.store.saveCommand(lease, command), lease.row);
  }
  return noted;
}

/** Folds a reading into the payment and records it. `isRead`: a timer starts anew only when something was read. */
export async function recordReading(
  parts: CoreParts,
  shop: Shop,
  held: Held,
  reading: Reading,
  isRead: boolean,
): Promise<Recorded> {
  const { store, clock, random } = parts;
  const { lease } = held;
  const { row, attempts, commands } = lease;
  const { entities } = reading;
  const siblings = row.group === null ? [] : await store.siblings(row.shop, row.group);
  const now = clock.now();
  const { payment, unwanted } = fold({ row, attempts, commands, entities, siblings });
  const staleReads = reading.stale ? row.staleReads + 1 : 0;
  const hintsSeen = reading.hintsRead && (staleReads === 0 || staleReads > patience);
  const hintsLeft = !reading.hintsRead && lease.hints.length > 0;
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
  const soon = hintsLeft ? addSeconds(now, 1) : null;
  const lookAt = earliest(soon, isRead ? next : earliest(row.timerAt, next));
  const noted = await noteDone(parts, lease, payment);
  const announce = shop.announces ?? false;
  const truth = { payment, entities, owed, staleReads, hintsSeen, lookAt, announce, now };
  mustHold(await store.recordTruth(lease, truth), row);
  parts.logger.info("recorded", { payment: row.id, revision: payment.revision, standing: payment.standing });
  const after: Lease = {
    ...lease,
    row: recorded(row, row.hintCount, truth),
    commands: [...noted, ...owed.map(toOpenCommand)],
    entities,
    hints: hintsSeen ? [] : lease.hints,
  };
  return { payment, held: { ...held, lease: after } };
}
