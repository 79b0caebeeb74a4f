import type { Clock, ShopId, ShopRecord, ShopStore, ShopTerms } from "@checkout-plugins/core";
import { type Engine, inTransaction } from "./engine.ts";
import { askErasure, claimErasure, endErasure } from "./erasures.ts";
import { createKeyRing, type KeyRingSettings } from "./key-ring.ts";
import { findPairing, openPairing, takePairing } from "./pairings.ts";
import { renewSecret } from "./renew-secret.ts";
import { rotateSecrets } from "./rotate-secrets.ts";
import {
  findShop,
  findShopBySpace,
  listShops,
  readShop,
  toShopRecord,
  toTermsColumns,
  updateShop,
} from "./shop-records.ts";
import { readSecret, toKeyName, toSecretName, writeSecrets } from "./shop-secrets.ts";

export interface ShopStoreParts extends KeyRingSettings {
  readonly clock: Clock;
  /** 128 bits of randomness or more; letters, digits, - and _, at most 40: also the ids of shops. */
  readonly createId: () => string;
}

/** Of a shop that its platform installed; its owner chooses later. */
function toFirstTerms(name: string): ShopTerms {
  return {
    name,
    environment: "test",
    live: null,
    test: null,
    integration: "page",
    completion: "configured",
    doublePayment: "resolve",
  };
}

/** The shops beside the payments, on an engine whose tables are there. */
export function createShopStore(engine: Engine, { keys, randomBytes, clock, createId }: ShopStoreParts): ShopStore {
  const { db } = engine;
  const ring = createKeyRing({ keys, randomBytes });
  const pairing = { engine, ring, randomBytes, createId };
  const change: ShopStore["change"] = (id, version, changes) =>
    inTransaction(engine, async (inside) => {
      if (!(await updateShop(inside, id, version, changes))) return null;
      await writeSecrets(inside, ring, id, changes);
      return readShop(inside, id);
    });
  /** What `make` wants of the shop as it is, again when somebody else was quicker. */
  const changeNow = async (id: ShopId, make: (shop: ShopRecord) => Parameters<typeof change>[2]): Promise<void> => {
    for (let done = false; !done; ) {
      const shop = await readShop(db, id);
      done = shop === null || (await change(id, shop.version, make(shop))) !== null;
    }
  };
  const add: ShopStore["add"] = ({ platform, key, settings, terms, ...given }) =>
    inTransaction(engine, async (inside) => {
      const row = await inside
        .insertInto("shops")
        .values({
          id: createId(),
          platform,
          platform_key: key,
          version: 1,
          settings: JSON.stringify(settings),
          ...toTermsColumns(terms),
        })
        .onConflict((conflict) => conflict.columns(["platform", "platform_key"]).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return null;
      const shop = toShopRecord(row);
      await writeSecrets(inside, ring, shop.id, given);
      return shop;
    });

  return {
    add,
    change,
    read: (id) => readShop(db, id),
    list: ({ after, limit }) => listShops(db, after, limit),
    find: async (platform, key) => (await findShop(db, platform, key))?.id,
    findBySpace: (space) => findShopBySpace(db, space),
    async save(platform, key, settings, secrets) {
      for (;;) {
        const added = await add({ platform, key, settings, terms: toFirstTerms(key), secrets });
        if (added !== null) return added.id;
        const known = await findShop(db, platform, key);
        const saved = known && (await change(known.id, known.version, { settings, secrets, disabledOn: null }));
        if (saved) return saved.id;
      }
    },
    disable: (id) => changeNow(id, ({ disabledOn }) => ({ disabledOn: disabledOn ?? clock.now() })),
    openPairing: (id) => openPairing(pairing, id, clock.now()),
    findPairing: (platform, id) => findPairing(pairing, platform, id, clock.now()),
    takePairing: (...given) => takePairing(pairing, clock.now(), ...given),
    forgetCustomer: (shop, customer) => askErasure(db, { shop, customer }, clock.now()),
    claimErasure: (now, until) => claimErasure(engine, now, until),
    endErasure: (erasure, until) => endErasure(db, erasure, until),
    readKey: async (id, environment) => (await readSecret(db, ring, id, toKeyName(environment))) ?? null,
    secretsOf: (id) => ({
      get: (name) => readSecret(db, ring, id, toSecretName(name)),
      renew: (name, seen, renewal) =>
        renewSecret({ engine, ring, clock, createId }, id, toSecretName(name), seen, renewal),
    }),
    rotate: () => rotateSecrets(engine, ring),
  };
}
