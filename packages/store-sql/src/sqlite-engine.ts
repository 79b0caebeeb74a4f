import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Kysely, SqliteDialect, sql } from "kysely";
import type { Engine, Watch } from "./engine.ts";
import { toKyselyDatabase } from "./node-sqlite.ts";
import type { Schema } from "./schema.ts";
import { lockFile } from "./sqlite-lock.ts";

/** Durable at each commit, and readable by others while we write. */
const pragmas = `
  pragma busy_timeout = 5000;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
`;

/**
 * Opens or creates a file, readable by its owner only.
 *
 * @throws Error when another process holds it, or it cannot be opened.
 */
export function openSqlite(file: string, watch?: Watch): Engine {
  closeSync(openSync(file, "a", 0o600));
  const lock = lockFile(file);
  const database = new DatabaseSync(file);
  database.exec(pragmas);
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: toKyselyDatabase(database) }),
    log: ({ query }) => watch?.(query),
  });
  return {
    db,
    isShared: false,
    types: {
      text: "text",
      end: sql`strict`,
      identity: (table) => table.addColumn("id", "integer", (column) => column.primaryKey().autoIncrement()),
    },
    async lockTransactions() {}, // one writer at a time
    async lockMigrations() {}, // one process
    async hasTable(name) {
      const found = await sql`select 1 from sqlite_master where type = 'table' and name = ${name}`.execute(db);
      return found.rows.length > 0;
    },
    wake() {}, // one process
    attend() {},
    async close() {
      await db.destroy();
      if (database.isOpen) database.close(); // kysely closes only what it has used
      lock.release();
    },
  };
}
