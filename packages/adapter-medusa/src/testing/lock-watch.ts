import { Modules } from "@medusajs/framework/utils";
import { vi } from "vitest";
import type { Bench } from "./bench.ts";
import { countWaiting, type DatabaseWaits, toDatabase, watchDatabase } from "./database-locks.ts";

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
  /** Sessions of the database that wait for a lock now. */
  readonly waitingNow: number;
  /** null: the database is not ours, so that its log cannot be read. */
  readonly database: DatabaseWaits | null;
}

/** Medusa asks three times a second. */
const patience = 80;

/** Counts from now on, until it is stopped. */
export async function watchLocks(bench: Bench): Promise<{ stop(): Promise<SeenLocks> }> {
  const { container, clock, databaseLog } = bench;
  const database = toDatabase(bench);
  const waits = databaseLog === null ? null : await watchDatabase(database, databaseLog);
  const locking = container().resolve(Modules.LOCKING);
  const acquire = vi.spyOn(locking, "acquire");
  const release = vi.spyOn(locking, "release");
  const before = { leaseWaits: clock.leaseWaits };
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
        waitingNow: await countWaiting(database),
        database: (await waits?.stop()) ?? null,
      };
    },
  };
}
