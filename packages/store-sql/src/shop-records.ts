import type { Instant, Json, ShopChange, ShopId, ShopRecord, ShopTerms, SpaceId } from "@checkout-plugins/core";
import type { Db, ShopRow } from "./schema.ts";

/** Without its secrets. */
export function toShopRecord(row: ShopRow): ShopRecord {
  return {
    id: row.id as ShopId,
    platform: row.platform,
    key: row.platform_key,
    version: row.version,
    disabledOn: row.disabled_on as Instant | null,
    settings: JSON.parse(row.settings) as Json,
    terms: JSON.parse(row.terms) as ShopTerms,
  };
}

export function toTermsColumns(terms: ShopTerms): Pick<ShopRow, "terms" | "live_space" | "test_space"> {
  return {
    terms: JSON.stringify(terms),
    live_space: terms.live?.space ?? null,
    test_space: terms.test?.space ?? null,
  };
}

export async function readShop(db: Db, id: ShopId): Promise<ShopRecord | null> {
  const row = await db.selectFrom("shops").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : toShopRecord(row);
}

export async function listShops(db: Db, after: ShopId | null, limit: number): Promise<readonly ShopRecord[]> {
  const rows = await db
    .selectFrom("shops")
    .selectAll()
    .$if(after !== null, (query) => query.where("id", ">", after ?? ""))
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(toShopRecord);
}

export async function findShop(db: Db, platform: string, key: string): Promise<ShopRecord | null> {
  const row = await db
    .selectFrom("shops")
    .selectAll()
    .where("platform", "=", platform)
    .where("platform_key", "=", key)
    .executeTakeFirst();
  return row === undefined ? null : toShopRecord(row);
}

export async function findShopBySpace(db: Db, space: SpaceId): Promise<ShopId | null> {
  const rows = await db
    .selectFrom("shops")
    .select(["id", "disabled_on"])
    .where((eb) => eb.or([eb("live_space", "=", space), eb("test_space", "=", space)]))
    .execute();
  const found = rows.find(({ disabled_on }) => disabled_on === null) ?? rows[0];
  return (found?.id ?? null) as ShopId | null;
}

/** false: it is of another version by now. */
export async function updateShop(db: Db, id: ShopId, version: number, change: ShopChange): Promise<boolean> {
  const { key, settings, terms, disabledOn } = change;
  const { numUpdatedRows } = await db
    .updateTable("shops")
    .set({
      version: version + 1,
      ...(key !== undefined && { platform_key: key }),
      ...(settings !== undefined && { settings: JSON.stringify(settings) }),
      ...(terms !== undefined && toTermsColumns(terms)),
      ...(disabledOn !== undefined && { disabled_on: disabledOn }),
    })
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
