import type { Environment, ShopId, ShopKeys } from "@checkout-plugins/core";
import type { KeyRing } from "./key-ring.ts";
import type { Db } from "./schema.ts";

/** So that no platform reads the key of a space, by whatever name. */
export function toSecretName(name: string): string {
  return `platform ${name}`;
}

export function toKeyName(environment: Environment): string {
  return `key ${environment}`;
}

export async function readSecret(db: Db, ring: KeyRing, shop: ShopId, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("shop_secrets")
    .select(["sealed", "key_id"])
    .where("shop", "=", shop)
    .where("name", "=", name)
    .executeTakeFirst();
  if (row === undefined || row.sealed === null || row.key_id === null) return undefined;
  return ring.open({ sealed: row.sealed, keyId: row.key_id }, { shop, name });
}

/** In the caller's transaction. A renewal that is under way loses its claim, and keeps what is written here. */
export async function writeSecrets(
  db: Db,
  ring: KeyRing,
  shop: ShopId,
  { keys = {}, secrets = {} }: ShopKeys,
): Promise<void> {
  const ofSpaces = (Object.entries(keys) as [Environment, string | null | undefined][]).map(
    ([environment, value]) => [toKeyName(environment), value] as const,
  );
  const ofPlatform = Object.entries(secrets).map(([name, value]) => [toSecretName(name), value] as const);
  for (const [name, value] of [...ofSpaces, ...ofPlatform]) {
    if (value === null) await db.deleteFrom("shop_secrets").where("shop", "=", shop).where("name", "=", name).execute();
    else if (value !== undefined) await writeSecret(db, ring, shop, name, value);
  }
}

export async function writeSecret(db: Db, ring: KeyRing, shop: ShopId, name: string, value: string): Promise<void> {
  const { sealed, keyId } = ring.seal(value, { shop, name });
  const columns = { sealed, key_id: keyId, owner: null, claimed_until: null };
  await db
    .insertInto("shop_secrets")
    .values({ shop, name, ...columns })
    .onConflict((conflict) => conflict.columns(["shop", "name"]).doUpdateSet(columns))
    .execute();
}
