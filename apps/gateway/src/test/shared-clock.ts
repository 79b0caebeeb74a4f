import type { Clock, Instant, Seconds } from "@checkout-plugins/core";

export interface SharedClock extends Clock {
  /** Wakes whoever slept until now. */
  wakeSleepers(): void;
  /** How many wait for the lease of a payment: they sleep for less than a second at a time. */
  waiting(): number;
}

/** A clock for core that tells the time of another one, which stands still until a test sets it forward. */
export function createSharedClock(now: () => number): SharedClock {
  let sleepers: readonly { readonly until: number; readonly isShort: boolean; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(now()).toISOString() as Instant,
    sleep: (seconds: Seconds, signal?: AbortSignal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { until: now() + seconds * 1000, isShort: seconds < 1, wake: resolve };
        sleepers = [...sleepers, sleeper];
        signal?.addEventListener(
          "abort",
          () => {
            sleepers = sleepers.filter((one) => one !== sleeper);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    waiting: () => sleepers.filter(({ isShort }) => isShort).length,
    wakeSleepers() {
      const due = sleepers.filter(({ until }) => until <= now());
      sleepers = sleepers.filter(({ until }) => until > now());
      for (const { wake } of due) wake();
    },
  };
}
