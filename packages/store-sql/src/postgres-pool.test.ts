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

  it("outlives the loss of a connection in the middle of a transaction, which fails", async () => {
    const lost = Promise.withResolvers<string>();
    const pool = createPool(connectionString, 2, { warn: (event) => lost.resolve(event) });
    const client = await toKyselyPool(pool).connect();
    await client.query("begin", []);
    const { rows } = (await client.query("select pg_backend_pid() as pid", [])) as { rows: { pid: number }[] };
    await pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    expect(await lost.promise).toBe("database connection lost");
    await expect(client.query("commit", [])).rejects.toThrow();
    client.release();
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("reads 64-bit integers as numbers", async () => {
    const pool = createPool(connectionString, 1, logger);
    const { rows } = await pool.query("select 9007199254740991::bigint as most");
    expect(rows).toEqual([{ most: Number.MAX_SAFE_INTEGER }]);
    await pool.end();
  });
});
