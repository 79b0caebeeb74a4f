import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryStore, type PaymentStore } from "@checkout-plugins/core";
import { createSqlStore } from "@checkout-plugins/store-sql";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { describe, expect, it } from "vitest";
import { serviceFaults, shopOperations, tryCell } from "./test/fault-matrix.ts";
import { createSmallWorld } from "./test/small-world.ts";

const logger = { info() {}, warn() {} };

/** Every fault of the service, whatever a shop does at that time: 25 x 8 cells. */
function testMatrix(withStore: (work: (store: PaymentStore) => Promise<void>) => Promise<void>): void {
  it.each(shopOperations.map((operation) => [operation.name, operation] as const))(
    "%s ends in the right state, whatever goes wrong",
    (_name, operation) =>
      withStore(async (store) => {
        const world = await createSmallWorld({ store });
        const wrong: string[] = [];
        for (const [number, fault] of serviceFaults.entries()) {
          const cell = await tryCell(world, fault, operation, number);
          if (cell.wrong !== null) wrong.push(`${fault.name}: ${cell.wrong} [${cell.findings}]`);
        }
        expect(wrong).toEqual([]);
      }),
  );
}

describe("memory", () => testMatrix((work) => work(createMemoryStore())));

describe("SQLite", () => {
  testMatrix(async (work) => {
    const folder = await mkdtemp(join(tmpdir(), "matrix-"));
    const store = await createSqlStore({ database: { file: join(folder, "payments.sqlite") }, logger });
    await work(store).finally(async () => {
      await store.close();
      await rm(folder, { recursive: true });
    });
  });
});

await describeWithPostgres("PostgreSQL", ({ connectionString }) => {
  let schemas = 0;
  testMatrix(async (work) => {
    schemas += 1;
    const schema = `matrix_${process.pid}_${schemas}`;
    const store = await createSqlStore({ database: { connectionString, schema, connections: 2 }, logger });
    await work(store).finally(() => store.close());
  });
});
