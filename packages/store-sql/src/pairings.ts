import type { Instant, NewPairing, Pairing, ShopId, ShopRegistry } from "@checkout-plugins/core";
import { addSeconds } from "@checkout-plugins/core/store";
import { type Engine, inTransaction } from "./engine.ts";
import type { KeyRing } from "./key-ring.ts";
import type { Db } from "./schema.ts";
import { readShop, updateShop } from "./shop-records.ts";
import { readSecret, writeSecret, writeSecrets } from "./shop-secrets.ts";

/** Seconds in which a code can be used. */
const lifetime = 60 * 60;
/** Beside the secrets of the platform and the keys of the spaces: rotated with them. */
const secretName = "pairing";

export interface PairingParts {
  readonly engine: Engine;
  readonly ring: KeyRing;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly createId: () => string;
}

interface Kept {
  readonly id: string;
  readonly key: string;
  readonly nonce: string;
}

export function openPairing(
  { engine, ring, randomBytes, createId }: PairingParts,
  shop: ShopId,
  now: Instant,
): Promise<NewPairing | null> {
  const toBase64 = (): string => Buffer.from(randomBytes(32)).toString("base64");
  const kept: Kept = { id: createId(), key: `whsec_${toBase64()}`, nonce: toBase64() };
  const endsOn = addSeconds(now, lifetime);
  return inTransaction(engine, async (db) => {
    const record = await readShop(db, shop);
    if (record === null) return null;
    const columns = { id: kept.id, platform: record.platform, taken_by: null, ends_on: endsOn };
    await db
      .insertInto("pairings")
      .values({ shop, ...columns })
      .onConflict((conflict) => conflict.column("shop").doUpdateSet(columns))
      .execute();
    await writeSecret(db, ring, shop, secretName, JSON.stringify(kept));
    return { id: kept.id, key: kept.key, endsOn };
  });
}

export async function findPairing(
  { engine: { db }, ring }: PairingParts,
  platform: string,
  id: string,
  now: Instant,
): Promise<Pairing | undefined> {
  const row = await findRow(db, platform, id, now);
  const secret = row && (await readSecret(db, ring, row.shop, secretName));
  const kept = secret === undefined ? undefined : (JSON.parse(secret) as Kept);
  // Between both readings a newer code may have been made.
  return row === undefined || kept?.id !== id ? undefined : { shop: row.shop, key: kept.key, nonce: kept.nonce };
}

export function takePairing(
  { engine, ring }: PairingParts,
  now: Instant,
  ...[platform, id, nonce, { secrets, ...change }]: Parameters<ShopRegistry["takePairing"]>
): Promise<string | undefined> {
  return inTransaction(engine, async (db) => {
    const { numUpdatedRows } = await db
      .updateTable("pairings")
      .set({ taken_by: nonce })
      .where("id", "=", id)
      .where("platform", "=", platform)
      .where("ends_on", ">", now)
      .where("taken_by", "is", null)
      .executeTakeFirst();
    const row = await findRow(db, platform, id, now);
    if (numUpdatedRows === 0n || row === undefined) return row?.taken_by ?? undefined;
    for (let done = false; !done; ) {
      const record = await readShop(db, row.shop);
      done = record === null || (await updateShop(db, row.shop, record.version, { ...change, disabledOn: null }));
    }
    await writeSecrets(db, ring, row.shop, { secrets });
    return nonce;
  });
}

async function findRow(db: Db, platform: string, id: string, now: Instant) {
  const row = await db
    .selectFrom("pairings")
    .select(["shop", "taken_by"])
    .where("id", "=", id)
    .where("platform", "=", platform)
    .where("ends_on", ">", now)
    .executeTakeFirst();
  return row && { ...row, shop: row.shop as ShopId };
}
