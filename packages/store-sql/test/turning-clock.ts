import { setImmediate as turn } from "node:timers/promises";
import type { Clock, Instant } from "@checkout-plugins/core";
import { addSeconds } from "@checkout-plugins/core/store";
import { now as start } from "./values.ts";

/** Stands still until it is set; who sleeps lets others work for one turn. */
export function createTurningClock(): Clock & { advance(seconds: number): void } {
  let now: Instant = start;
  return {
    now: () => now,
    sleep: () => turn(),
    advance(seconds) {
      now = addSeconds(now, seconds);
    },
  };
}
