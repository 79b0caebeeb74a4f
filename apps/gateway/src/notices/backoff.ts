import type { Seconds } from "@checkout-plugins/core";

const minute = 60;
const hour = 60 * minute;
/** Before the second, third … try: the schedule of Standard Webhooks, then once a day. */
const pauses: readonly Seconds[] = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
const daily: Seconds = 24 * hour;

/** How long to wait after so many tries in vain, a fifth more or less. `random` is uniform in [0, 1). */
export function toPause(tries: number, random: () => number): Seconds {
  return (pauses[tries] ?? daily) * (0.8 + 0.4 * random());
}
