import { type OpenedStore, testPaymentStore } from "@checkout-plugins/conformance";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { afterAll } from "vitest";
import { dropSchema, emptySchema, newSchemaName } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { createSqlStore, type SqlStore } from "./index.ts";

interface OpenedSchema extends OpenedStore {
  readonly stores: SqlStore[];
}

await describeWithPostgres("a schema of PostgreSQL", ({ connectionString }) => {
  const schema = newSchemaName();
  const openStore = (settings: { readonly unmatchedHints?: number } = {}) =>
    createSqlStore({ database: { connectionString, schema, connections: 5 }, logger, ...settings });
  afterAll(() => dropSchema(connectionString, schema));
  testPaymentStore<OpenedSchema>("PostgreSQL", {
    sequences: process.env.LONG === "1" ? 500 : 20,
    async open(settings) {
      const store = await openStore(settings);
      const stores = [store];
      return {
        store,
        stores,
        async close() {
          for (const one of stores) await one.close();
          await emptySchema(connectionString, schema);
        },
      };
    },
    async reopen({ stores }) {
      await stores.pop()?.close();
      const store = await openStore();
      stores.push(store);
      return store;
    },
    async another({ stores }) {
      const store = await openStore();
      stores.push(store);
      return store;
    },
  });
});
