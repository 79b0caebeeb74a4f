import type { Clock } from "./clock.ts";

/** What is to happen later, in order of time, then of entry. */
export interface Agenda {
  readonly clock: Clock["kind"];
  now(): number;
  /** Runs once the time has come. */
  add(at: number, run: () => void | Promise<void>): void;
  /** Does the work after so many milliseconds of the simulator's time; rejects when the agenda is cleared before. */
  later<T>(milliseconds: number, work: () => Promise<T>): Promise<T>;
  /** Sets the time forward and runs what falls due on the way, one after the other. */
  advance(milliseconds: number): Promise<void>;
  /** Forgets everything that is to happen. */
  clear(): void;
  /** When the next entry falls due; null when there is none. */
  next(): number | null;
}

interface Entry {
  readonly at: number;
  readonly run: () => void | Promise<void>;
  readonly drop: () => void;
}

/** @param onError told of an entry that throws while the clock runs by itself; `advance` throws it instead. */
export function createAgenda(clock: Clock, onError: (error: unknown) => void): Agenda {
  let entries: Entry[] = [];
  let cancelWake = () => {};
  let advances = Promise.resolve();

  const takeDue = (until: number): Entry | undefined =>
    entries[0] !== undefined && entries[0].at <= until ? entries.shift() : undefined;
  const setWake = () => {
    cancelWake();
    cancelWake = entries[0] === undefined ? () => {} : clock.wakeAt(entries[0].at, runDue);
  };
  const runDue = () => {
    for (let entry = takeDue(clock.now()); entry !== undefined; entry = takeDue(clock.now())) {
      const { run } = entry;
      void (async () => run())().catch(onError);
    }
    setWake();
  };
  const advanceTo = async (target: number) => {
    for (let entry = takeDue(target); entry !== undefined; entry = takeDue(target)) {
      clock.forwardTo(entry.at);
      await entry.run();
    }
    clock.forwardTo(target);
    setWake();
  };
  const insert = (entry: Entry) => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.at ?? 0) <= entry.at) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
    if (low === 0) setWake();
  };

  return {
    clock: clock.kind,
    now: () => clock.now(),
    add: (at, run) => insert({ at, run, drop: () => {} }),
    later: (milliseconds, work) =>
      new Promise((resolve, reject) => {
        insert({
          at: clock.now() + milliseconds,
          run: () => work().then(resolve, reject),
          drop: () => reject(new Error("The simulator was reset")),
        });
      }),
    advance(milliseconds) {
      const done = advances.then(() => advanceTo(clock.now() + milliseconds));
      advances = done.catch(() => {});
      return done;
    },
    clear() {
      const dropped = entries;
      entries = [];
      setWake();
      for (const entry of dropped) entry.drop();
    },
    next: () => entries[0]?.at ?? null,
  };
}
