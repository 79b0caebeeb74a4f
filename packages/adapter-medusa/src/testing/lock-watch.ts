import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { vi } from "vitest";
import type { Bench } from "./bench.ts";

/** What was seen of the locks of Medusa, of core and of the database. */
export interface SeenLocks {
  /** Locks of Medusa's that were got, and how often somebody had to ask again for one. */
  readonly taken: number;
  readonly waits: number;
  /** Not given back. */
  readonly held: number;
  /** Given up after Medusa's patience of 30 seconds: who waits for himself ends here. */
  readonly givenUp: number;
  /** How often somebody waited for a payment's lease. */
  readonly leaseWaits: number;
  /** Found and broken by PostgreSQL. */
  readonly deadlocks: number;
  /** Sessions of the database that wait for a lock now. */
  readonly waitingNow: number;
}

/** Medusa asks three times a second. */
const patience = 80;

interface Knex {
  raw(sql: string): Promise<{ readonly rows: readonly { readonly count: string | number }[] }>;
}

/** Counts from now on, until it is stopped. */
export async function watchLocks({ container, clock }: Bench): Promise<{ stop(): Promise<SeenLocks> }> {
  const knex = container().resolve(ContainerRegistrationKeys.PG_CONNECTION) as unknown as Knex;
  const count = async (sql: string): Promise<number> => Number((await knex.raw(sql)).rows[0]?.count ?? 0);
  const readDeadlocks = () =>
    count("select deadlocks as count from pg_stat_database where datname = current_database()");
  const locking = container().resolve(Modules.LOCKING);
  const acquire = vi.spyOn(locking, "acquire");
  const release = vi.spyOn(locking, "release");
  const before = { deadlocks: await readDeadlocks(), leaseWaits: clock.leaseWaits };
  return {
    async stop() {
      const refusals = new Map<string, number>();
      const asked = acquire.mock.settledResults.map(({ type }, index) => [
        type,
        String(acquire.mock.calls[index]?.[0]),
      ]);
      for (const [type, key = ""] of asked) if (type === "rejected") refusals.set(key, (refusals.get(key) ?? 0) + 1);
      const taken = asked.filter(([type]) => type === "fulfilled").length;
      const given = release.mock.settledResults.filter(({ type, value }) => type === "fulfilled" && value === true);
      acquire.mockRestore();
      release.mockRestore();
      return {
        taken,
        waits: asked.length - taken,
        held: taken - given.length,
        givenUp: [...refusals.values()].filter((times) => times >= patience).length,
        leaseWaits: clock.leaseWaits - before.leaseWaits,
        deadlocks: (await readDeadlocks()) - before.deadlocks,
        waitingNow: await count(
          "select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        ),
      };
    },
  };
}
