import type { Instant, KeptFinding, Notice, NoticeStore, Payment, PaymentRow } from "@checkout-plugins/core";
import type { ExpressionBuilder, Selectable } from "kysely";
import { type Engine, inTransaction } from "./engine.ts";
import { toFinding } from "./findings.ts";
import type { Db, Schema } from "./schema.ts";

type NoticeRecord = Selectable<Schema["notices"]>;

interface Term {
  readonly owner: string;
  readonly now: Instant;
  readonly until: Instant;
}

const fresh = { tries: 0, told_to: "[]", owner: null };

/** The payment changed: whatever was told of it before is told anew. */
export async function announce(db: Db, { id, shop }: PaymentRow, now: Instant): Promise<void> {
  const news = { ...fresh, due_at: now };
  await db
    .insertInto("notices")
    .values({ payment: id, key: "", since: "", shop, ...news })
    .onConflict((conflict) => conflict.columns(["payment", "key", "since"]).doUpdateSet(news))
    .execute();
}

/** A finding that was not open before. */
export async function addNotice(db: Db, { payment, key, since, shop }: KeptFinding, now: Instant): Promise<void> {
  await db
    .insertInto("notices")
    .values({ payment, key, since, shop, due_at: now, ...fresh })
    .onConflict((conflict) => conflict.columns(["payment", "key", "since"]).doNothing())
    .execute();
}

export function claimNotices(
  engine: Engine,
  term: Term,
  { total, perShop }: Parameters<NoticeStore["claimNotices"]>[3],
): Promise<readonly Notice[]> {
  return inTransaction(engine, async (db) => {
    const claimed: NoticeRecord[] = [];
    for (const { shop } of await dueNoticeShops(db, term.now, total)) {
      const left = Math.min(perShop, total - claimed.length);
      if (left > 0) claimed.push(...(await claimOf(engine, db, shop, term, left)));
    }
    const notices: Notice[] = [];
    for (const record of claimed) notices.push(...(await toNotices(db, record)));
    return notices;
  });
}

/** Hops from shop to shop along an index; the shop that has waited longest first. */
export async function dueNoticeShops(
  db: Db,
  now: Instant,
  most: number,
): Promise<readonly { readonly shop: string; readonly since: string }[]> {
  const rows = await db
    .withRecursive("shops", (all) =>
      all
        .selectFrom("notices")
        .select((eb) => eb.fn.min<string | null>("notices.shop").as("shop"))
        .unionAll(
          all
            .selectFrom("shops")
            .select((eb) =>
              eb
                .selectFrom("notices")
                .select((next) => next.fn.min<string | null>("notices.shop").as("next"))
                .whereRef("notices.shop", ">", "shops.shop")
                .as("shop"),
            )
            .where("shops.shop", "is not", null),
        ),
    )
    .with("heads", (all) =>
      all
        .selectFrom("shops")
        .select((eb) => [
          "shops.shop",
          eb
            .selectFrom("notices as mine")
            .select((one) => one.fn.min<string | null>("mine.due_at").as("since"))
            .whereRef("mine.shop", "=", "shops.shop")
            .as("since"),
        ])
        .where("shops.shop", "is not", null),
    )
    .selectFrom("heads")
    .select(["shop", "since"])
    .where("since", "<=", now)
    .orderBy("since")
    .orderBy("shop")
    .limit(most)
    .execute();
  return rows.flatMap(({ shop, since }) => (shop === null || since === null ? [] : [{ shop, since }]));
}

async function claimOf(
  engine: Engine,
  db: Db,
  shop: string,
  { owner, now, until }: Term,
  most: number,
): Promise<readonly NoticeRecord[]> {
  const due = await db
    .selectFrom("notices")
    .selectAll()
    .where("shop", "=", shop)
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("payment")
    .orderBy("key")
    .orderBy("since")
    .limit(most)
    .$if(engine.isShared, (query) => query.forUpdate().skipLocked())
    .execute();
  for (const one of due) await db.updateTable("notices").set({ owner, due_at: until }).where(isIt(one)).execute();
  return due.map((one) => ({ ...one, owner }));
}

/** None when what was found is resolved, or gone: nobody is told of it any more. */
async function toNotices(db: Db, record: NoticeRecord): Promise<readonly Notice[]> {
  const { payment, key, since, owner } = record;
  const found =
    since === ""
      ? undefined
      : await db
          .selectFrom("findings")
          .selectAll()
          .where("payment", "=", payment)
          .where("key", "=", key)
          .where("since", "=", since)
          .where("resolved_on", "is", null)
          .executeTakeFirst();
  if (since !== "" && found === undefined) {
    await db.deleteFrom("notices").where(isIt(record)).execute();
    return [];
  }
  const row = await db
    .selectFrom("payments")
    .select(["reference", "payment"])
    .where("id", "=", payment)
    .executeTakeFirstOrThrow();
  return [
    {
      shop: record.shop as Notice["shop"],
      payment: payment as Notice["payment"],
      finding: found === undefined ? null : toFinding(found),
      reference: row.reference as Notice["reference"],
      record: row.payment === null ? null : (JSON.parse(row.payment) as Payment),
      toldTo: JSON.parse(record.told_to) as readonly string[],
      tries: record.tries,
      owner: owner ?? "",
    },
  ];
}

export function recordNotice(
  engine: Engine,
  { payment, finding, owner, tries }: Notice,
  { toldTo, again, now }: Parameters<NoticeStore["recordNotice"]>[1],
): Promise<boolean> {
  const it = { payment, key: finding?.key ?? "", since: finding?.since ?? "" };
  return inTransaction(engine, async (db) => {
    if (again !== null) {
      const { numUpdatedRows } = await db
        .updateTable("notices")
        .set({ due_at: again, tries: tries + 1, told_to: JSON.stringify(toldTo), owner: null })
        .where(isIt(it))
        .where("owner", "=", owner)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }
    const { numDeletedRows } = await db
      .deleteFrom("notices")
      .where(isIt(it))
      .where("owner", "=", owner)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    await db
      .updateTable("findings")
      .set({ told_on: now })
      .where("payment", "=", payment)
      .where("key", "=", it.key)
      .where("since", "=", it.since)
      .execute();
    return true;
  });
}

function isIt({ payment, key, since }: Pick<NoticeRecord, "payment" | "key" | "since">) {
  return (eb: ExpressionBuilder<Schema, "notices">) => eb.and({ payment, key, since });
}
