import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { NewShop, ShopId, ShopStore, SpaceId } from "@checkout-plugins/core";
import { addSeconds } from "@checkout-plugins/core/store";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dropSchema, newSchemaName, withConnection } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { createTurningClock } from "../test/turning-clock.ts";
import { createSqlStore } from "./index.ts";

interface Opened {
  /** A store of the same shops with these keys, as another process has it where several may share a database. */
  shops(keys: readonly Uint8Array[]): Promise<ShopStore>;
  run(sql: string): Promise<void>;
  /** All bytes that are kept. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

const [key, newer] = [randomBytes(32), randomBytes(32)];
const clock = createTurningClock();
const parts = { clock, createId: randomUUID, randomBytes };
const space = "70001" as SpaceId;

const aShop: NewShop = {
  platform: "http",
  key: "https://shop.example.ch",
  settings: { showUrl: "https://shop.example.ch/show" },
  terms: {
    name: "Shop",
    environment: "live",
    live: { space, userId: "12345" },
    test: null,
    integration: "page",
    completion: "configured",
    doublePayment: "resolve",
  },
  keys: { live: "LiveKeyOfTheUser" },
  secrets: { secret: "whsec_OfTheShop" },
};

async function addShop(shops: ShopStore, changes: Partial<NewShop> = {}) {
  const shop = await shops.add({ ...aShop, ...changes });
  if (shop === null) throw new Error("There is such a shop");
  return shop;
}

function testShopStore(open: () => Promise<Opened>): void {
  let opened: Opened;
  let shops: ShopStore;
  beforeEach(async () => {
    opened = await open();
    shops = await opened.shops([key]);
  });
  afterEach(() => opened.close());

  it("keeps a shop to the letter, and finds it by its platform's key and by its space", async () => {
    const shop = await addShop(shops);
    const { keys: _keys, secrets: _secrets, ...kept } = aShop;
    expect(shop).toEqual({ ...kept, id: shop.id, version: 1, disabledOn: null });
    expect(await shops.read(shop.id)).toEqual(shop);
    expect(await shops.find("http", aShop.key)).toBe(shop.id);
    expect(await shops.find("woocommerce", aShop.key)).toBeUndefined();
    expect(await shops.findBySpace(space)).toBe(shop.id);
    expect(await shops.findBySpace("70002" as SpaceId)).toBeNull();
    expect(await shops.add(aShop)).toBeNull();
    expect(await shops.read("none" as ShopId)).toBeNull();
  });

  it("pages by id", async () => {
    for (const name of ["a", "b", "c"]) await addShop(shops, { key: name });
    const first = await shops.list({ after: null, limit: 2 });
    const rest = await shops.list({ after: first[1]?.id ?? null, limit: 2 });
    expect([...first, ...rest].map((one) => one.key).toSorted()).toEqual(["a", "b", "c"]);
  });

  it("changes what is still of the version that was read, in one piece", async () => {
    const { id, terms } = await addShop(shops);
    const test = { space: "70002" as SpaceId, userId: "12345" };
    const changed = await shops.change(id, 1, {
      terms: { ...terms, test, live: null },
      keys: { live: null, test: "T" },
    });
    expect(changed).toMatchObject({ version: 2, terms: { test, live: null }, settings: aShop.settings });
    expect(await shops.findBySpace(space)).toBeNull();
    expect([await shops.readKey(id, "live"), await shops.readKey(id, "test")]).toEqual([null, "T"]);
    expect(await shops.change(id, 1, { keys: { test: "Late" } })).toBeNull();
    expect(await shops.readKey(id, "test")).toBe("T");
  });

  it("lets a platform install, install again, and remove", async () => {
    const id = await shops.save("shopify", "demo.myshopify.com", { scope: 1 }, { token: "one", other: "kept" });
    expect(await shops.read(id)).toMatchObject({ version: 1, terms: { environment: "test", live: null, test: null } });
    await shops.disable(id);
    await shops.disable(id);
    expect(await shops.read(id)).toMatchObject({ disabledOn: clock.now() });
    expect(await shops.save("shopify", "demo.myshopify.com", { scope: 2 }, { token: "two" })).toBe(id);
    expect(await shops.read(id)).toMatchObject({ disabledOn: null, settings: { scope: 2 } });
    const secrets = shops.secretsOf(id);
    expect([await secrets.get("token"), await secrets.get("other")]).toEqual(["two", "kept"]);
    await expect(shops.disable("none" as ShopId)).resolves.toBeUndefined();
  });

  it("prefers a shop that is not disabled when it looks by space", async () => {
    const ids = [];
    for (const name of ["a", "b"]) ids.push((await addShop(shops, { key: name })).id);
    for (const id of ids) {
      const other = ids.find((one) => one !== id);
      await shops.disable(id);
      expect(await shops.findBySpace(space)).toBe(other);
      await shops.save("http", id === ids[0] ? "a" : "b", {}, {});
    }
  });

  describe("T9: secrets at rest", () => {
    it("are nowhere in what is kept", async () => {
      const { id } = await addShop(shops);
      await shops.secretsOf(id).renew("token", undefined, async () => "TokenOfThePlatform");
      const dump = await opened.dump();
      expect(dump).toContain("shop.example.ch");
      for (const secret of ["LiveKeyOfTheUser", "whsec_OfTheShop", "TokenOfThePlatform"]) {
        expect(dump).not.toContain(secret);
        expect(dump).not.toContain(Buffer.from(secret).toString("base64").slice(0, 12));
      }
    });

    it("are refused in another row: of another shop, or of another name", async () => {
      const [one, other] = [await addShop(shops, { key: "1" }), await addShop(shops, { key: "2" })];
      const sealedOf = (shop: ShopId, name: string) =>
        `(select sealed from shop_secrets where shop = '${shop}' and name = '${name}')`;
      const set = (shop: ShopId, name: string, sealed: string) =>
        opened.run(`update shop_secrets set sealed = ${sealed} where shop = '${shop}' and name = '${name}'`);
      await set(one.id, "platform secret", sealedOf(other.id, "platform secret"));
      await expect(shops.secretsOf(one.id).get("secret")).rejects.toMatchObject({ code: "notConfigured" });
      await set(other.id, "platform secret", sealedOf(other.id, "key live"));
      await expect(shops.secretsOf(other.id).get("secret")).rejects.toMatchObject({ code: "notConfigured" });
      expect(await shops.readKey(other.id, "live")).toBe("LiveKeyOfTheUser");
    });

    it("do not tell a platform the keys of the spaces, by whatever name", async () => {
      const { id } = await addShop(shops);
      for (const name of ["live", "key live", "../key live", ""]) {
        expect(await shops.secretsOf(id).get(name)).toBeUndefined();
      }
    });

    it("rotate under load without an error or a lost write", async () => {
      const next = await opened.shops([newer, key]);
      const before = await opened.shops([key, newer]);
      const ids: ShopId[] = [];
      for (let number = 0; number < 30; number += 1) ids.push((await addShop(shops, { key: String(number) })).id);
      const written = new Map<ShopId, string>();
      let isOn = true;
      const load = async (store: ShopStore, mine: readonly ShopId[]): Promise<void> => {
        for (let round = 0; isOn || round < 3; round += 1) {
          for (const id of mine) {
            expect(await store.readKey(id, "live")).toBe("LiveKeyOfTheUser");
            const value = `token ${round}`;
            await store.secretsOf(id).renew("token", written.get(id), async () => value);
            written.set(id, value);
          }
        }
      };
      const loads = [load(before, ids.slice(0, 15)), load(next, ids.slice(15))];
      expect((await next.rotate()).count).toBeGreaterThanOrEqual(60);
      isOn = false;
      await Promise.all(loads);
      // The processes that wrote with the old key are gone: once more, and it is needed no longer.
      await next.rotate();
      expect(await next.rotate()).toEqual({ count: 0, unreadable: [] });
      const only = await opened.shops([newer]);
      for (const id of ids) {
        expect(await only.readKey(id, "live")).toBe("LiveKeyOfTheUser");
        expect(await only.secretsOf(id).get("token")).toBe(written.get(id));
      }
      await expect(shops.readKey(ids[0] as ShopId, "live")).rejects.toThrow("not among ENCRYPTION_KEYS");
      const { count, unreadable } = await shops.rotate();
      expect([count, unreadable.length]).toEqual([0, 90]);
    });
  });

  it("gives a customer who shall be forgotten to one process, until it is done", async () => {
    const { id } = await addShop(shops);
    const other = await opened.shops([key]);
    const until = addSeconds(clock.now(), 60);
    expect(await shops.claimErasure(clock.now(), until)).toBeNull();
    await shops.forgetCustomer(id, "88");
    await shops.forgetCustomer(id, "88");
    const claims = await Promise.all([shops, other].map((store) => store.claimErasure(clock.now(), until)));
    expect(claims.filter((one) => one !== null)).toEqual([{ shop: id, customer: "88" }]);
    await other.forgetCustomer(id, "88");
    await shops.endErasure({ shop: id, customer: "88" }, until);
    expect(await other.claimErasure(clock.now(), until)).toEqual({ shop: id, customer: "88" });
    await other.endErasure({ shop: id, customer: "88" }, until);
    clock.advance(61);
    expect(await shops.claimErasure(clock.now(), until)).toBeNull();
  });

  describe("a pairing code", () => {
    const paired = { key: "https://new.example.ch", settings: { showUrl: "new" }, secrets: { secret: "whsec_New" } };

    it("is taken once, and then the shop is what the other side says", async () => {
      const { id } = await addShop(shops);
      await shops.disable(id);
      const { id: code, key: codeKey, endsOn } = (await shops.openPairing(id)) ?? { id: "", key: "", endsOn: "" };
      expect([codeKey.length, Date.parse(endsOn) - Date.parse(clock.now())]).toEqual([50, 3_600_000]);
      expect(await shops.findPairing("http", code)).toEqual({ shop: id, key: codeKey, nonce: expect.any(String) });
      expect(await shops.findPairing("woocommerce", code)).toBeUndefined();
      expect(await opened.dump()).not.toContain(codeKey);
      const other = await opened.shops([key]);
      const takers = [shops, other].map((store, index) => store.takePairing("http", code, `by ${index}`, paired));
      const [by, ...rest] = new Set(await Promise.all(takers));
      expect([["by 0", "by 1"].includes(by ?? ""), rest]).toEqual([true, []]);
      expect(await shops.takePairing("http", code, "late", { ...paired, key: "late" })).toBe(by);
      expect(await shops.read(id)).toMatchObject({ key: paired.key, settings: paired.settings, disabledOn: null });
      expect(await shops.secretsOf(id).get("secret")).toBe("whsec_New");
    });

    it("ends after an hour, and when a newer one is made", async () => {
      const { id } = await addShop(shops);
      const first = await shops.openPairing(id);
      const second = await shops.openPairing(id);
      expect(await shops.takePairing("http", first?.id ?? "", "nonce", paired)).toBeUndefined();
      expect(await shops.findPairing("http", first?.id ?? "")).toBeUndefined();
      clock.advance(3601);
      expect(await shops.findPairing("http", second?.id ?? "")).toBeUndefined();
      expect(await shops.takePairing("http", second?.id ?? "", "nonce", paired)).toBeUndefined();
      expect(await shops.secretsOf(id).get("secret")).toBe("whsec_OfTheShop");
      expect(await shops.openPairing("none" as ShopId)).toBeNull();
    });
  });

  describe("renewing a secret", () => {
    it("runs once for all who saw the same one, over all processes", async () => {
      const { id } = await addShop(shops);
      const stores = [shops, await opened.shops([key])];
      let runs = 0;
      const renew = (seen: string | undefined, value: string) => (store: ShopStore) =>
        store.secretsOf(id).renew("token", seen, async () => {
          runs += 1;
          await clock.sleep(1);
          return value;
        });
      const many = Array.from({ length: 10 }, () => stores).flat();
      expect(new Set(await Promise.all(many.map(renew(undefined, "one"))))).toEqual(new Set(["one"]));
      expect(runs).toBe(1);
      expect(new Set(await Promise.all(many.map(renew("one", "two"))))).toEqual(new Set(["two"]));
      expect(runs).toBe(2);
      expect(await renew("one", "three")(shops)).toBe("two");
      expect(runs).toBe(2);
    });

    it("leaves the way free when it fails", async () => {
      const { id } = await addShop(shops);
      const secrets = shops.secretsOf(id);
      await expect(secrets.renew("token", undefined, () => Promise.reject(new Error("refused")))).rejects.toThrow(
        "refused",
      );
      expect(await secrets.get("token")).toBeUndefined();
      expect(await secrets.renew("token", undefined, async () => "one")).toBe("one");
    });

    it("is taken over from a process that died, whose late answer does not count", async () => {
      const { id } = await addShop(shops);
      const other = await opened.shops([key]);
      const late = Promise.withResolvers<string>();
      const began = Promise.withResolvers<void>();
      const first = shops.secretsOf(id).renew("token", undefined, () => {
        began.resolve();
        return late.promise;
      });
      await began.promise;
      clock.advance(61);
      expect(await other.secretsOf(id).renew("token", undefined, async () => "quick")).toBe("quick");
      late.resolve("late");
      expect(await first).toBe("quick");
      expect(await shops.secretsOf(id).get("token")).toBe("quick");
    });
  });
}

describe("shops in SQLite", () => {
  testShopStore(async () => {
    const folder = await makeTempFolder();
    const file = join(folder.path, "shops.sqlite");
    const store = await createSqlStore({ database: { file }, logger });
    return {
      shops: async (keys) => store.openShops({ ...parts, keys }),
      async run(sql) {
        const { DatabaseSync } = await import("node:sqlite");
        const database = new DatabaseSync(file);
        database.exec(sql);
        database.close();
      },
      async dump() {
        const [main, log] = await Promise.all([readFile(file), readFile(`${file}-wal`)]);
        return Buffer.concat([main, log]).toString("latin1");
      },
      async close() {
        await store.close();
        await folder.remove();
      },
    };
  });
});

await describeWithPostgres("shops in PostgreSQL", ({ connectionString }) => {
  testShopStore(async () => {
    const schema = newSchemaName();
    const openStore = () => createSqlStore({ database: { connectionString, schema, connections: 4 }, logger });
    const stores = [await openStore()];
    return {
      async shops(keys) {
        const store = await openStore();
        stores.push(store);
        return store.openShops({ ...parts, keys });
      },
      run: (sql) =>
        withConnection(connectionString, async (query) => {
          await query(`set search_path = ${schema}`);
          await query(sql);
        }),
      dump: () =>
        withConnection(connectionString, async (query) => {
          await query(`set search_path = ${schema}`);
          const rows = [];
          for (const table of ["shops", "shop_secrets", "pairings", "erasures"])
            rows.push(await query(`select * from ${table}`));
          return JSON.stringify(rows);
        }),
      async close() {
        for (const store of stores) await store.close();
        await dropSchema(connectionString, schema);
      },
    };
  });
});
