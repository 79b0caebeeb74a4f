import type { Seconds } from "@checkout-plugins/core";

const minute = 60;
const hour = 60 * minute;

/**
 * How long a payments app waits after each try that Shopify did not answer: 0, 5, 10, 30, 45 s, 1, 2, 5, 12, 38 min, 1,
 * 2 h, then 4 h five times: 18 tries in a good day (https://shopify.dev/docs/apps/build/payments/considerations).
 */
export const retryWaits: readonly Seconds[] = [
  0,
  5,
  10,
  30,
  45,
  minute,
  2 * minute,
  5 * minute,
  12 * minute,
  38 * minute,
  hour,
  2 * hour,
  ...[4, 4, 4, 4, 4].map((hours) => hours * hour),
];

/**
 * After so many tries in vain. Beyond the schedule every four hours: a result is never given up, and after an hour a
 * person is told.
 */
export function retryWait(tries: number): Seconds {
  return retryWaits[Math.min(Math.max(tries, 1), retryWaits.length) - 1] ?? 4 * hour;
}
