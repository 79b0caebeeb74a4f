import { join } from "node:path";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { describe, expect, it } from "vitest";
import { crash } from "../test/crash.ts";
import { dropSchema, newSchemaName } from "../test/postgres-schema.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import type { SqlStoreSettings } from "./index.ts";

const kills = process.env.LONG === "1" ? 100 : 5;

/** `withPlace` gives a database that nobody has used. */
function testCrashes(withPlace: (work: (place: SqlStoreSettings["database"]) => Promise<void>) => Promise<void>): void {
  it(`${kills} kill -9 while hints are brought: every acknowledged one is there, once`, () =>
    withPlace(async (place) => {
      const { acknowledged, lost, stored, different } = await crash(place, kills, "true");
      expect(lost).toEqual([]);
      expect(acknowledged).toBeGreaterThanOrEqual(kills * 37);
      expect(stored).toBe(different);
    }));

  it("a store that acknowledges before the commit is caught by the same", () =>
    withPlace(async (place) => {
      const { lost } = await crash(place, 1, "early");
      expect(lost.length).toBeGreaterThan(0);
    }));
}

describe("SQLite", () => {
  testCrashes(async (work) => {
    const folder = await makeTempFolder();
    await work({ file: join(folder.path, "payments.sqlite") }).finally(() => folder.remove());
  });
});

await describeWithPostgres("PostgreSQL", ({ connectionString }) => {
  testCrashes(async (work) => {
    const schema = newSchemaName();
    await work({ connectionString, schema }).finally(() => dropSchema(connectionString, schema));
  });
});
