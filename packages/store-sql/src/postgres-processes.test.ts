import type { PaymentId, ServiceId } from "@checkout-plugins/core";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { describe, expect, it, onTestFinished } from "vitest";
import { dropSchema, newSchemaName, withConnection } from "../test/postgres-schema.ts";
import { aHint, later, now, shop, toReference } from "../test/values.ts";
import { createSqlStore, type SqlStore, type SqlStoreSettings } from "./index.ts";

await describeWithPostgres("processes on one PostgreSQL", ({ connectionString }) => {
  const warnings: string[] = [];
  const logger = { info() {}, warn: (event: string) => warnings.push(event) };

  async function open(schema: string, settings: Partial<SqlStoreSettings> = {}): Promise<SqlStore> {
    const database = { connectionString, schema, connections: 3 };
    const store = await createSqlStore({ database, logger, ...settings });
    onTestFinished(() => store.close());
    return store;
  }

  function newSchema(name = newSchemaName()): string {
    onTestFinished(() => dropSchema(connectionString, `"${name}"`));
    return name;
  }

  /** Ends all connections that have asked something of this schema, as a restart of the server would. */
  const cut = (schema: string) =>
    withConnection(connectionString, (query) =>
      query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like '%' || $1 || '%'",
        [schema],
      ),
    );

  describe("onWake", () => {
    it("tells the others when something became due", async () => {
      const schema = newSchema();
      let wake = (): void => undefined;
      let heard = 0;
      const woken = (): Promise<void> => new Promise((resolve) => (wake = resolve));
      const listener = await open(schema, {
        onWake: () => {
          heard += 1;
          wake();
        },
      });
      const other = await open(schema);
      await other.open("payment-1" as PaymentId, shop, toReference(1), null, now);
      // The listening begins in its own time: knock until it is heard, then count on one knock each.
      while (heard === 0) {
        await other.abandon("payment-1" as PaymentId, now);
        await new Promise((resolve) => setImmediate(resolve));
      }
      const calls = [
        () => other.addHints([aHint(1)], now),
        () => other.abandon("payment-1" as PaymentId, now),
        () => listener.abandon("payment-1" as PaymentId, now),
      ];
      for (const call of calls) {
        const [before, hearing] = [heard, woken()];
        await call();
        await hearing;
        expect(heard).toBeGreaterThan(before);
      }
      expect(heard).toBeGreaterThanOrEqual(calls.length);
    });

    it("listens again after its connection was lost, with the next claim", async () => {
      const schema = newSchema();
      let heard = 0;
      const listener = await open(schema, { onWake: () => (heard += 1) });
      const other = await open(schema);
      await other.open("payment-1" as PaymentId, shop, toReference(1), null, now);
      const knock = async (): Promise<void> => {
        const before = heard;
        while (heard === before) {
          await listener.claim("me", now, now, { total: 1, perShop: 1 }).catch(() => []);
          await other.abandon("payment-1" as PaymentId, now).catch(() => undefined);
        }
      };
      await knock();
      await cut(schema);
      await knock();
      expect(warnings.length).toBeGreaterThan(0);
    });
  });

  it("survives that all its connections are cut while it rests", async () => {
    const schema = newSchema();
    const store = await open(schema);
    await store.open("payment-1" as PaymentId, shop, toReference(1), null, now);
    const before = warnings.length;
    await cut(schema);
    while (warnings.length === before) await new Promise((resolve) => setImmediate(resolve));
    expect((await store.read(shop, toReference(1)))?.id).toBe("payment-1");
  });

  it("fails only him whose hint the database cannot keep", async () => {
    const store = await open(newSchema());
    const unstorable = aHint(1, { entity: "refund", id: "\u0000" as ServiceId });
    const [bad, good] = await Promise.allSettled([store.addHints([unstorable], now), store.addHints([aHint(2)], now)]);
    expect(bad.status).toBe("rejected");
    expect(good).toEqual({ status: "fulfilled", value: "stored" });
  });

  it("keeps to its schema, whatever its name, beside others in one database", async () => {
    const stores = [
      await open(newSchema(`${newSchemaName()} "quoted"-Ö'`.slice(0, 50).replaceAll('"', ""))),
      await open(newSchema()),
    ];
    for (const [index, store] of stores.entries()) {
      await store.open(`payment-${index}` as PaymentId, shop, toReference(1), null, now);
      await store.abandon(`payment-${index}` as PaymentId, now);
    }
    for (const [index, store] of stores.entries()) {
      const claimed = await store.claim("me", later(1), later(61), { total: 9, perShop: 9 });
      expect(claimed.map(({ row }) => row.id)).toEqual([`payment-${index}`]);
    }
  });

  it("says why when there is no server", async () => {
    const database = { connectionString: "postgres://nobody@127.0.0.1:1/nothing" };
    await expect(createSqlStore({ database, logger })).rejects.toThrow(/ECONNREFUSED|refused/);
  });
});
