import type { AnswerStore, Instant, Logger, PaymentStore, ShopStore } from "@checkout-plugins/core";
import { afterRestore } from "./after-restore.ts";
import { createAnswerStore } from "./answers.ts";
import { createStore } from "./create-store.ts";
import type { Engine } from "./engine.ts";
import { endLeases } from "./leases.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { openPostgres } from "./postgres-engine.ts";
import { createShopStore, type ShopStoreParts } from "./shop-store.ts";
import { openSqlite } from "./sqlite-engine.ts";

/** One file, one process. */
export interface SqliteDatabaseSettings {
  /** Made if it is not there; its folder must be there. Not on a network drive: their locks cannot be relied on. */
  readonly file: string;
}

/** Any number of processes. */
export interface PostgresDatabaseSettings {
  /** `postgres://user:password@host:5432/database?sslmode=require` */
  readonly connectionString: string;
  /** Where our tables are, so that they may be in a shop's own database. Made if it is not there. Default `checkout_plugins`. */
  readonly schema?: string;
  /** At most so many at once, one more where `onWake` is given. Default 10. */
  readonly connections?: number;
}

export interface SqlStoreSettings {
  readonly database: SqliteDatabaseSettings | PostgresDatabaseSettings;
  readonly logger: Pick<Logger, "info" | "warn">;
  /** Hints of one space kept while no payment is found for them, for 24 hours each. Default 100,000, then `full`. */
  readonly unmatchedHints?: number;
  /** Something may have become due in another process (PostgreSQL). Only shortens the worker's wait. */
  readonly onWake?: () => void;
}

export interface SqlStore extends PaymentStore, AnswerStore {
  /** The shops of a gateway, in the same database. @throws TypeError when there is no key, or one has not 32 bytes. */
  openShops(parts: ShopStoreParts): ShopStore;
  /**
   * Once, when a copy was restored and before anybody works on it: makes sure that shops, which were shown newer
   * revisions since, take what is true. Answers how many payments there are.
   */
  afterRestore(now: Instant): Promise<number>;
  /** Commits what was brought, then gives the database back. */
  close(): Promise<void>;
}

/**
 * Opens a store in SQLite or PostgreSQL, and brings its tables to this version: forward only, by one process at a time,
 * while those of the version before go on.
 *
 * @throws Error when the database cannot be opened, is held by another process (SQLite), or was changed by a version
 * that is too new for this one.
 */
export async function createSqlStore(settings: SqlStoreSettings): Promise<SqlStore> {
  const { logger, unmatchedHints = 100_000 } = settings;
  const engine = openEngine(settings);
  try {
    for (const { number, name } of await migrate(engine, migrations))
      logger.info("database migrated", { migration: `${number} ${name}` });
    if (!engine.isShared) await endLeases(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const store = createStore(engine, unmatchedHints);
  engine.attend();
  return {
    ...store,
    ...createAnswerStore(engine),
    openShops: (parts) => createShopStore(engine, parts),
    afterRestore: (now) => afterRestore(engine, now),
    async close() {
      await store.drain();
      await engine.close();
    },
  };
}

function openEngine({ database, onWake, logger }: SqlStoreSettings): Engine {
  if ("file" in database) return openSqlite(database.file);
  const { connectionString, schema = "checkout_plugins", connections = 10 } = database;
  return openPostgres({ connectionString, schema, connections, onWake, logger });
}
