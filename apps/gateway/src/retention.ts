import { addSeconds, type Clock, type Logger, type PaymentStore, type Seconds } from "@checkout-plugins/core";

export interface RetentionParts {
  readonly store: Pick<PaymentStore, "purge">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Payments that were opened before are removed, once nothing is to be done of them. */
  readonly days: number;
}

const hour: Seconds = 3600;
/** So many in one transaction, so that nobody waits for it. */
const batch = 200;
/** Between two batches, so that buyers come first. */
const pause: Seconds = 1;

/** Removes old payments, every hour, until the signal fires. */
export async function keepRetention(
  { store, clock, logger, days }: RetentionParts,
  signal: AbortSignal,
): Promise<void> {
  const rest = (seconds: Seconds): Promise<void> => clock.sleep(seconds, signal).catch(() => undefined);
  while (!signal.aborted) {
    let count = 0;
    try {
      for (let removed = batch; removed === batch && !signal.aborted; await rest(pause)) {
        const now = clock.now();
        removed = await store.purge(addSeconds(now, -days * 24 * hour), now, batch);
        count += removed;
      }
    } catch (error) {
      logger.error("old payments not removed", { why: error instanceof Error ? error.message : String(error) });
    }
    if (count > 0) logger.info("old payments removed", { count });
    await rest(hour);
  }
}
