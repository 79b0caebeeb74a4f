import fc from "fast-check";
import { expect, it } from "vitest";
import type { BuyerStep } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import type { Fault } from "./testing/service-double.ts";

/** What the buyer does: presses pay, and again when it fails; late creates finish somewhere in between. */
interface Run {
  readonly faults: readonly (Fault | null)[];
  readonly lateAfter: number;
  readonly pageFault: Fault | null;
}

const fault = fc.constantFrom<Fault | null>("cutBefore", "cutAfter", "unreachable", null);
const run: fc.Arbitrary<Run> = fc.record({
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
  lateAfter: fc.nat({ max: 5 }),
  pageFault: fault,
});

async function press(bench: Bench): Promise<BuyerStep | null> {
  const result = await bench.start().catch(() => null);
  return result?.kind === "successful" ? result.answer : null;
}

async function buy(bench: Bench, { faults, lateAfter, pageFault }: Run): Promise<ReadonlySet<string>> {
  const given = new Set<string>();
  if (pageFault !== null) bench.service.failNext("page", pageFault);
  for (let pressed = 0; pressed < 8; pressed += 1) {
    const next = faults[pressed];
    if (next) bench.service.failNext("create", next);
    const step = await press(bench);
    if (step?.kind === "redirect") given.add(step.url);
    if (pressed === lateAfter) for (const create of bench.service.late.splice(0)) create();
    bench.clock.advance(10);
  }
  for (const create of bench.service.late.splice(0)) create();
  return given;
}

it("T20: gives one address to the buyer, whatever creates were cut or finished late: one paid order, 1,000 runs", async () => {
  let orphans = 0;
  await fc.assert(
    fc.asyncProperty(run, async (random) => {
      const bench = createBench();
      const given = await buy(bench, random);
      expect(given.size).toBe(1);
      const [address] = given;
      const paid = [...bench.service.transactions.keys()].filter((id) => address?.includes(`/pay/${id}?`));
      expect(paid).toHaveLength(1);
      for (const id of paid) {
        bench.service.move(id, "FULFILL");
        await bench.hint(id, "FULFILL");
      }
      await bench.settleAll();
      expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", findings: [] });
      expect(bench.shop.shown.filter(({ standing }) => standing === "paid")).toHaveLength(1);
      const findings = await bench.store.findings(shopId);
      expect(findings.every(({ kind }) => kind === "orphan")).toBe(true);
      const cuts = findings.length;
      expect(bench.service.transactions.size - 1).toBeLessThanOrEqual(cuts);
      orphans += cuts;
      expect((await bench.store.read(shopId, reference))?.lookAt).toBeNull();
    }),
    { numRuns: 1000 },
  );
  expect(orphans).toBeGreaterThan(100);
});
