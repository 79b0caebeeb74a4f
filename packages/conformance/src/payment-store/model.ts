import { createMemoryStore, type PaymentStore } from "@checkout-plugins/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toOperation } from "./model-operations.ts";
import { arbitraryPlans } from "./model-plan.ts";
import type { OpenedStore, StoreUnderTest } from "./store-bench.ts";

/** Both stores get the same calls, under the leases each of them gave. */
export interface Twins {
  readonly model: PaymentStore;
  readonly real: PaymentStore;
}

export function testAgainstModel<Opened extends OpenedStore>(under: StoreUnderTest<Opened>): void {
  describe("any sequence of operations", () => {
    it("answers as the memory store does", async () => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(arbitraryPlans, async (sequence) => {
          const opened = await under.open({});
          try {
            const operate = toOperation({ model: createMemoryStore(), real: opened.store });
            for (const plan of sequence) {
              const { model, real } = await operate(plan);
              expect(real, JSON.stringify(plan)).toEqual(model);
              compared += 1;
            }
          } finally {
            await opened.close();
          }
        }),
        { numRuns: under.sequences ?? 100 },
      );
      expect(compared).toBeGreaterThan((under.sequences ?? 100) * 10);
    });
  });
}
