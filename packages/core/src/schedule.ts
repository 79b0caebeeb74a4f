import type { ReadAttempt } from "./attempt.ts";
import type { CommandRow, Instant, Seconds } from "./contract/index.ts";
import { addSeconds, earliest, latest, secondsBetween } from "./time.ts";
import { isFinal } from "./transaction-state.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Exponential with full jitter: between nothing and `first * 2^(step - 1)`, at most `most` seconds, at least one. */
export function backoff(step: number, first: Seconds, most: Seconds, random: () => number): Seconds {
  return Math.max(1, Math.min(most, first * 2 ** Math.min(step - 1, 20)) * random());
}

/** After this many faults in a row a payment is a finding. */
export const faultsUntilFinding = 8;

/**
 * A fault of the payment itself, such as an answer that is not understood, is tried once a day when it is a finding. One
 * that passes with the service or the shop that has it is tried every ten minutes for ever: nobody is paid a day late
 * because a server was away for an hour.
 */
export function afterFault(faults: number, passes: boolean, now: Instant, random: () => number): Instant {
  const isPoison = !passes && faults >= faultsUntilFinding;
  return addSeconds(now, isPoison ? day : backoff(faults, 2, passes ? 10 * minute : hour, random));
}

/** A quarter of the attempt's age: quick while the buyer pays, rare when nothing happens. ±10 % against herds. */
function byAge({ row }: ReadAttempt, now: Instant, least: Seconds, random: () => number): Instant {
  const age = Math.max(0, secondsBetween(row.on, now));
  const wait = Math.min(6 * hour, Math.max(least, age / 4));
  return addSeconds(now, wait * (0.9 + 0.2 * random()));
}

/** The service's own dates, a moment later, when they lie ahead. */
function ownDates({ snapshot }: ReadAttempt, now: Instant): readonly Instant[] {
  if (snapshot === null) return [];
  const { state, authorizationTimeoutOn, completionTimeoutOn } = snapshot;
  const dates = state === "AUTHORIZED" ? [completionTimeoutOn] : [authorizationTimeoutOn];
  return dates.flatMap((date) => (date === null || date <= now ? [] : [addSeconds(date, 5)]));
}

function watch(one: ReadAttempt, now: Instant, random: () => number): Instant | null {
  const { snapshot, row } = one;
  if (row.transaction === null || snapshot === null) return null;
  if (isFinal(snapshot.state)) return null;
  const least = snapshot.state === "AUTHORIZED" ? 15 * minute : 20;
  return earliest(byAge(one, now, least, random), ...ownDates(one, now));
}

export interface ScheduleInput {
  readonly attempts: readonly ReadAttempt[];
  readonly commands: readonly CommandRow[];
  /** Of the operations that the service has not finished: its own next dates. */
  readonly nextUpdates: readonly Instant[];
  readonly pendingOperations: boolean;
  readonly staleReads: number;
  readonly now: Instant;
  readonly random: () => number;
}

const afterStale: readonly Seconds[] = [1, 3, 10, minute, 10 * minute, hour, day];
/** So many readings may lag behind a signed hint before it is no longer waited for. */
export const patience = 3;

/**
 * When to look again: the earliest of the backoff, the service's own dates, and 1, 3, 10 seconds, then ever more rarely
 * up to a day, after a reading that lagged behind a signed hint or behind what is known. null: everything is final, what comes later is found by the sweep.
 */
export function nextLook(input: ScheduleInput): Instant | null {
  const { now, random, staleReads } = input;
  const stale = staleReads > 0 ? afterStale[staleReads - 1] : undefined;
  const unsent = input.commands.filter(({ state }) => state === "open");
  const resend = unsent.map(({ sends }) => addSeconds(now, backoff(sends + 1, 2, 5 * minute, random)));
  const running = input.pendingOperations ? [addSeconds(now, 5 * minute * (0.9 + 0.2 * random()))] : [];
  const dates = input.nextUpdates.map((date) => latest(addSeconds(date, 5), addSeconds(now, 30)));
  return earliest(
    ...input.attempts.map((one) => watch(one, now, random)),
    ...resend,
    ...running,
    ...dates,
    stale === undefined ? null : addSeconds(now, stale),
  );
}
