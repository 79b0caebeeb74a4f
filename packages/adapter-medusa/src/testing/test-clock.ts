import type { Clock, Instant } from "@checkout-plugins/core";

/** Runs with the computer's clock, and can be set forward. Counts how often somebody waited for a lease. */
export interface TestClock extends Clock {
  leaseWaits: number;
  advance(seconds: number): void;
}

export function createTestClock(): TestClock {
  let ahead = 0;
  return {
    leaseWaits: 0,
    advance(seconds) {
      ahead += seconds * 1000;
    },
    now: () => new Date(Date.now() + ahead).toISOString() as Instant,
    async sleep(seconds, signal) {
      if (seconds === 0.25) this.leaseWaits += 1;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, seconds * 1000);
        timer.unref();
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      });
    },
  };
}
