import { type Expression, type SqlBool, sql } from "kysely";
import type { Engine } from "./engine.ts";
import type { Db } from "./schema.ts";

export interface DueClaim {
  readonly now: string;
  readonly total: number;
  readonly perShop: number;
}

/**
 * Ids of due payments that nobody holds, the shop first whose oldest waits longest; where processes share the database,
 * locked until the transaction ends, those that others lock left out.
 *
 * It hops from shop to shop along an index, so that a shop with a hundred thousand due payments costs as much as one
 * with a single one.
 */
export async function claimDue(engine: Engine, db: Db, { now, total, perShop }: DueClaim): Promise<readonly string[]> {
  const heads = dueShops(db, now).selectFrom("heads");
  if (!engine.isShared) {
    const due = await heads
      .innerJoin("payments", (join) =>
        join.on("payments.id", "in", (eb) =>
          eb
            .selectFrom("payments as mine")
            .select("mine.id")
            .whereRef("mine.shop", "=", "heads.shop")
            .where(isDue(now))
            .orderBy("mine.due_at")
            .orderBy("mine.id")
            .limit(perShop),
        ),
      )
      .select("payments.id")
      .orderBy("heads.since")
      .orderBy("heads.shop")
      .orderBy("payments.due_at")
      .orderBy("payments.id")
      .limit(total)
      .execute();
    return due.map(({ id }) => id);
  }
  // An order here would lock the payments of all shops before it takes some: the heads come in order, and lead.
  const due = await heads
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom("payments as mine")
          .select("mine.id")
          .whereRef("mine.shop", "=", "heads.shop")
          .where(isDue(now))
          .orderBy("mine.due_at")
          .orderBy("mine.id")
          .limit(perShop)
          .forUpdate()
          .skipLocked()
          .as("due"),
      (join) => join.onTrue(),
    )
    .select("due.id")
    .limit(total)
    .execute();
  return due.map(({ id }) => id);
}

/** Since when the payment is due that waits longest, of those that nobody holds. */
export async function oldestDue(db: Db, now: string): Promise<string | null> {
  const head = await dueShops(db, now).selectFrom("heads").select("since").limit(1).executeTakeFirst();
  return head?.since ?? null;
}

function isDue(now: string): Expression<SqlBool> {
  return sql<SqlBool>`mine.due_at <= ${now} and (mine.leased_until is null or mine.leased_until <= ${now})`;
}

/**
 * The shops that have something due that nobody holds, with the time since when. Each hop asks in the order of the index
 * of what is due: for the smallest shop alone another index may be taken, along which payments that are done are read.
 */
function dueShops(db: Db, now: string) {
  return db
    .withRecursive("shops", (all) =>
      all
        .selectNoFrom((eb) =>
          eb
            .selectFrom("payments")
            .select("payments.shop")
            .where("payments.due_at", "is not", null)
            .where("payments.shop", ">", "")
            .orderBy("payments.shop")
            .orderBy("payments.due_at")
            .limit(1)
            .as("shop"),
        )
        .unionAll(
          all
            .selectFrom("shops")
            .select((eb) =>
              eb
                .selectFrom("payments")
                .select("payments.shop")
                .where("payments.due_at", "is not", null)
                .whereRef("payments.shop", ">", "shops.shop")
                .orderBy("payments.shop")
                .orderBy("payments.due_at")
                .limit(1)
                .as("shop"),
            )
            .where("shops.shop", "is not", null),
        ),
    )
    .with("waiting", (all) =>
      all
        .selectFrom("shops")
        .select((eb) => [
          "shops.shop",
          eb
            .selectFrom("payments as mine")
            .select("mine.due_at")
            .whereRef("mine.shop", "=", "shops.shop")
            .where(isDue(now))
            .orderBy("mine.due_at")
            .limit(1)
            .as("since"),
        ])
        .where("shops.shop", "is not", null),
    )
    .with("heads", (all) =>
      all.selectFrom("waiting").selectAll().where("since", "is not", null).orderBy("since").orderBy("shop"),
    );
}
