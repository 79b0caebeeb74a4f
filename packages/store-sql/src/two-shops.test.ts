import { join } from "node:path";
import { createMemoryStore, type PaymentStore, type SpaceId } from "@checkout-plugins/core";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { expect, it } from "vitest";
import { dropSchema, newSchemaName } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { mixTwoShops } from "../test/two-shops.ts";
import { createSqlStore } from "./index.ts";

const isLong = process.env.LONG === "1";
const times = isLong ? 20 : 1;
const inMemory = isLong ? 500_000 : 100_000;

it(`T7: two shops with the same numbers learn nothing of each other, in ${inMemory} operations in memory`, async () => {
  expect(await mixTwoShops(createMemoryStore(), inMemory, 1)).toEqual([]);
}, 1_800_000);

it(`T7: nor in ${5_000 * times} operations on SQLite`, async () => {
  const folder = await makeTempFolder();
  const store = await createSqlStore({ database: { file: join(folder.path, "payments.sqlite") }, logger });
  try {
    expect(await mixTwoShops(store, 5_000 * times, 2)).toEqual([]);
  } finally {
    await store.close();
    await folder.remove();
  }
}, 1_800_000);

await describeWithPostgres("T7: two shops", ({ connectionString }) => {
  it(`nor in ${2_000 * times} operations on PostgreSQL`, async () => {
    const schema = newSchemaName();
    const store = await createSqlStore({ database: { connectionString, schema, connections: 2 }, logger });
    try {
      expect(await mixTwoShops(store, 2_000 * times, 3)).toEqual([]);
    } finally {
      await store.close();
      await dropSchema(connectionString, schema);
    }
  }, 1_800_000);
});

it.each<[string, (store: PaymentStore) => PaymentStore]>([
  [
    "hints without their space",
    (store) => ({
      ...store,
      addHints: (hints, now) =>
        store.addHints(
          hints.map((one) => ({ ...one, space: "70001" as SpaceId })),
          now,
        ),
    }),
  ],
  [
    "lists without their shop",
    (store) => ({ ...store, list: async (_shop, page) => store.list("shop-a" as never, page) }),
  ],
])("a store that keeps %s is caught", async (_name, spoil) => {
  expect((await mixTwoShops(spoil(createMemoryStore()), 2_000, 1)).length).toBeGreaterThan(0);
});
