/** The simulator's time in milliseconds since 1970. It can be set forward, never back. */
export interface Clock {
  readonly kind: "running" | "virtual";
  now(): number;
  /** Sets the time forward; an earlier instant is ignored. */
  forwardTo(instant: number): void;
  /** Calls back once the time has come by itself; on a virtual clock it never does. Returns the cancellation. */
  wakeAt(instant: number, wake: () => void): () => void;
}

/** Node fires a timer at once when its delay exceeds 32 bits. */
const longestTimer = 2 ** 31 - 1;

/** Runs with the computer's clock, plus what it was set forward by. */
export function createRunningClock(): Clock {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  return {
    kind: "running",
    now,
    forwardTo(instant) {
      ahead += Math.max(0, instant - now());
    },
    wakeAt(instant, wake) {
      const timer = setTimeout(wake, Math.min(longestTimer, Math.max(0, instant - now())));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/** Stands still until it is set forward. */
export function createVirtualClock(start: number): Clock {
  let time = start;
  return {
    kind: "virtual",
    now: () => time,
    forwardTo(instant) {
      time = Math.max(time, instant);
    },
    wakeAt: () => () => {},
  };
}
