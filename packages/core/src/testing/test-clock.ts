import type { Clock, Instant, Seconds } from "../contract/index.ts";
import { addSeconds } from "../time.ts";
import { start } from "./rows.ts";

export interface TestClock extends Clock {
  /** Moves the time and wakes whoever slept until then. */
  advance(seconds: Seconds): void;
}

/** A clock that stands still until it is moved. */
export function createTestClock(): TestClock {
  let now: Instant = start;
  let sleepers: readonly { readonly until: Instant; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (seconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: addSeconds(now, seconds), wake: resolve };
        const stop = (): void => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(signal?.reason);
        };
        if (signal?.aborted) return stop();
        sleepers = [...sleepers, sleeper];
        signal?.addEventListener("abort", stop, { once: true });
      }),
    advance(seconds) {
      now = addSeconds(now, seconds);
      const woken = sleepers.filter(({ until }) => until <= now);
      sleepers = sleepers.filter(({ until }) => until > now);
      for (const { wake } of woken) wake();
    },
  };
}
