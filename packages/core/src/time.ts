import type { Instant, Seconds } from "./contract/ids.ts";

/** @throws RangeError when the instant is not a date. */
export function addSeconds(instant: Instant, seconds: Seconds): Instant {
  return new Date(Date.parse(instant) + Math.round(seconds * 1000)).toISOString() as Instant;
}

/** Seconds from `from` to `to`; negative when `to` is earlier. */
export function secondsBetween(from: Instant, to: Instant): Seconds {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

export function earliest(...instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((best, next) => (best === null || (next !== null && next < best) ? next : best), null);
}

export function latest(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((best, next) => (next > best ? next : best), first);
}
