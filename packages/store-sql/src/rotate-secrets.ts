import { isPaymentError, type Rotation } from "@checkout-plugins/core";
import type { Engine } from "./engine.ts";
import type { KeyRing, Sealed, SecretPlace } from "./key-ring.ts";

const atOnce = 50;

/**
 * Encrypts anew what was not encrypted with the newest key, row by row: a secret that somebody writes meanwhile is left
 * as he wrote it.
 */
export async function rotateSecrets({ db }: Engine, ring: KeyRing): Promise<Rotation> {
  const unreadable: string[] = [];
  let count = 0;
  for (let after = { shop: "", name: "" }; ; ) {
    const rows = await db
      .selectFrom("shop_secrets")
      .select(["shop", "name", "sealed", "key_id"])
      .where((eb) => eb(eb.refTuple("shop", "name"), ">", eb.tuple(after.shop, after.name)))
      .orderBy("shop")
      .orderBy("name")
      .limit(atOnce)
      .execute();
    for (const { shop, name, sealed, key_id: keyId } of rows) {
      if (sealed === null || keyId === null || keyId === ring.newest) continue;
      const anew = sealAnew(ring, { sealed, keyId }, { shop, name });
      if (typeof anew === "string") {
        unreadable.push(anew);
        continue;
      }
      const { numUpdatedRows } = await db
        .updateTable("shop_secrets")
        .set({ sealed: anew.sealed, key_id: anew.keyId })
        .where("shop", "=", shop)
        .where("name", "=", name)
        .where("sealed", "=", sealed)
        .executeTakeFirst();
      count += Number(numUpdatedRows);
    }
    const last = rows.at(-1);
    if (last === undefined) return { count, unreadable };
    after = last;
  }
}

/** Why not, where it cannot be opened. */
function sealAnew(ring: KeyRing, sealed: Sealed, place: SecretPlace): Sealed | string {
  try {
    return ring.seal(ring.open(sealed, place), place);
  } catch (error) {
    if (!isPaymentError(error)) throw error;
    return error.message;
  }
}
