import type { ServiceId, TransactionState } from "@checkout-plugins/client";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createBench, reference, shopId } from "./testing/bench.ts";

const transaction = "900001" as ServiceId;
const sale: readonly TransactionState[] = ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL"];

/** A whole sale with its webhooks, after which the service says nothing new. */
async function sell(end: TransactionState) {
  const bench = createBench();
  await bench.start();
  await bench.settleAll();
  for (const state of [...sale.slice(0, -1), end]) {
    bench.clock.advance(2);
    bench.service.move(transaction, state);
    await bench.hint(transaction, state);
    await bench.settleAll();
  }
  return bench;
}

it.each(["FULFILL", "DECLINE"] as const)(
  "T2: genuine webhooks of a sale (%s), replayed in any order up to a hundred times, change nothing",
  async (end) => {
    const bench = await sell(end);
    const states = [...sale.slice(0, -1), end];
    const before = await bench.store.read(shopId, reference);
    const shown = bench.shop.attempts.length;
    const requests = bench.service.requests.filter((method) => method !== "read").length;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 100 }), async (replayed) => {
        for (const state of replayed) await bench.hint(transaction, state);
        bench.clock.advance(5);
        await bench.settleAll();
        const after = await bench.store.read(shopId, reference);
        expect([after?.payment, after?.revision]).toEqual([before?.payment, before?.revision]);
      }),
      { numRuns: 100 },
    );
    expect(bench.shop.attempts.length).toBe(shown);
    expect(bench.service.requests.filter((method) => method !== "read").length).toBe(requests);
  },
);
