import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAgenda } from "./agenda.ts";
import { createRunningClock, createVirtualClock } from "./clock.ts";

const start = Date.UTC(2026, 1, 3, 9);
const fail = (error: unknown) => {
  throw error;
};

describe("agenda on a virtual clock", () => {
  it("runs what falls due in order of time, then of entry, at its own time", async () => {
    const agenda = createAgenda(createVirtualClock(start), fail);
    const seen: string[] = [];
    const note = (name: string) => () => {
      seen.push(`${name}@${agenda.now() - start}`);
    };
    agenda.add(start + 20, note("c"));
    agenda.add(start + 10, note("a"));
    agenda.add(start + 10, note("b"));
    agenda.add(start + 31, note("never"));
    await agenda.advance(30);
    expect(seen).toEqual(["a@10", "b@10", "c@20"]);
    expect(agenda.now()).toBe(start + 30);
    expect(agenda.next()).toBe(start + 31);
  });

  it("keeps any order of entry in order of time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 })), async (delays) => {
        const agenda = createAgenda(createVirtualClock(start), fail);
        const seen: string[] = [];
        for (const [index, delay] of delays.entries())
          agenda.add(start + delay, () => void seen.push(`${delay}/${index}`));
        await agenda.advance(20);
        const sorted = delays.map((delay, index) => ({ delay, index })).toSorted((a, b) => a.delay - b.delay);
        expect(seen).toEqual(sorted.map(({ delay, index }) => `${delay}/${index}`));
      }),
    );
  });

  it("runs entries that entries add, when they are still due on the way", async () => {
    const agenda = createAgenda(createVirtualClock(start), fail);
    const seen: number[] = [];
    const again = () => {
      seen.push(agenda.now() - start);
      agenda.add(agenda.now() + 10, again);
    };
    agenda.add(start + 10, again);
    await agenda.advance(35);
    expect(seen).toEqual([10, 20, 30]);
  });

  it("waits for work that takes a while before the next entry", async () => {
    const agenda = createAgenda(createVirtualClock(start), fail);
    const seen: string[] = [];
    const slow = agenda.later(5, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push("slow");
      return 42;
    });
    agenda.add(start + 6, () => void seen.push("next"));
    await Promise.all([agenda.advance(3), agenda.advance(3)]);
    expect(seen).toEqual(["slow", "next"]);
    expect(await slow).toBe(42);
  });

  it("forgets all entries", async () => {
    const agenda = createAgenda(createVirtualClock(start), fail);
    const seen: string[] = [];
    agenda.add(start + 1, () => void seen.push("forgotten"));
    agenda.add(start + 2, () => void seen.push("forgotten"));
    const waiting = agenda.later(3, async () => {});
    agenda.clear();
    await expect(waiting).rejects.toThrow("reset");
    await agenda.advance(10);
    expect(seen).toEqual([]);
  });

  it("says which entry went wrong and goes on at the next advance", async () => {
    const agenda = createAgenda(createVirtualClock(start), fail);
    agenda.add(start + 1, () => {
      throw new Error("broken entry");
    });
    await expect(agenda.advance(2)).rejects.toThrow("broken entry");
    await agenda.advance(1);
    expect(agenda.now()).toBe(start + 2);
  });
});

describe("agenda on a running clock", () => {
  it("runs by itself what is due, and at once what it is set forward to", async () => {
    const errors: unknown[] = [];
    const agenda = createAgenda(createRunningClock(), (error) => errors.push(error));
    await new Promise<void>((resolve) => agenda.add(agenda.now(), () => resolve()));
    const before = agenda.now();
    let ran = false;
    agenda.add(before + 3_600_000, () => {
      ran = true;
    });
    await agenda.advance(3_600_000);
    expect(ran).toBe(true);
    expect(agenda.now()).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(errors).toEqual([]);
  });

  it("reports an entry that throws", async () => {
    const agenda = createAgenda(createRunningClock(), (error) => report(error));
    let report: (error: unknown) => void = () => {};
    const reported = new Promise((resolve) => {
      report = resolve;
    });
    agenda.add(agenda.now(), () => {
      throw new Error("broken entry");
    });
    expect(await reported).toMatchObject({ message: "broken entry" });
  });
});
