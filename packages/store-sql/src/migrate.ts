import type { Kysely } from "kysely";
import { type ColumnTypes, type Engine, inTransaction } from "./engine.ts";

export interface Migration {
  readonly number: number;
  readonly name: string;
  /** The newest migration that a program must know to work with what this one leaves. */
  readonly needs: number;
  up(db: Kysely<MigrationsSchema>, types: ColumnTypes): Promise<void>;
}

export interface MigrationsSchema {
  migrations: { number: number; name: string; needs: number };
}

type MigrationsDb = Kysely<MigrationsSchema>;

/**
 * Runs what is missing, in one transaction that only one process has at a time, and answers what was run. Touches
 * nothing when nothing is missing, so that a program may run without the right to change tables.
 *
 * @throws Error when a newer version has changed the database in a way that this one does not know.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const isNew = !(await engine.hasTable("migrations"));
  if (!isNew && (await missing(withMigrations(engine.db), migrations)).length === 0) return [];
  return inTransaction(engine, async (inside) => {
    await engine.lockMigrations(inside);
    const db = withMigrations(inside);
    await createTable(db, engine.types);
    const run = await missing(db, migrations);
    for (const one of run) {
      await one.up(db, engine.types);
      await db.insertInto("migrations").values({ number: one.number, name: one.name, needs: one.needs }).execute();
    }
    return run;
  });
}

function withMigrations(db: Engine["db"]): MigrationsDb {
  return db as unknown as MigrationsDb;
}

async function createTable({ schema }: MigrationsDb, { text, end }: ColumnTypes): Promise<void> {
  await schema
    .createTable("migrations")
    .ifNotExists()
    .addColumn("number", "integer", (column) => column.primaryKey())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("needs", "integer", (column) => column.notNull())
    .modifyEnd(end)
    .execute();
}

async function missing(db: MigrationsDb, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const ran = await db.selectFrom("migrations").selectAll().execute();
  const newest = Math.max(0, ...migrations.map(({ number }) => number));
  const ahead = ran.find(({ needs }) => needs > newest);
  if (ahead !== undefined) {
    const what = `The database was changed by a newer version (migration ${ahead.number}, "${ahead.name}").`;
    throw new Error(`${what} This one knows migrations up to ${newest}. Update it, or restore a backup made before.`);
  }
  return migrations.filter(({ number }) => !ran.some((one) => one.number === number));
}
