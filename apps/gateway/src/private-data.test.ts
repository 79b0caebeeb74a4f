import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Address, Commands, ShopKey } from "@checkout-plugins/core";
import { commandSchema, paymentSchema } from "@checkout-plugins/shop-protocol";
import { exampleKey } from "@checkout-plugins/simulator";
import { createSqlStore, type SqlStore } from "@checkout-plugins/store-sql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { anOrder, type Bench, chf, createBench, reference, secret, shopId } from "./test/bench.ts";

const card = "4111111111111111";
const logger = { info() {}, warn() {} };

let folder = "";
let store: SqlStore;
let bench: Bench;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-"));
  store = await createSqlStore({ database: { file: join(folder, "payments.sqlite") }, logger });
  bench = await createBench({ store });
});
afterEach(async () => {
  await bench.close();
  await store.close();
  await rm(folder, { recursive: true });
});

/** Words that stand nowhere else, one for each place where something private is given. */
function createCanaries() {
  const all: string[] = [];
  const next = (): string => {
    const word = `canary${String(all.length + 1).padStart(2, "0")}`;
    all.push(word);
    return word;
  };
  return { all, next };
}

function anAddress(next: () => string): Address {
  return {
    givenName: next(),
    familyName: next(),
    organization: next(),
    street: next(),
    postcode: next(),
    city: next(),
    country: "CH",
    email: `${next()}@example.ch`,
    phone: next(),
    dateOfBirth: "1970-01-01",
    salutation: next(),
    vatNumber: next(),
  };
}

/** Everything a purchase may meet: it is paid by card, refunded, a shop that fails, and strangers who knock. */
async function runPurchase(): Promise<readonly string[]> {
  const { all, next } = createCanaries();
  const [line] = anOrder().lines;
  if (line === undefined) throw new Error("no line");
  const order = {
    ...anOrder(),
    customer: { id: next(), email: `${next()}@example.ch` },
    billing: anAddress(next),
    shipping: anAddress(next),
    lines: [{ ...line, name: next(), sku: next() }],
  };
  const returnUrl = `https://shop.example.ch/return?token=${next()}` as Commands["start"]["returnUrl"];
  const cancelUrl = `https://shop.example.ch/cart?token=${next()}` as Commands["start"]["cancelUrl"];
  await bench.start({ order, returnUrl, cancelUrl, store: true });
  await bench.advance(10);
  await bench.simulator.buyer({ action: "pay", card, keep: true });
  await bench.advance(5);
  await bench.comeBack();
  bench.shop.answer = { kind: "refused", reason: "cannotShow", detail: next() };
  const refund = { kind: "refund", reference, heldKeys: "all", lines: null, offline: false } as const;
  const client = bench.connectShop();
  const key = "refund-1" as ShopKey;
  await bench.during(client.run({ ...refund, shopKey: key, amount: chf(500), reason: next() }));
  await bench.advance(60);
  bench.shop.answer = null;
  await client.run({ kind: "stored", customer: order.customer.id, test: false });
  await knock(next);
  await bench.advance(120);
  expect(bench.shop.order(reference)?.payment).toMatchObject({ standing: "paid" });
  expect(all.length).toBeGreaterThanOrEqual(40);
  return all;
}

/** Requests of nobody, with something private wherever a request has room. */
async function knock(next: () => string): Promise<void> {
  const { gatewayUrl } = bench;
  const body = JSON.stringify({ kind: "start", note: next() });
  const headers = {
    authorization: `Bearer ${next()}`,
    cookie: `session=${next()}`,
    "x-signature": `algorithm=SHA256withECDSA, keyId=${next()}, signature=${next()}`,
    "webhook-id": next(),
    "webhook-timestamp": "1",
    "webhook-signature": `v1,${next()}`,
    "user-agent": next(),
    referer: `https://shop.example.ch/?email=${next()}@example.ch`,
  };
  for (const path of [
    `/shops/${shopId}/commands?token=${next()}`,
    `/shops/${shopId}/webhooks`,
    `/${next()}`,
    `/platforms/${next()}/x`,
  ]) {
    const response = await fetch(gatewayUrl + path, { method: "POST", headers, body });
    expect(response.status).toBeGreaterThanOrEqual(400);
    await response.text();
  }
}

/** Every value of every table, as text. */
function dump(): string {
  const database = new DatabaseSync(join(folder, "payments.sqlite"), { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const rows = tables.flatMap(({ name }) => database.prepare(`select * from "${name}"`).all());
  database.close();
  expect(rows.length).toBeGreaterThan(5);
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

function columns(): readonly string[] {
  const database = new DatabaseSync(join(folder, "payments.sqlite"), { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const names = tables.flatMap(({ name }) =>
    database
      .prepare(`pragma table_info("${name}")`)
      .all()
      .map((one) => `${name}.${one.name}`),
  );
  database.close();
  return names;
}

/** Card numbers by their check digit, also in groups. */
function cardNumbers(text: string): readonly string[] {
  const found = text.match(/(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])/g) ?? [];
  return found.filter((one) => {
    const digits = [...one.replace(/\D/g, "")].reverse().map(Number);
    return (
      digits.reduce((sum, digit, at) => sum + (at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0) % 10 === 0
    );
  });
}

const hits = (canaries: readonly string[], text: string): readonly string[] =>
  canaries.filter((canary) => text.toLowerCase().includes(canary));

describe("what is private", () => {
  it("T17: stands in no line of the log at debug level", async () => {
    const canaries = await runPurchase();
    expect(bench.lines.length).toBeGreaterThan(10);
    expect(hits(canaries, bench.lines.join("\n"))).toEqual([]);
    expect(bench.lines.join("\n")).not.toMatch(/eyJ[\w-]+\.|securityToken|whsec_/);
    const ofPayments = bench.lines.filter((line) => /"event":"(recorded|shown|look failed|show failed)"/.test(line));
    expect(ofPayments.length).toBeGreaterThan(2);
    for (const line of ofPayments) expect(line).toMatch(/"payment":"[^"]{8,}"/);
  });

  it("T9: no secret stands in any table", async () => {
    await runPurchase();
    const kept = dump();
    for (const one of [secret, secret.slice("whsec_".length), exampleKey]) expect(kept).not.toContain(one);
    expect(kept).not.toMatch(/whsec_|Bearer |eyJ[\w-]{10,}\./);
  });

  it("T14: is gone from all tables when its buyer asks, and was there before", async () => {
    const canaries = await runPurchase();
    const buyers = canaries.slice(0, 22);
    expect(hits(buyers, dump())).toEqual(buyers);
    const found = await store.findBuyer(shopId, { customer: "canary01" }, { after: null, limit: 9 });
    expect(hits(buyers, JSON.stringify(found))).toEqual(buyers);
    expect(await store.eraseBuyer(shopId, { email: "canary02@example.ch" }, bench.now(), 9)).toEqual({
      erased: 1,
      held: 0,
    });
    const left = dump();
    expect(hits(buyers, left)).toEqual([]);
    // The product's name and number, and what the shop said of the order.
    expect(hits(canaries, left)).toEqual(["canary23", "canary24", "canary27"]);
    await bench.advance(300);
    expect(hits(buyers, dump())).toEqual([]);
    const { standing, refunded } = (await store.read(shopId, reference))?.payment ?? {};
    expect({ standing, refunded }).toEqual({ standing: "paid", refunded: chf(500) });
  });

  it("T11: card numbers stand nowhere, and no field could hold one", async () => {
    await runPurchase();
    expect(cardNumbers(`x ${card} 5500 0000 0000 0004`)).toHaveLength(2);
    for (const text of [dump(), ...bench.lines]) {
      expect(text).not.toContain(card);
      expect(cardNumbers(text)).toEqual([]);
    }
    const schemas = [commandSchema, paymentSchema].map((one) => JSON.stringify(z.toJSONSchema(one, { io: "input" })));
    const names = [...columns(), ...schemas.flatMap((one) => one.match(/"\w+":/g) ?? [])];
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => /card|\bpan\b|cvc|cvv|expiry|track/i.test(name))).toEqual([]);
  });
});
