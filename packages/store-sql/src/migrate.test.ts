import { join } from "node:path";
import type { PaymentId } from "@checkout-plugins/core";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { describe, expect, it, onTestFinished } from "vitest";
import { dropSchema, newSchemaName } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { now, shop, toReference } from "../test/values.ts";
import { createStore } from "./create-store.ts";
import type { Engine } from "./engine.ts";
import { type Migration, migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { openPostgres } from "./postgres-engine.ts";
import { openSqlite } from "./sqlite-engine.ts";

/** What the next version may do: a column with a default. */
function aColumn(number: number, changes: Partial<Migration> = {}): Migration {
  return {
    number,
    name: `column ${number}`,
    needs: 1,
    async up({ schema }) {
      await schema
        .alterTable("payments")
        .addColumn(`extra_${number}`, "integer", (column) => column.notNull().defaultTo(0))
        .execute();
    },
    ...changes,
  };
}

const numbersOf = (run: readonly Migration[]): readonly number[] => run.map(({ number }) => number);

/** `withEngines` opens so many on a database that nobody has used. */
function testMigrations(withEngines: (count: number, work: (...engines: Engine[]) => Promise<void>) => Promise<void>) {
  it("brings a new database to this version, once", () =>
    withEngines(1, async (engine) => {
      expect(numbersOf(await migrate(engine, migrations))).toEqual(migrations.map(({ number }) => number));
      expect(await migrate(engine, migrations)).toEqual([]);
    }));

  it("adds what a newer version brings, and the version before works on", () =>
    withEngines(1, async (engine) => {
      await migrate(engine, migrations);
      const before = createStore(engine, 10);
      await before.open("payment-1" as PaymentId, shop, toReference(1), null, now);
      const newer = [...migrations, aColumn(101), aColumn(102)];
      expect(numbersOf(await migrate(engine, newer))).toEqual([101, 102]);
      expect(await migrate(engine, migrations)).toEqual([]);
      await before.open("payment-2" as PaymentId, shop, toReference(2), null, now);
      expect((await before.read(shop, toReference(1)))?.id).toBe("payment-1");
      expect((await before.read(shop, toReference(2)))?.id).toBe("payment-2");
    }));

  it("refuses a database that needs a newer version, and says so", () =>
    withEngines(1, async (engine) => {
      await migrate(engine, [...migrations, aColumn(101, { needs: 101 })]);
      await expect(migrate(engine, migrations)).rejects.toThrow(
        'The database was changed by a newer version (migration 101, "column 101").',
      );
    }));

  it("leaves nothing of one that fails, nor of those with it", () =>
    withEngines(1, async (engine) => {
      await migrate(engine, migrations);
      const up = async () => {
        throw new Error("The disk is full");
      };
      await expect(migrate(engine, [...migrations, aColumn(101), aColumn(102, { up })])).rejects.toThrow(
        "disk is full",
      );
      expect(numbersOf(await migrate(engine, [...migrations, aColumn(101)]))).toEqual([101]);
    }));
}

describe("SQLite", () => {
  testMigrations(async (_, work) => {
    const folder = await makeTempFolder();
    const engine = openSqlite(join(folder.path, "payments.sqlite"));
    await work(engine).finally(async () => {
      await engine.close();
      await folder.remove();
    });
  });
});

await describeWithPostgres("PostgreSQL", ({ connectionString }) => {
  const withEngines = async (count: number, work: (...engines: Engine[]) => Promise<void>): Promise<void> => {
    const schema = newSchemaName();
    const settings = { connectionString, schema, connections: 2, onWake: undefined, logger };
    const engines = Array.from({ length: count }, () => openPostgres(settings));
    await work(...engines).finally(async () => {
      for (const engine of engines) await engine.close();
      await dropSchema(connectionString, schema);
    });
  };
  testMigrations(withEngines);

  it("is done by one of four processes that start at once", () =>
    withEngines(4, async (...engines) => {
      const run = await Promise.all(engines.map((engine) => migrate(engine, [...migrations, aColumn(101)])));
      expect(run.flatMap(numbersOf)).toEqual([...migrations.map(({ number }) => number), 101]);
    }));

  it("asks for no right to change anything when nothing is missing", () =>
    withEngines(1, async (owner) => {
      await migrate(owner, migrations);
      const schema = String(
        owner.db
          .selectFrom("payments")
          .selectAll()
          .compile()
          .sql.match(/test_\w+/),
      );
      const readOnly = new URL(connectionString);
      readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
      const user = openPostgres({ connectionString: readOnly.href, schema, connections: 2, onWake: undefined, logger });
      onTestFinished(() => user.close());
      expect(await migrate(user, migrations)).toEqual([]);
      await expect(migrate(user, [...migrations, aColumn(101)])).rejects.toThrow("read-only");
    }));
});
