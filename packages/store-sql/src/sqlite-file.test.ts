import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { PaymentId } from "@checkout-plugins/core";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { later, now, shop, toReference } from "../test/values.ts";
import { createSqlStore, type SqlStore } from "./index.ts";
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

test("a copy that is made while the store is open has everything", async () => {
  const file = await newFile();
  const copy = await newFile("copy.sqlite");
  const store = await open(file);
  await store.open(id, shop, toReference(1), null, now);
  const source = new DatabaseSync(file, { readOnly: true });
  await backup(source, copy);
  source.close();
  await store.open("payment-2" as PaymentId, shop, toReference(2), null, now);
  await store.close();
  const restored = await open(copy);
  expect(await restored.read(shop, toReference(1))).toMatchObject({ id });
  expect(await restored.read(shop, toReference(2))).toBeNull();
  await restored.close();
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
