import { spawn } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { PaymentId } from "@checkout-plugins/core";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { later, now, shop, toReference } from "../test/values.ts";
import { backupSqlite, createSqlStore, restoreSqlite, type SqlStore } from "./index.ts";
import { openSqlite } from "./sqlite-engine.ts";

const id = "payment-1" as PaymentId;

async function newFile(name = "payments.sqlite"): Promise<string> {
  const folder = await makeTempFolder();
  onTestFinished(() => folder.remove());
  return join(folder.path, name);
}

function open(file: string): Promise<SqlStore> {
  return createSqlStore({ database: { file }, logger });
}

test("a file is for one store at a time", async () => {
  const file = await newFile();
  const first = await open(file);
  await expect(open(file)).rejects.toThrow(`The database ${file} is in use by another process`);
  await first.open(id, shop, toReference(1), null, now);
  await first.close();
  const second = await open(file);
  expect(await second.read(shop, toReference(1))).not.toBeNull();
  await second.close();
});

test("a file is for one process at a time, and free again when that one is killed", async () => {
  const file = await newFile();
  await (await open(file)).close();
  const writer = fileURLToPath(new URL("../test/hint-writer.ts", import.meta.url));
  const given = [JSON.stringify({ file }), "1", "0"];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", writer, ...given]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  await expect(open(file)).rejects.toThrow("Stop that one first, or give several processes one PostgreSQL.");
  child.kill("SIGKILL");
  await ended;
  await (await open(file)).close();
});

test("what a process that is gone had begun is taken up by the next, and the lease of the first holds no more", async () => {
  const file = await newFile();
  const first = await open(file);
  await first.open(id, shop, toReference(1), null, now);
  await first.abandon(id, now);
  const held = await first.lease(id, "first", now, later(60));
  if (held === null) throw new Error("The payment is not free");
  expect(await first.claim("other", now, later(60), { total: 1, perShop: 1 })).toEqual([]);
  await first.close();
  const second = await open(file);
  const [taken] = await second.claim("second", now, later(60), { total: 1, perShop: 1 });
  expect(taken).toMatchObject({ owner: "second", row: { id } });
  expect(await second.enter(held, "show")).toBe(false);
  await second.close();
});

test.skipIf(process.platform === "win32")("a file is its owner's alone: it holds names and addresses", async () => {
  const file = await newFile();
  const store = await open(file);
  for (const part of [file, `${file}-wal`]) expect(((await stat(part)).mode & 0o777).toString(8)).toBe("600");
  await store.close();
});

test("a copy that is made while the store is written to has everything that was acknowledged before it", async () => {
  const file = await newFile();
  const copy = await newFile("copy.sqlite");
  const store = await open(file);
  const opened = async (number: number) =>
    store.open(`payment-${number}` as PaymentId, shop, toReference(number), null, now);
  for (let number = 0; number < 100; number += 1) await opened(number);
  const more = Array.from({ length: 100 }, (_, index) => opened(100 + index));
  const script = 'import("./sqlite-backup.ts").then(({ backupSqlite }) => backupSqlite(...process.argv.slice(1)))';
  const flags = ["--disable-warning=ExperimentalWarning", "--eval", script, file, copy];
  const child = spawn(process.execPath, flags, { cwd: fileURLToPath(new URL(".", import.meta.url)), stdio: "inherit" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let isOver = false;
  const code = ended.finally(() => {
    isOver = true;
  });
  for (let number = 200; !isOver; number += 1) {
    await opened(number);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await code).toBe(0);
  await Promise.all(more);
  await store.close();
  const place = await newFile();
  restoreSqlite(copy, place);
  const restored = await open(place);
  for (let number = 0; number < 100; number += 1) expect(await restored.read(shop, toReference(number))).not.toBeNull();
  await restored.close();
});

test.skipIf(process.platform === "win32")("a copy is its owner's alone", async () => {
  const file = await newFile();
  await (await open(file)).close();
  const copy = await newFile("copy.sqlite");
  backupSqlite(file, copy);
  const place = await newFile();
  restoreSqlite(copy, place);
  for (const path of [copy, place]) expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
});

test("a copy overwrites nothing, and what is no whole copy is not restored", async () => {
  const file = await newFile();
  await (await open(file)).close();
  const copy = await newFile("copy.sqlite");
  backupSqlite(file, copy);
  expect(() => backupSqlite(file, copy)).toThrow("is there already");
  expect(() => restoreSqlite(copy, file)).toThrow("is there already");
  expect(() => backupSqlite(`${file}.none`, `${copy}.2`)).toThrow("There is no file");
  const place = await newFile();
  const bytes = await readFile(copy);
  await writeFile(copy, bytes.subarray(0, bytes.length / 2));
  expect(() => restoreSqlite(copy, place)).toThrow("is no whole database of payments");
  await writeFile(copy, "not a database, but long enough to be looked at");
  expect(() => restoreSqlite(copy, place)).toThrow("is no whole database of payments");
  const empty = await newFile("empty.sqlite");
  new DatabaseSync(empty).close();
  await writeFile(empty, "");
  expect(() => restoreSqlite(empty, place)).toThrow("it holds no payments");
  await (await open(place)).close();
});

test("what was brought is committed before it is closed", async () => {
  const file = await newFile();
  const store = await open(file);
  const hint = { entity: "refund", id: "1", space: "2", state: null, reading: null } as never;
  const brought = store.addHints([hint], now);
  await store.close();
  expect(await brought).toBe("stored");
  const again = await open(file);
  expect(await again.claimStrangers("me", now, now, 1)).toEqual([hint]);
  await again.close();
});

test("a commit is on the disk when it is answered", async () => {
  const engine = openSqlite(await newFile());
  const read = async (name: string) => (await sql.raw(`pragma ${name}`).execute(engine.db)).rows;
  expect(await read("journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(await read("synchronous")).toEqual([{ synchronous: 2 }]);
  await engine.close();
});
