import type { Clock, ShopId } from "@checkout-plugins/core";
import { addSeconds } from "@checkout-plugins/core/store";
import type { Engine } from "./engine.ts";
import type { KeyRing } from "./key-ring.ts";
import { readSecret } from "./shop-secrets.ts";

export interface RenewalParts {
  readonly engine: Engine;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly createId: () => string;
}

/** Seconds one renewal may take before another process may begin. */
const claimFor = 60;
/** Seconds between two looks whether another process is done. */
const pause = 0.25;

/**
 * Runs `renewal` unless the secret is another one than `seen` by now; once at a time over all processes, by a claim in
 * its row. What another process renewed meanwhile is answered instead.
 */
export async function renewSecret(
  parts: RenewalParts,
  shop: ShopId,
  name: string,
  seen: string | undefined,
  renewal: () => Promise<string>,
): Promise<string> {
  const { engine, ring, clock } = parts;
  const owner = parts.createId();
  for (;;) {
    const current = await readSecret(engine.db, ring, shop, name);
    if (current !== undefined && current !== seen) return current;
    if (await claim(parts, shop, name, owner)) break;
    await clock.sleep(pause);
  }
  try {
    // Between the reading and the claim another may have ended.
    const current = await readSecret(engine.db, ring, shop, name);
    if (current !== undefined && current !== seen) return current;
    const value = await renewal();
    if (await keep(parts, shop, name, owner, value)) return value;
    return (await readSecret(engine.db, ring, shop, name)) ?? value;
  } finally {
    await engine.db
      .updateTable("shop_secrets")
      .set({ owner: null, claimed_until: null })
      .where("shop", "=", shop)
      .where("name", "=", name)
      .where("owner", "=", owner)
      .execute();
  }
}

async function claim({ engine: { db }, clock }: RenewalParts, shop: ShopId, name: string, owner: string) {
  const now = clock.now();
  const claimed = await db
    .insertInto("shop_secrets")
    .values({ shop, name, owner, claimed_until: addSeconds(now, claimFor) })
    .onConflict((conflict) =>
      conflict
        .columns(["shop", "name"])
        .doUpdateSet((eb) => ({ owner: eb.ref("excluded.owner"), claimed_until: eb.ref("excluded.claimed_until") }))
        .where((eb) =>
          eb.or([eb("shop_secrets.owner", "is", null), eb("shop_secrets.claimed_until", "<=", now as string)]),
        ),
    )
    .returning("owner")
    .executeTakeFirst();
  return claimed?.owner === owner;
}

/** false: the claim went to another, or the secret was written by hand meanwhile. */
async function keep(
  { engine: { db }, ring }: RenewalParts,
  shop: ShopId,
  name: string,
  owner: string,
  value: string,
): Promise<boolean> {
  const { sealed, keyId } = ring.seal(value, { shop, name });
  const { numUpdatedRows } = await db
    .updateTable("shop_secrets")
    .set({ sealed, key_id: keyId })
    .where("shop", "=", shop)
    .where("name", "=", name)
    .where("owner", "=", owner)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
