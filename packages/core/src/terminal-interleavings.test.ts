import type { ServiceId } from "@checkout-plugins/client";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { TerminalId } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder } from "./testing/rows.ts";

const tills = ["990001", "990002"] as const;
type Till = (typeof tills)[number];

/** What cashiers, buyers, the network and time do, in any order. */
type Step =
  | { readonly kind: "sell"; readonly till: Till; readonly fault: "cutBefore" | "cutAfter" | "unreachable" | null }
  | { readonly kind: "stop" | "giveUp" | "restart" | "late" | "page" }
  | { readonly kind: "end"; readonly till: Till; readonly state: "FULFILL" | "FAILED" }
  | { readonly kind: "time"; readonly seconds: number };

const till = fc.constantFrom(...tills);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("sell" as const),
      till,
      fault: fc.constantFrom(null, null, null, "cutBefore", "cutAfter", "unreachable"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("stop", "giveUp", "restart", "late", "page") }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("end" as const), till, state: fc.constantFrom("FULFILL", "FAILED") }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("time" as const), seconds: fc.constantFrom(1, 30, 120) }) },
) as fc.Arbitrary<Step>;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Begins it and lets it go as far as it goes: till it is done, or waits for the buyer. Errors are its right. */
async function goOn({ clock }: Bench, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  work.then(
    () => {
      isDone = true;
    },
    () => {
      isDone = true;
    },
  );
  for (let turns = 0; turns < 30 && !isDone; turns += 1) {
    await turn();
    if (turns % 10 === 9) clock.advance(0.25);
  }
}

async function take(bench: Bench, { kind, ...given }: Step): Promise<Bench> {
  const { core, service, clock } = bench;
  const one = given as Step & { till: Till; fault: null; state: "FULFILL"; seconds: number };
  if (kind === "sell") {
    if (one.fault !== null) service.failNext("perform", one.fault);
    const offer = { reference, order: anOrder(), completion: "immediate", test: false, wait: 5 } as const;
    await goOn(
      bench,
      core.runCommand(shopId, { kind: "terminal", ...offer, terminal: one.till as string as TerminalId }),
    );
  } else if (kind === "stop") await goOn(bench, core.runCommand(shopId, { kind: "terminalStop", reference }));
  else if (kind === "page") await goOn(bench, bench.start());
  else if (kind === "giveUp") service.tills.giveUp();
  else if (kind === "late") for (const effect of service.late.splice(0)) tryTo(effect);
  else if (kind === "end") service.tills.end(one.till as string as ServiceId, one.state);
  else if (kind === "time") clock.advance(one.seconds);
  else return createBench({ wrapStore: () => bench.store, service, clock });
  await turn();
  return bench;
}

/** What arrives late may be refused by then. */
function tryTo(effect: () => void): void {
  try {
    effect();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** All that was begun ends, every webhook is lost, and only time finds it. */
async function settleAtLast(bench: Bench): Promise<void> {
  for (let hour = 0; hour < 30; hour += 1) {
    bench.clock.advance(hour < 5 ? 60 : 3600);
    await turn();
    await bench.settleAll();
  }
}

it("keeps one amount, or none, and shows it, in whatever order cashiers, buyers and networks act", async () => {
  let [paid, double] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const shown = createBench();
      let bench = shown;
      for (const one of steps) {
        const before = bench.service.tills.begun.length;
        bench = await take(bench, one);
        // Time alone never lights a terminal up.
        // Two devices ask for one payment only where the merchant no longer waits for the first.
        if (!steps.some(({ kind }) => kind === "stop")) expect(bench.service.tills.asking.size).toBeLessThan(2);
        if (one.kind === "time") expect(bench.service.tills.begun).toHaveLength(before);
      }
      for (const effect of bench.service.late.splice(0)) tryTo(effect);
      for (const one of tills) bench.service.tills.end(one as string as ServiceId, "FULFILL");
      await settleAtLast(bench);
      const taken = [...bench.service.transactions.values()].filter(({ state }) => state === "FULFILL");
      const kept = taken.filter(
        ({ refundedAmount, completedAmount }) => Number(refundedAmount) < Number(completedAmount),
      );
      expect(kept).toHaveLength(taken.length === 0 ? 0 : 1);
      const payment = await bench.core.recall(shopId, reference);
      expect(payment === null ? "none" : payment.standing === "paid").toBe(
        payment === null ? "none" : taken.length > 0,
      );
      const last = bench.shop.shown.at(-1) ?? shown.shop.shown.at(-1);
      if (taken.length > 0) expect(last?.standing).toBe("paid");
      paid += kept.length;
      double += taken.length > 1 ? 1 : 0;
    }),
    { numRuns: 300, seed: 20_261_123 },
  );
  // The histories were worth their time.
  expect(paid).toBeGreaterThan(100);
  expect(double).toBeGreaterThan(0);
});
