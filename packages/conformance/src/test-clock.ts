import { addSeconds, type Clock, type Instant, type Seconds } from "@checkout-plugins/core";

export interface TestClock extends Clock {
  /** Moves the time and wakes whoever slept until then. */
  advance(seconds: Seconds): void;
}

interface Sleeper {
  readonly until: Instant;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. */
export function createTestClock(start: Instant): TestClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    sleep: (seconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        const sleeper: Sleeper = { until: addSeconds(now, seconds), wake };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", stop, { once: true });
      }),
    advance(seconds) {
      now = addSeconds(now, seconds);
      const woken = [...sleepers].filter(({ until }) => until <= now);
      for (const sleeper of woken) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}
