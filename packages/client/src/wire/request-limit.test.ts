import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isServiceError } from "../errors.ts";
import { createRequestLimit, type RequestLimit, type Urgency } from "./request-limit.ts";

/** A limit on a clock that goes on whenever somebody sleeps. */
function createBench(requests: number | undefined): {
  limit: RequestLimit;
  sent: number[];
  clock: { time: number };
  tryToSend(urgency: Urgency): Promise<number | null>;
} {
  const clock = { time: 1_000_000 };
  const sent: number[] = [];
  const limit = createRequestLimit(requests, {
    now: () => clock.time,
    random: () => 0.5,
    sleep: async (milliseconds) => {
      clock.time += milliseconds;
    },
  });
  return {
    limit,
    sent,
    clock,
    /** null when it was sent, else after how many seconds it can be. */
    async tryToSend(urgency) {
      try {
        await limit.pass(urgency, "GET /x", undefined);
        sent.push(clock.time);
        return null;
      } catch (error) {
        if (!isServiceError(error) || error.code !== "rateLimited") throw error;
        return error.details.retryAfter ?? 0;
      }
    },
  };
}

function mostInTwoMinutes(sent: readonly number[]): number {
  return Math.max(0, ...sent.map((from) => sent.filter((at) => at >= from && at < from + 120_000).length));
}

describe("a space's requests", () => {
  it("are never more than the limit in any two minutes, whoever sends how often", async () => {
    const step = fc.record({
      urgency: fc.constantFrom<Urgency>("asked", "background"),
      pause: fc.constantFrom(0, 0, 0, 10, 700, 9_000, 130_000),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: 60 }),
        fc.array(step, { maxLength: 200 }),
        async (requests, steps) => {
          const { clock, sent, tryToSend } = createBench(requests);
          for (const { urgency, pause } of steps) {
            clock.time += pause;
            await tryToSend(urgency);
          }
          expect(mostInTwoMinutes(sent)).toBeLessThanOrEqual(requests);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("use nine tenths of it when there is always more to send", async () => {
    const { clock, sent, tryToSend } = createBench(600);
    while (clock.time < 1_000_000 + 1_200_000) await tryToSend("background");
    expect(sent.length).toBeGreaterThanOrEqual(5_300);
    expect(mostInTwoMinutes(sent)).toBeLessThanOrEqual(600);
  });

  it("of a buyer go first: the lower half is kept for him", async () => {
    const { clock, sent, tryToSend } = createBench(600);
    const before = clock.time;
    while (clock.time === before) await tryToSend("background");
    const atOnce = sent.filter((at) => at === before).length;
    expect(atOnce).toBe(30);
    clock.time = before;
    for (let number = 0; number < 30; number += 1) expect(await tryToSend("asked")).toBeNull();
    expect(clock.time).toBe(before);
  });

  it("wait at most ten seconds inside a call, and else tell when", async () => {
    const { tryToSend } = createBench(10);
    expect(await tryToSend("asked")).toBeNull();
    expect(await tryToSend("asked")).toBe(14);
  });
});

describe("a service that asks to wait", () => {
  it.each(["asked", "background"] as const)("is asked nothing until then: %s", async (urgency) => {
    const { limit, clock, sent, tryToSend } = createBench(undefined);
    limit.close(60_000);
    expect(await tryToSend(urgency)).toBe(60);
    clock.time += 55_000;
    expect(await tryToSend(urgency)).toBeNull();
    expect(sent[0]).toBeGreaterThanOrEqual(1_060_000);
  });

  it("without a limit of our own nothing else holds up anybody", async () => {
    const { clock, tryToSend } = createBench(undefined);
    for (let number = 0; number < 10_000; number += 1) await tryToSend("background");
    expect(clock.time).toBe(1_000_000);
  });
});
