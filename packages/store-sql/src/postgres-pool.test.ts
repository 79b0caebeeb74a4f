import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { Kysely, PostgresDialect, sql } from "kysely";
import { expect, it } from "vitest";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { createPool, toKyselyPool } from "./postgres-pool.ts";

await describeWithPostgres("a pool of connections", ({ connectionString }) => {
  it("never uses one again whose answer was not waited for", async () => {
    const pool = createPool(connectionString, 1, logger, 50);
    const client = await toKyselyPool(pool).connect();
    expect(pool.totalCount).toBe(1);
    await expect(client.query("select pg_sleep(60)", [])).rejects.toThrow("timeout");
    await expect(client.query("rollback", [])).rejects.toThrow("timeout");
    client.release();
    expect(pool.totalCount).toBe(0);
    await pool.end();
  });

  it("begins each transaction with limits to how long it may hold up others", async () => {
    const pool = toKyselyPool(createPool(connectionString, 1, logger));
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const read = async (inside: Kysely<unknown>, name: string) => (await sql.raw(`show ${name}`).execute(inside)).rows;
    await db.transaction().execute(async (inside) => {
      for (const name of ["idle_in_transaction_session_timeout", "lock_timeout"])
        expect(await read(inside, name)).toEqual([{ [name]: "5s" }]);
    });
    expect(await read(db, "lock_timeout")).toEqual([{ lock_timeout: "0" }]);
    await db.destroy();
  });

  it("reads 64-bit integers as numbers", async () => {
    const pool = createPool(connectionString, 1, logger);
    const { rows } = await pool.query("select 9007199254740991::bigint as most");
    expect(rows).toEqual([{ most: Number.MAX_SAFE_INTEGER }]);
    await pool.end();
  });
});
