import type { Logger } from "@checkout-plugins/core";
import { Kysely, PostgresDialect, sql } from "kysely";
import type { Engine, Watch } from "./engine.ts";
import { createPool, toKyselyPool } from "./postgres-pool.ts";
import { createWake } from "./postgres-wake.ts";
import type { Schema } from "./schema.ts";

export interface PostgresSettings {
  readonly connectionString: string;
  readonly schema: string;
  readonly connections: number;
  readonly onWake: (() => void) | undefined;
  readonly logger: Pick<Logger, "warn">;
  readonly watch?: Watch;
}

/** So many locks stand for all transactions: PostgreSQL has room for a few thousand. */
const locks = 1024;

export function openPostgres({
  connectionString,
  schema,
  connections,
  onWake,
  logger,
  watch,
}: PostgresSettings): Engine {
  const pool = createPool(connectionString, connections, logger);
  const channel = `checkout-plugins ${schema}`;
  const wake = createWake({ pool, connectionString, channel, onWake, logger });
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: toKyselyPool(pool) }),
    log: ({ query }) => watch?.(query),
  }).withSchema(schema);
  return {
    db,
    isShared: true,
    types: {
      text: sql`text collate "C"`, // bytes decide what is equal and what comes first, in every database
      end: sql``,
      identity: (table) => table.addColumn("id", "bigint", (column) => column.generatedAlwaysAsIdentity().primaryKey()),
    },
    async lockTransactions(inside, transactions) {
      const keys = transactions.map(({ space, transaction }) => `${space} ${transaction}`);
      await sql`
        select pg_advisory_xact_lock(hashtext(${channel}), number)
        from (select distinct hashtext(key) & ${sql.lit(locks - 1)} as number from unnest(${keys}::text[]) as key order by 1) as numbers
      `.execute(inside);
    },
    async lockMigrations(inside) {
      await sql`select pg_advisory_xact_lock(hashtext(${channel}), -1)`.execute(inside);
      const found = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(inside);
      if (found.rows.length === 0) await inside.schema.createSchema(schema).execute();
    },
    async hasTable(name) {
      const found = await sql`select 1 from pg_tables where schemaname = ${schema} and tablename = ${name}`.execute(db);
      return found.rows.length > 0;
    },
    wake: () => wake.tell(),
    attend: () => wake.listen(),
    async close() {
      await wake.close();
      await pool.end();
    },
  };
}
