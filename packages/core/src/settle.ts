import type { CoreParts, Instant, Payment, PaymentId, PaymentRow, Shop } from "./contract/index.ts";
import { type Held, leaseSeconds, mustHold, underLease, withLease } from "./lease.ts";
import { look, type Reason, type Recorded } from "./look.ts";
import { afterFault, faultsUntilFinding } from "./schedule.ts";
import { isPassing, toLimited } from "./service-fault.ts";
import type { RunningParts } from "./shop-lines.ts";
import { findShop } from "./shop-space.ts";
import { canShow, show } from "./show.ts";
import { addSeconds, secondsBetween } from "./time.ts";

/**
 * The one loop (ARCHITECTURE 1): look, then show. Whatever may have changed a payment leads here; it may be called at
 * any time, by anybody, any number of times.
 */
async function settleHeld(parts: RunningParts, held: Held): Promise<void> {
  const { shop: id, reference, lookAt } = held.lease.row;
  const shop = await findShop(parts.shops, id);
  const due = lookAt !== null && lookAt <= parts.clock.now();
  const known = due ? await lookOrFault(parts, shop, held) : asRecorded(held);
  if (known === null) return;
  const row = await parts.store.read(shop.id, reference);
  if (row === null || !canShow(row, parts.clock.now())) return;
  const { lease } = known.held;
  const after = { ...known.held, lease: { ...lease, row: { ...row, hintCount: lease.row.hintCount } } };
  await show(parts, shop, after, known.payment);
}

function asRecorded(held: Held): Recorded | null {
  const { payment } = held.lease.row;
  return payment === null ? null : { payment, held };
}

async function lookOrFault(parts: CoreParts, shop: Shop, held: Held): Promise<Recorded | null> {
  const { row } = held.lease;
  try {
    return await look(parts, shop, held, "due");
  } catch (error) {
    if (held.signal.aborted) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const now = parts.clock.now();
    const faults = row.faults + 1;
    const limited = toLimited(error);
    const at =
      limited === null
        ? afterFault(faults, isPassing(error), now, parts.random)
        : addSeconds(now, limited * (1 + parts.random()));
    const finding = {
      key: "repeatedFault",
      kind: "repeatedFault",
      detail: why,
      amount: row.payment?.amount ?? null,
    } as const;
    parts.logger.warn("look failed", { payment: row.id, faults, why });
    const findings = limited === null && faults >= faultsUntilFinding ? [finding] : [];
    mustHold(await parts.store.recordFault(held.lease, { step: "look", at, findings, now }), row);
    return asRecorded(held);
  }
}

export async function settle(parts: RunningParts, id: PaymentId, signal?: AbortSignal): Promise<void> {
  await withLease(parts, id, signal, (held) => settleHeld(parts, held));
}

export interface DueLimit {
  readonly total: number;
  readonly perShop: number;
}

/** Claims what is due and begins to settle it; what follows from a fault is recorded, no promise rejects. */
export async function beginDue(
  parts: RunningParts,
  limit: DueLimit,
  signal?: AbortSignal,
): Promise<readonly Promise<void>[]> {
  const now = parts.clock.now();
  const leases = await parts.store.claim(parts.createId(), now, addSeconds(now, leaseSeconds(parts)), limit);
  return leases.map((lease) =>
    underLease(parts, lease, signal, (held) => settleHeld(parts, held)).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      parts.logger.error("settle failed", { payment: lease.row.id, why });
    }),
  );
}

/**
 * May a method that the platform calls answer from the record? While our own showing runs it must, or it would wait for
 * the lease that it holds itself; and when the record is seconds old and no hint is unseen nothing new can be read.
 */
export function answersFromRecord(row: PaymentRow, now: Instant): boolean {
  if (row.payment === null) return false;
  if (row.step === "show") return true;
  return row.hintCount === row.seenHints && row.recordedAt !== null && secondsBetween(row.recordedAt, now) < 2;
}

/** Looks now, whatever is due, and records; does not show. */
export async function lookNow(
  parts: CoreParts,
  id: PaymentId,
  reason: Reason,
  signal?: AbortSignal,
): Promise<Payment | null> {
  return withLease(parts, id, signal, async (held) => {
    const shop = await findShop(parts.shops, held.lease.row.shop);
    return (await look(parts, shop, held, reason))?.payment ?? null;
  });
}

/**
 * Looks now for a platform that asks while it may hold a lock of its own, such as its cart's. Should whoever has the lease
 * begin to show, he may wait for that very lock: then the record answers, and nobody waits for the other.
 */
export async function lookForPlatform(
  parts: CoreParts,
  { id, shop, reference }: PaymentRow,
  signal?: AbortSignal,
): Promise<Payment | null> {
  const fromRecord = async (): Promise<Payment | null | undefined> => {
    const row = await parts.store.read(shop, reference);
    if (row?.step !== "show") return undefined;
    // Of one that is still open nothing is placed, so its showing waits for nobody, and what comes after it is news.
    return row.payment?.standing === "open" && !row.payment.slow ? undefined : row.payment;
  };
  const lookHeld = async (held: Held): Promise<Payment | null> =>
    (await look(parts, await findShop(parts.shops, shop), held, "asked"))?.payment ?? null;
  return withLease(parts, id, signal, lookHeld, fromRecord);
}

export async function showNow(parts: RunningParts, id: PaymentId, signal?: AbortSignal): Promise<void> {
  await withLease(parts, id, signal, async (held) => {
    const { row } = held.lease;
    const shop = await findShop(parts.shops, row.shop);
    if (row.payment !== null && row.shownRevision < row.revision) await show(parts, shop, held, row.payment);
  });
}
