import type { CoreParts, Lease, PaymentId, PaymentRow, Seconds } from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { addSeconds } from "./time.ts";

const defaultLease: Seconds = 60;
/** Outside calls are aborted so long before the lease ends, so that none outlives it. */
const margin: Seconds = 5;

export interface Held {
  readonly lease: Lease;
  /** Fires before the lease ends, or with the caller's own signal. */
  readonly signal: AbortSignal;
}

export function leaseSeconds(parts: CoreParts): Seconds {
  return parts.lease ?? defaultLease;
}

/** Runs the work under a lease that was taken, with one signal that fires before it ends, and gives the lease back. */
export async function underLease<T>(
  parts: CoreParts,
  lease: Lease,
  outer: AbortSignal | undefined,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  const timer = new AbortController();
  const ending = new AbortController();
  const stopTimer = AbortSignal.any([timer.signal]);
  const seconds = Math.max(0, leaseSeconds(parts) - margin);
  parts.clock.sleep(seconds, stopTimer).then(
    () => ending.abort(new PaymentError("leaseLost", "The lease of this payment is about to end", { retryable: true })),
    () => undefined,
  );
  const signal = outer === undefined ? ending.signal : AbortSignal.any([outer, ending.signal]);
  try {
    return await work({ lease, signal });
  } finally {
    timer.abort();
    await parts.store.release(lease);
  }
}

const tries = 40;
const pause: Seconds = 0.25;

/**
 * Waits for the payment's lease, ten seconds at most, then runs the work under it. `instead` is asked before each pause:
 * what it answers ends the waiting.
 *
 * @throws PaymentError `busy`, retryable.
 */
export async function withLease<T>(
  parts: CoreParts,
  id: PaymentId,
  outer: AbortSignal | undefined,
  work: (held: Held) => Promise<T>,
  instead: () => Promise<T | undefined> = async () => undefined,
): Promise<T> {
  for (let tried = 0; tried < tries; tried += 1) {
    const now = parts.clock.now();
    const lease = await parts.store.lease(id, parts.createId(), now, addSeconds(now, leaseSeconds(parts)));
    if (lease !== null) return underLease(parts, lease, outer, work);
    const answer = await instead();
    if (answer !== undefined) return answer;
    await parts.clock.sleep(pause, outer);
  }
  throw new PaymentError("busy", `Payment ${id} is being worked on elsewhere. Try again.`, { retryable: true });
}

/** A write under a lease that is no longer ours has written nothing, and the work stops here. */
export function mustHold(written: boolean, row: Pick<PaymentRow, "id">): void {
  if (written) return;
  throw new PaymentError("leaseLost", `The lease of payment ${row.id} went to somebody else`, { retryable: true });
}
