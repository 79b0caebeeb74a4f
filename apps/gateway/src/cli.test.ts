import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ShopKey } from "@checkout-plugins/core";
import { createSqlStore, type SqlStore } from "@checkout-plugins/store-sql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Bench, chf, createBench, reference, shopId } from "./test/bench.ts";

const cli = fileURLToPath(new URL("main.ts", import.meta.url));
const logger = { info() {}, warn() {} };

let folder = "";
let file = "";
const closed: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-"));
  file = join(folder, "payments.sqlite");
});
afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true });
});

async function closeAll(): Promise<void> {
  for (const close of closed.splice(0).reverse()) await close();
}

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function run(...given: readonly string[]): Promise<Ended> {
  return runOn({ DATABASE_FILE: file }, ...given);
}

function runOn(environment: Record<string, string>, ...given: readonly string[]): Promise<Ended> {
  const flags = ["--disable-warning=ExperimentalWarning", cli, ...given];
  const env = { PATH: process.env.PATH, SHOP_ID: shopId, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, flags, { env }, (error, out, said) =>
      resolve({ code: error === null ? 0 : 1, out, error: said }),
    );
  });
}

async function open(path = file): Promise<SqlStore> {
  const store = await createSqlStore({ database: { file: path }, logger });
  closed.push(() => store.close());
  return store;
}

async function openBench(store: SqlStore): Promise<Bench> {
  const bench = await createBench({ store });
  closed.push(() => bench.close());
  return bench;
}

it("a backup under load is restored into an empty place: all payments are there, nothing is shown twice", async () => {
  const bench = await openBench(await open());
  const references = Array.from({ length: 12 }, (_, index) => `order-${index}` as typeof reference);
  const payNow = async (one: typeof reference): Promise<void> => {
    await bench.start({ reference: one });
    await bench.pay();
    await bench.advance(3);
  };
  for (const one of references.slice(0, 4)) await payNow(one);
  for (const one of references.slice(4, 8)) await bench.start({ reference: one });
  const copy = join(folder, "backup.sqlite");
  const backup = run("backup", copy);
  for (const one of references.slice(4, 8)) await bench.advance(one.length); // the buyers go on meanwhile
  expect(await backup).toMatchObject({ code: 0, error: "" });
  const early = { kind: "refund", heldKeys: "all", lines: null, reason: null, offline: false } as const;
  const shopKey = "early" as ShopKey;
  await bench.during(
    bench.connectShop().run({ ...early, reference: references[0] as typeof reference, shopKey, amount: chf(700) }),
  );
  await bench.pay(); // the last of them pays after the copy was made
  await bench.advance(5);
  const timesPaid = () => references.map((one) => bench.shop.order(one)?.timesPaid ?? 0);
  const before = timesPaid();
  expect(before.slice(0, 8)).toEqual([1, 1, 1, 1, 0, 0, 0, 1]);

  const place = join(folder, "elsewhere.sqlite");
  expect(await runOn({ DATABASE_FILE: place }, "restore", copy)).toMatchObject({ code: 0, error: "" });
  const restored = await open(place);
  for (const one of references.slice(0, 8)) expect(await restored.read(shopId, one)).not.toBeNull();
  await bench.restart(restored);
  await bench.advance(200);
  expect(timesPaid()).toEqual(before);
  // The shop was shown revisions since that the copy does not know: what happens now must be shown all the same.
  const refund = { kind: "refund", heldKeys: "all", lines: null, reason: null, offline: false } as const;
  const late = {
    ...refund,
    reference: references[0] as typeof reference,
    shopKey: "late" as ShopKey,
    amount: chf(500),
  };
  await bench.during(bench.connectShop().run(late));
  await bench.advance(5);
  expect(bench.shop.order("order-0")?.payment.refunded).toEqual(chf(500 + 700));
  for (const one of references.slice(0, 8)) {
    const row = await restored.read(shopId, one);
    expect(row?.shownRevision).toBe(row?.revision);
  }
  expect((await restored.read(shopId, "order-7" as typeof reference))?.payment?.standing).toBe("paid");
});

it("a restore overwrites nothing", async () => {
  await open();
  await closeAll();
  const copy = join(folder, "backup.sqlite");
  await run("backup", copy);
  const refused = await run("restore", copy);
  expect(refused).toMatchObject({ code: 1, error: expect.stringContaining("is there already") });
  expect(refused.error).not.toMatch(/^ +at /m);
});

it("tells all that is kept of a buyer, and forgets him", async () => {
  const store = await open();
  const bench = await openBench(store);
  await bench.start();
  await bench.pay();
  await bench.advance(5);
  const locked = await run("export", "--email", "erika@example.ch");
  expect(locked).toMatchObject({ code: 1, error: expect.stringContaining("in its console instead") });
  await closeAll();
  const told = await run("export", "--email", "Erika@example.ch");
  expect(JSON.parse(told.out)).toMatchObject([
    { row: { reference }, attempts: [{ order: { billing: { familyName: "Muster" } } }] },
  ]);
  expect(await run("erase", "--customer", "88")).toMatchObject({ code: 0, out: expect.stringMatching(/^1 payments/) });
  expect(JSON.parse((await run("export", "--email", "erika@example.ch")).out)).toEqual([]);
});

it.each([
  [["sing"], 'There is no command "sing"'],
  [["backup"], "Name the file"],
  [["export"], "Give --email or --customer"],
  [["erase", "--email", "a@example.ch", "--customer", "1"], "one of the two"],
])("%j says what to give", async (given, text) => {
  expect(await run(...given)).toMatchObject({ code: 1, error: expect.stringContaining(text) });
});

it("names the tools of PostgreSQL where the payments are there", async () => {
  const environment = { DATABASE_URL: "postgres://me:pass@localhost/payments" };
  expect((await runOn(environment, "backup", "x")).error).toContain("pg_dump --schema=checkout_plugins");
  expect((await runOn(environment, "restore", "x")).error).toContain("pg_restore");
});
