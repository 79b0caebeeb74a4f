import { describe, expect, it, vi } from "vitest";
import type { Bench, Checkout } from "../bench.ts";
import { toDatabase, untilWatched } from "../database-locks.ts";
import { openInstance } from "../instance.ts";
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
      // Who waits for himself is given up by Medusa, or never gets what he waits for in the database.
      expect(seen).toMatchObject({ held: 0, givenUp: 0, waitingNow: 0 });
      expect(seen.taken, JSON.stringify(seen)).toBeGreaterThanOrEqual(orders.length);
      if (seen.database !== null) {
        expect(seen.database).toMatchObject({ ended: seen.database.begun, deadlocks: 0, timeouts: 0 });
      }
    });

    it("is one order for two instances that settle at once, and what the back office does is entered once", async () => {
      const second = await openInstance();
      const settleBoth = () => Promise.all([bench.settle(), second.settle()]);
      try {
        for (let time = 0; time < 3; time += 1) {
          const checkout = await bench.checkout();
          await control.forgetRequests();
          await bench.pay(checkout);
          clock.advance(30);
          await settleBoth();
          await control.backOffice(checkout.transaction, { action: "refund", amount: "3" });
          for (let quarter = 0; quarter < 2; quarter += 1) {
            clock.advance(16 * 60);
            await settleBoth();
          }
          const seen = { captures: [10.5], refunds: [3], transactions: [10.5, -3], credited: 3, outstanding: 0 };
          expect(await bench.order(checkout.cart)).toMatchObject(seen);
          expect(await service.writes()).toEqual([]);
        }
      } finally {
        await second.store.close();
      }
    });

    it("would be seen waiting: one who gets the lock in the end, and one who never can", async ({ skip }) => {
      const log = bench.databaseLog;
      if (log === null) return skip("the database is not ours, so that its log cannot be read");
      const { payment } = (await bench.buy()).order;
      const lock = `select id from payment where id = '${payment}' for update`;
      const locks = await watchLocks(bench);
      const database = toDatabase(bench);
      const sessions = await Promise.all([0, 1, 2].map(() => database.transaction()));
      await Promise.all(sessions.map(untilWatched));
      const [first, second, third] = sessions;
      await first?.raw(lock);
      const begun = () => log.join("").split(" still waiting for ").length;
      const before = begun();
      // Knex sends nothing before somebody awaits it.
      const waiting = Promise.resolve(second?.raw(lock));
      await vi.waitUntil(() => begun() > before, { timeout: 30_000, interval: 20 });
      await first?.rollback();
      await waiting;
      await third?.raw("set local lock_timeout = '1s'");
      await expect(third?.raw(lock)).rejects.toThrow(/lock timeout/);
      await Promise.all([second?.rollback(), third?.rollback()]);
      expect(await locks.stop()).toMatchObject({ database: { begun: 2, ended: 1, timeouts: 1, deadlocks: 0 } });
    });
  });
}

function permute<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [[]];
  return all.flatMap((one) => permute(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}
