import { randomUUID } from "node:crypto";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { vi } from "vitest";
import type { Bench } from "./bench.ts";

/** Knex, as far as it is used here. */
export interface Database {
  raw(sql: string): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  transaction(): Promise<Database & { rollback(): Promise<void> }>;
}

export function toDatabase({ container }: Pick<Bench, "container">): Database {
  return container().resolve(ContainerRegistrationKeys.PG_CONNECTION) as unknown as Database;
}

/** Sessions of this database that wait for a lock now. */
export async function countWaiting(database: Database): Promise<number> {
  const { rows } = await database.raw(
    "select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return Number(rows[0]?.count);
}

export async function untilWaiting(database: Database): Promise<void> {
  await vi.waitUntil(async () => (await countWaiting(database)) > 0, { timeout: 30_000, interval: 20 });
}

/** Waits for locks inside PostgreSQL, from its own log: those of more than a millisecond. */
export interface DatabaseWaits {
  readonly begun: number;
  /** Got what they waited for. Who waits for himself never does. */
  readonly ended: number;
  readonly deadlocks: number;
  /** Canceled because the wait took too long. */
  readonly timeouts: number;
}

/** Has PostgreSQL write down every wait for a lock, and reads from now on what it writes, until it is stopped. */
export async function watchDatabase(
  database: Database,
  log: readonly string[],
): Promise<{ stop(): Promise<DatabaseWaits> }> {
  await set(database, "log_lock_waits = on", "deadlock_timeout = '1ms'");
  await untilWatched(database);
  const from = await mark(database, log);
  return {
    async stop() {
      const until = await mark(database, log);
      await set(database, "log_lock_waits = default", "deadlock_timeout = default");
      const text = log.join("").slice(from, until);
      const count = (what: RegExp): number => text.match(what)?.length ?? 0;
      return {
        begun: count(/ process \d+ still waiting for /g),
        ended: count(/ process \d+ acquired /g),
        deadlocks: count(/deadlock detected/g),
        timeouts: count(/due to lock timeout/g),
      };
    },
  };
}

/** Until this session has taken the setting: the server hands it on some time after it was asked to. */
export async function untilWatched(session: Database): Promise<void> {
  const setting = async () => (await session.raw("show log_lock_waits")).rows[0]?.log_lock_waits;
  await vi.waitUntil(async () => (await setting()) === "on", { timeout: 30_000, interval: 20 });
}

/** Sessions that are there already take it too. */
async function set(database: Database, ...settings: readonly string[]): Promise<void> {
  for (const one of settings) await database.raw(`alter system set ${one}`);
  await database.raw("select pg_reload_conf()");
}

/** Writes into the log, and answers where: everything that was said before stands before it. */
async function mark(database: Database, log: readonly string[]): Promise<number> {
  const text = randomUUID();
  await database.raw(`do $$ begin raise log '${text}'; end $$`);
  return vi.waitUntil(() => log.join("").indexOf(text) + 1 || null, { timeout: 30_000, interval: 20 });
}
