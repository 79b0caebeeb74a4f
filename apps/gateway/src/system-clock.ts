import { setTimeout as wait } from "node:timers/promises";
import type { Clock, Instant } from "@checkout-plugins/core";

/** The machine's own clock. */
export function createSystemClock(): Clock {
  return {
    now: () => new Date().toISOString() as Instant,
    sleep: (seconds, signal) => wait(seconds * 1000, undefined, { signal }),
  };
}
