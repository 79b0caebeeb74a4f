import { expect, it } from "vitest";
import { createTestClock } from "./testing/test-clock.ts";
import { createWorker } from "./worker.ts";

const none = { spaces: () => [], sweep: async () => undefined };
const logger = { debug() {}, info() {}, warn() {}, error() {} };

function turn(): Promise<void> {
  return new Promise(setImmediate);
}

it("asks again at once while there is work, rests when there is none, and is woken", async () => {
  const clock = createTestClock();
  const due = [2, 1, 0];
  let asked = 0;
  const core = {
    beginDue: async () => {
      asked += 1;
      return Array.from({ length: due.shift() ?? 0 }, () => Promise.resolve());
    },
  };
  const worker = createWorker({ ...none, core: { ...none, ...core }, clock, logger });
  const stop = new AbortController();
  const running = worker.run(stop.signal);
  await turn();
  expect(asked).toBe(3);
  worker.wake();
  await turn();
  expect(asked).toBe(4);
  clock.advance(1);
  await turn();
  expect(asked).toBe(5);
  stop.abort();
  await running;
});

it("finishes what was begun when it is stopped", async () => {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const signals: unknown[] = [];
  const core = {
    beginDue: async (...given: unknown[]) => {
      signals.push(given[1]);
      begun.resolve();
      return signals.length === 1 ? [finish.promise] : [];
    },
  };
  const stop = new AbortController();
  const running = createWorker({ ...none, core: { ...none, ...core }, clock: createTestClock(), logger }).run(
    stop.signal,
  );
  await begun.promise;
  await turn();
  stop.abort();
  let isStopped = false;
  const stopped = running.then(() => {
    isStopped = true;
  });
  await turn();
  expect([isStopped, signals]).toEqual([false, [undefined, undefined]]);
  finish.resolve();
  await stopped;
  expect(isStopped).toBe(true);
});

it("goes on after a fault of the store", async () => {
  const clock = createTestClock();
  let asked = 0;
  const core = {
    beginDue: async () => {
      asked += 1;
      if (asked === 1) throw new Error("connection lost");
      return [];
    },
  };
  const stop = new AbortController();
  const running = createWorker({ ...none, core: { ...none, ...core }, clock, logger }).run(stop.signal);
  await turn();
  clock.advance(1);
  await turn();
  expect(asked).toBe(2);
  stop.abort();
  await running;
});

it("does not wait for the slowest: what hangs takes its own place only", async () => {
  const clock = createTestClock();
  const never = new Promise<void>(() => undefined);
  let settled = 0;
  const core = {
    beginDue: async ({ total }: { readonly total: number }) => {
      const isFirst = settled === 0;
      const begun = Math.min(total, 100 - settled);
      settled += begun;
      return Array.from({ length: begun }, (_, index) => (isFirst && index < 5 ? never : Promise.resolve()));
    },
    sweep: () => never,
  };
  const spaces = () => ["70001"] as never[];
  createWorker({ core, spaces, clock, logger }).run(new AbortController().signal);
  clock.advance(60);
  for (let turns = 0; turns < 50; turns += 1) await turn();
  expect(settled).toBe(100);
});

it("asks for a sweep of each space once a minute, and goes on when one fails", async () => {
  const clock = createTestClock();
  const swept: string[] = [];
  const core = {
    beginDue: async () => [],
    sweep: async (space: string) => {
      swept.push(space);
      if (space === "70001") throw new Error("down");
    },
  };
  const spaces = () => ["70001", "70002"] as never[];
  const stop = new AbortController();
  const running = createWorker({ core, spaces, clock, logger }).run(stop.signal);
  for (let second = 0; second < 121; second += 1) {
    await turn();
    clock.advance(1);
  }
  await turn();
  expect(swept).toEqual(["70001", "70002", "70001", "70002"]);
  stop.abort();
  await running;
});
