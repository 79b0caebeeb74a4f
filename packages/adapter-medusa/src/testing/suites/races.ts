import { describe, expect, it } from "vitest";
import type { Bench, Checkout } from "../bench.ts";
import { watchLocks } from "../lock-watch.ts";

const names = ["webhook", "return", "completion"] as const;

/** Every order in which they can begin; the timer joins in. */
const orders = permute(names).map((order) => [order.join(", "), order] as const);

export function testRaces(bench: Bench): void {
  const { api, service, control, clock } = bench;

  describe("a paid cart for which everybody comes at once", () => {
    const acts = {
      // Medusa answers the webhook first, and settles after.
      webhook: async () => {
        await control.deliverWebhooks();
        await bench.settle();
      },
      return: bench.returnOf,
      completion: bench.complete,
    } satisfies Record<(typeof names)[number], (checkout: Checkout) => Promise<unknown>>;

    it("is one order, paid once, in any order, and nobody waits for a lock that he holds himself", async () => {
      const stopWebhooks = await service.sendWebhooks(
        "70001",
        `${api.defaults.baseURL}/hooks/postfinance-checkout/default`,
      );
      const locks = await watchLocks(bench);
      for (const [name, order] of orders) {
        const checkout = await bench.checkout();
        await control.forgetRequests();
        await bench.pay(checkout);
        clock.advance(30);
        await Promise.all([...order.map((one) => acts[one](checkout)), bench.settle()]);
        await bench.later(30);
        const seen = { status: "captured", captures: [10.5], transactions: [10.5], outstanding: 0 };
        expect(await bench.order(checkout.cart), name).toMatchObject(seen);
        expect(await service.writes(), name).toEqual([]);
      }
      await stopWebhooks();
      const seen = await locks.stop();
      // Who waits for himself is given up by Medusa, or found by PostgreSQL, or waits here for ever.
      expect(seen).toMatchObject({ held: 0, givenUp: 0, deadlocks: 0, waitingNow: 0 });
      expect(seen.taken, JSON.stringify(seen)).toBeGreaterThanOrEqual(orders.length);
    });
  });
}

function permute<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [[]];
  return all.flatMap((one) => permute(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}
