import type { ServiceId } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaymentStore } from "./contract/index.ts";
import { createBench, reference, shopId } from "./testing/bench.ts";

const first = "900001" as ServiceId;

/** Lets the scheduler decide when each call of the store goes on. */
function scheduled(store: PaymentStore, scheduler: fc.Scheduler, isOn: () => boolean): PaymentStore {
  const wrap =
    (name: string, method: (...given: unknown[]) => Promise<unknown>) =>
    async (...given: unknown[]) => {
      if (isOn()) await scheduler.schedule(Promise.resolve(), name);
      return method(...given);
    };
  const methods = Object.entries(store).map(([name, method]) => [name, wrap(name, method)]);
  return Object.fromEntries(methods) as PaymentStore;
}

describe("a hint that comes at any await of a look", () => {
  it("is never lost: the last state is shown without any timer", async () => {
    let interleavings = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isSigned) => {
        let on = false;
        const bench = createBench({ wrapStore: (store) => scheduled(store, scheduler, () => on) });
        await bench.start();
        await bench.settleAll();
        bench.clock.advance(5);
        bench.service.before = async (method) => {
          if (on) await scheduler.schedule(Promise.resolve(), method);
        };
        bench.service.move(first, "PROCESSING");
        await bench.hint(first, "PROCESSING");
        on = true;
        const looking = bench.core.settleDue({ total: 10, perShop: 10 });
        const paying = (async () => {
          await scheduler.schedule(Promise.resolve(), "the buyer pays");
          bench.service.move(first, "FULFILL");
          await bench.hint(first, isSigned ? "FULFILL" : null);
        })();
        await scheduler.waitFor(Promise.all([looking, paying]));
        on = false;
        interleavings += 1;
        bench.clock.advance(1);
        await bench.settleAll();
        expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
        const revisions = bench.shop.shown.map(({ revision }) => revision);
        expect(revisions).toEqual([...new Set(revisions)].sort((one, other) => one - other));
      }),
      { numRuns: 500 },
    );
    expect(interleavings).toBeGreaterThanOrEqual(500);
  });
});

describe("two workers, and one that sleeps past its lease", () => {
  it("records nothing under a lease that went to somebody else", async () => {
    const bench = createBench();
    await bench.start();
    await bench.settleAll();
    bench.clock.advance(5);
    bench.service.move(first, "PROCESSING");
    await bench.hint(first, "PROCESSING");
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    bench.service.before = async () => {
      bench.service.before = async () => undefined;
      reached.resolve();
      await gate.promise;
    };
    const slow = bench.core.settleDue({ total: 1, perShop: 1 });
    await reached.promise;
    bench.clock.advance(61);
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    await bench.settleAll();
    const recorded = await bench.store.read(shopId, reference);
    expect(recorded?.payment?.standing).toBe("paid");
    gate.resolve();
    await slow;
    expect(await bench.store.read(shopId, reference)).toEqual(recorded);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });
});
