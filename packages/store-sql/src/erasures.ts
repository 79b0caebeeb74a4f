import type { Erasure, Instant, ShopId } from "@checkout-plugins/core";
import type { Engine } from "./engine.ts";
import type { Db } from "./schema.ts";

export async function askErasure(db: Db, { shop, customer }: Erasure, now: Instant): Promise<void> {
  await db
    .insertInto("erasures")
    .values({ shop, customer, asked_on: now, due_at: now })
    .onConflict((conflict) => conflict.columns(["shop", "customer"]).doUpdateSet({ due_at: now }))
    .execute();
}

/** The one that is due longest; nobody else gets it before `until`. */
export async function claimErasure(engine: Engine, now: Instant, until: Instant): Promise<Erasure | null> {
  const claimed = await engine.db
    .updateTable("erasures")
    .set({ due_at: until })
    .where((eb) =>
      eb(
        eb.refTuple("shop", "customer"),
        "in",
        eb
          .selectFrom("erasures")
          .select(["shop", "customer"])
          .where("due_at", "<=", now)
          .orderBy("due_at")
          .orderBy("shop")
          .limit(1)
          .$if(engine.isShared, (query) => query.forUpdate().skipLocked())
          .$asTuple("shop", "customer"),
      ),
    )
    .returning(["shop", "customer"])
    .executeTakeFirst();
  return claimed === undefined ? null : { shop: claimed.shop as ShopId, customer: claimed.customer };
}

export async function endErasure(db: Db, { shop, customer }: Erasure, until: Instant): Promise<void> {
  // Asked for again meanwhile, it is due at another time.
  await db
    .deleteFrom("erasures")
    .where("shop", "=", shop)
    .where("customer", "=", customer)
    .where("due_at", "=", until)
    .execute();
}
