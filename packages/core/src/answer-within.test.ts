import { expect, it } from "vitest";
import { answerWithin } from "./answer-within.ts";
import type { CommandResult } from "./contract/index.ts";
import { createBench, reference, shopId } from "./testing/bench.ts";
import { createTestClock } from "./testing/test-clock.ts";

const pending = { kind: "pending", operation: null, payment: null };
const unexpected = (error: unknown): never => {
  throw error;
};

it("answers what came in time", async () => {
  const bench = createBench();
  const result = await answerWithin(4, bench.start(), bench.clock, unexpected);
  expect(result).toMatchObject({ kind: "successful", answer: { kind: "redirect" } });
});

it("answers pending when it takes longer, and the work goes on: asking again gives the same address", async () => {
  const bench = createBench();
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  bench.service.before = async () => {
    bench.service.before = async () => undefined;
    reached.resolve();
    await gate.promise;
  };
  const work = bench.start();
  const answer = answerWithin(4, work, bench.clock, unexpected);
  await reached.promise;
  bench.clock.advance(4);
  expect(await answer).toEqual(pending);
  gate.resolve();
  await work;
  expect(bench.service.transactions.size).toBe(1);
  expect(await bench.start()).toMatchObject({ answer: { url: expect.stringContaining("/pay/900001") } });
  expect(await bench.core.recall(shopId, reference)).toMatchObject({ standing: "open" });
});

it("throws what failed in time, and tells what failed later", async () => {
  const clock = createTestClock();
  await expect(answerWithin(4, Promise.reject(new Error("down")), clock, unexpected)).rejects.toThrow("down");
  const late = Promise.withResolvers<CommandResult<"start">>();
  const told: unknown[] = [];
  const answer = answerWithin(4, late.promise, clock, (error) => told.push(error));
  clock.advance(4);
  expect(await answer).toEqual(pending);
  late.reject(new Error("late"));
  await new Promise(setImmediate);
  expect(told).toEqual([new Error("late")]);
});
