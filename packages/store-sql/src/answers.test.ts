import { join } from "node:path";
import { addSeconds } from "@checkout-plugins/core/store";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dropSchema, newSchemaName } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { now, shop } from "../test/values.ts";
import { createSqlStore, type SqlStore } from "./index.ts";

interface Opened {
  readonly stores: readonly [SqlStore, SqlStore];
  close(): Promise<void>;
}

const key = { shop, id: "msg_1", digest: "abc" };
const answer = { status: 200, contentType: "application/json", body: '{"kind":"successful","ü":"\\u0000"}' };
const soon = addSeconds(now, 60);

function testAnswers(open: () => Promise<Opened>): void {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  it("are run by one, and then kept to the letter for all", async () => {
    const [one, other] = opened.stores;
    const claims = await Promise.all([one, other, one].map((store) => store.beginAnswer(key, now, soon)));
    expect(claims.map(({ kind }) => kind).toSorted()).toEqual(["begun", "running", "running"]);
    await one.keepAnswer(key, answer, addSeconds(now, 600));
    await other.keepAnswer(key, { ...answer, body: "late" }, addSeconds(now, 600));
    await other.dropAnswer(key);
    expect(await other.beginAnswer(key, now, soon)).toEqual({ kind: "kept", answer });
    expect(await other.beginAnswer({ ...key, digest: "xyz" }, now, soon)).toEqual({ kind: "otherBody" });
    expect(await other.beginAnswer({ ...key, shop: "shop-2" as typeof shop }, now, soon)).toEqual({ kind: "begun" });
  });

  it("are run again when there is none, or whoever ran it is gone", async () => {
    const [one, other] = opened.stores;
    await one.beginAnswer(key, now, soon);
    await one.dropAnswer(key);
    expect(await other.beginAnswer(key, now, soon)).toEqual({ kind: "begun" });
    const later = addSeconds(now, 61);
    const claims = await Promise.all([one, other].map((store) => store.beginAnswer(key, later, addSeconds(later, 60))));
    expect(claims.map(({ kind }) => kind).toSorted()).toEqual(["begun", "running"]);
  });

  it("are forgotten when they are too old, a few at a time", async () => {
    const [store] = opened.stores;
    for (const id of ["a", "b", "c"]) {
      await store.beginAnswer({ ...key, id }, now, soon);
      await store.keepAnswer({ ...key, id }, answer, addSeconds(now, 600));
    }
    expect(await store.forgetAnswers(addSeconds(now, 599), 2)).toBe(0);
    expect(await store.forgetAnswers(addSeconds(now, 600), 2)).toBe(2);
    expect(await store.forgetAnswers(addSeconds(now, 600), 2)).toBe(1);
    expect(await store.beginAnswer({ ...key, id: "a" }, now, soon)).toEqual({ kind: "begun" });
  });
}

describe("answers in SQLite", () => {
  testAnswers(async () => {
    const folder = await makeTempFolder();
    const store = await createSqlStore({ database: { file: join(folder.path, "answers.sqlite") }, logger });
    return {
      stores: [store, store],
      async close() {
        await store.close();
        await folder.remove();
      },
    };
  });
});

await describeWithPostgres("answers in PostgreSQL", ({ connectionString }) => {
  testAnswers(async () => {
    const schema = newSchemaName();
    const openStore = () => createSqlStore({ database: { connectionString, schema, connections: 3 }, logger });
    const stores = [await openStore(), await openStore()] as const;
    return {
      stores,
      async close() {
        for (const store of stores) await store.close();
        await dropSchema(connectionString, schema);
      },
    };
  });
});
