import type {
  AttemptRow,
  CommandRow,
  CoreParts,
  Finding,
  Hint,
  Instant,
  Json,
  Lease,
  Payment,
  PaymentRow,
  Seconds,
  Shop,
  Shown,
} from "./contract/index.ts";
import { findAffected } from "./doubles.ts";
import { isPaymentError, PaymentError } from "./errors.ts";
import { type Held, mustHold } from "./lease.ts";
import { afterFault } from "./schedule.ts";
import type { RunningParts } from "./shop-lines.ts";
import { addSeconds, secondsBetween } from "./time.ts";

const hour: Seconds = 60 * 60;

/** Creates whose answer was cut: their transactions are payable by nobody, since no address was given away. */
function findOrphans(attempts: readonly AttemptRow[]): readonly Finding[] {
  return attempts
    .filter(({ createState }) => createState === "cut")
    .map((attempt) => ({
      key: `orphan:${attempt.id}`,
      kind: "orphan",
      detail: `A transaction in space ${attempt.space} may exist without a payment: its creation was not answered. Nobody can pay it. It expires by itself.`,
      amount: attempt.order.total,
    }));
}

function findUnshown(row: PaymentRow, now: Instant, why: string): readonly Finding[] {
  if (row.unshownSince === null || secondsBetween(row.unshownSince, now) < hour) return [];
  return [
    {
      key: "notShownForAnHour",
      kind: "notShownForAnHour",
      detail: `The shop has not taken the payment's state for more than an hour: ${why}`,
      amount: row.payment?.amount ?? null,
    },
  ];
}

function toRefusal(shown: Extract<Shown<Json>, { kind: "refused" }>, payment: Payment): Finding {
  return { key: shown.reason, kind: shown.reason, detail: shown.detail, amount: payment.amount };
}

/** Is there a revision that the shop does not show, and is it time to try? */
export function canShow(row: PaymentRow, now: Instant): boolean {
  return row.shownRevision < row.revision && (row.showAt === null || row.showAt <= now);
}

/** What this revision would have said first is said by the next one: of a refused one the shop took nothing. */
async function keepUntold({ store }: CoreParts, lease: Lease, revision: number): Promise<void> {
  const { row, commands } = lease;
  const isNew = ({ doneIn }: CommandRow): boolean =>
    doneIn !== undefined && doneIn > row.shownRevision && doneIn <= revision;
  for (const command of commands.filter(isNew)) {
    mustHold(await store.saveCommand(lease, { ...command, doneIn: revision + 1 }), row);
  }
}

async function recordShown(
  parts: CoreParts,
  lease: Lease,
  payment: Payment,
  shown: Shown<Json>,
  why = "it answers that it is not ready.",
): Promise<void> {
  const { row, attempts } = lease;
  const now = parts.clock.now();
  const orphans = findOrphans(attempts);
  const receipt = shown.receipt ?? row.receipt;
  if (shown.kind === "notReady") {
    const showAt =
      shown.retryAfter === undefined
        ? afterFault(row.showFaults + 1, true, now, parts.random)
        : addSeconds(now, shown.retryAfter);
    const findings = [...orphans, ...findUnshown(row, now, why)];
    const before = { revision: row.shownRevision, receipt, next: null, showAt, findings, now };
    mustHold(await parts.store.recordShown(lease, before), row);
    return;
  }
  const findings = shown.kind === "refused" ? [...orphans, toRefusal(shown, payment)] : orphans;
  const next = shown.kind === "refused" ? null : (shown.next ?? null);
  const { revision } = payment;
  if (shown.kind === "refused") await keepUntold(parts, lease, revision);
  mustHold(await parts.store.recordShown(lease, { revision, receipt, next, showAt: null, findings, now }), row);
}

/** Before the shop is shown this payment, so that it happens before it is recorded as shown, however often we die. */
async function wakeAffected({ store, clock, wake }: CoreParts, row: PaymentRow, payment: Payment): Promise<void> {
  if (row.group === null) return;
  const affected = findAffected(payment, await store.siblings(row.shop, row.group));
  const hints = affected.flatMap(({ transaction, space }): Hint[] =>
    transaction === null ? [] : [{ entity: "transaction", id: transaction, space, state: null, reading: null }],
  );
  if (hints.length === 0) return;
  await store.addHints(hints, clock.now());
  wake?.();
}

/** Nobody waits longer for a shop. */
const answerWithin: Seconds = 20;

/** One call of the shop, which ends with its answer, with the lease, or when nobody waits for it any longer. */
async function callShop(
  { clock }: CoreParts,
  shop: Shop,
  { lease, signal }: Held,
  payment: Payment,
): Promise<Shown<Json>> {
  const done = new AbortController();
  const late = new AbortController();
  clock.sleep(answerWithin, done.signal).then(
    () => late.abort(new PaymentError("shopUnavailable", `The shop did not answer within ${answerWithin} seconds.`)),
    () => undefined,
  );
  try {
    return await shop.adapter.showPayment(payment, lease.row.receipt, AbortSignal.any([signal, late.signal]));
  } finally {
    done.abort();
  }
}

async function recordFault(parts: CoreParts, { row, attempts, ...lease }: Lease, error: unknown): Promise<void> {
  const { store, clock, random, logger } = parts;
  const why = error instanceof Error ? error.message : String(error);
  const passes = isPaymentError(error) && error.code === "shopUnavailable";
  const now = clock.now();
  const at = afterFault(row.showFaults + 1, passes, now, random);
  const findings = [...findOrphans(attempts), ...findUnshown(row, now, why)];
  logger.warn("show failed", { payment: row.id, revision: row.revision, why });
  mustHold(await store.recordFault({ row, attempts, ...lease }, { step: "show", at, findings, now }), row);
}

/**
 * Steps 6 and 7 of settle, under a lease: make the shop show the recorded payment, and record what it shows. A shop
 * that fails is tried again by backoff, without reading the service again; one that is dead is tried by one payment at a
 * time.
 *
 * @throws PaymentError when the lease was lost.
 */
export async function show(parts: RunningParts, shop: Shop, held: Held, payment: Payment): Promise<void> {
  const { store, lines, logger } = parts;
  const { lease, signal } = held;
  const retryAfter = lines.enter(shop.id);
  if (retryAfter !== null) {
    const why = "it does not answer; another payment tries it first.";
    return recordShown(parts, lease, payment, { kind: "notReady", retryAfter }, why);
  }
  let how: Parameters<typeof lines.leave>[1] = "notAsked";
  let shown: Shown<Json>;
  try {
    mustHold(await store.enter(lease, "show"), lease.row);
    await wakeAffected(parts, lease.row, payment);
    how = "failed";
    shown = await callShop(parts, shop, held, payment);
    how = "answered";
  } catch (error) {
    if (signal.aborted || how === "notAsked") throw error;
    return recordFault(parts, lease, error);
  } finally {
    lines.leave(shop.id, how);
  }
  await recordShown(parts, lease, payment, shown);
  logger.info("shown", { payment: payment.id, revision: payment.revision, kind: shown.kind });
}
