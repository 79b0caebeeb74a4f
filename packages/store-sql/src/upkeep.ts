import type {
  AttemptRow,
  Buyer,
  CommandRow,
  EntityRow,
  Instant,
  KeptPayment,
  PaymentId,
  ShopId,
  UpkeepStore,
} from "@checkout-plugins/core";
import { toBuyerKey, toBuyerKeys, withoutBuyer, withoutReason } from "@checkout-plugins/core/store";
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import { oldestDue } from "./claim-due.ts";
import { type Engine, inTransaction } from "./engine.ts";
import { dueNoticeShops } from "./notices.ts";
import { toPaymentRow } from "./payment-record.ts";
import type { Db, Schema } from "./schema.ts";

/** So that the buyer of this attempt is found by his address and his number. */
export async function keepBuyer(db: Db, shop: string, payment: string, { order }: AttemptRow): Promise<void> {
  const keys = toBuyerKeys(order);
  if (keys.length === 0) return;
  await db
    .insertInto("buyers")
    .values(keys.map((key) => ({ shop, key, payment })))
    .onConflict((conflict) => conflict.columns(["shop", "key", "payment"]).doNothing())
    .execute();
}

export async function backlog({ db }: Engine, now: Instant): ReturnType<UpkeepStore["backlog"]> {
  const payment = await oldestDue(db, now);
  const [notice] = await dueNoticeShops(db, now, 1);
  return { payment: payment as Instant | null, notice: (notice?.since ?? null) as Instant | null };
}

export async function purge(engine: Engine, before: Instant, now: Instant, limit: number): Promise<number> {
  return inTransaction(engine, async (db) => {
    const done = await db
      .selectFrom("payments")
      .select("id")
      .where("due_at", "is", null)
      .where("opened_at", "<", before)
      .where(isFree(now))
      .orderBy("opened_at")
      .orderBy("id")
      .limit(limit)
      .$if(engine.isShared, (query) => query.forUpdate().skipLocked())
      .execute();
    for (const { id } of done) await db.deleteFrom("payments").where("id", "=", id).execute();
    return done.length;
  });
}

export async function findBuyer(
  { db }: Engine,
  shop: ShopId,
  buyer: Buyer,
  { after, limit }: Parameters<UpkeepStore["findBuyer"]>[2],
): Promise<readonly KeptPayment[]> {
  const found = await db
    .selectFrom("buyers")
    .select("payment")
    .where("shop", "=", shop)
    .where("key", "=", toBuyerKey(buyer))
    .$if(after !== null, (query) => query.where("payment", ">", after ?? ""))
    .orderBy("payment")
    .limit(limit)
    .execute();
  const kept: KeptPayment[] = [];
  for (const { payment } of found) kept.push(await readKept(db, payment));
  return kept;
}

async function readKept(db: Db, payment: string): Promise<KeptPayment> {
  const record = await db.selectFrom("payments").selectAll().where("id", "=", payment).executeTakeFirstOrThrow();
  const rowsOf = async <Row>(table: "attempts" | "commands" | "entities"): Promise<readonly Row[]> => {
    const rows = await db.selectFrom(table).select("row").where("payment", "=", payment).orderBy("id").execute();
    return rows.map(({ row }) => JSON.parse(row) as Row);
  };
  return {
    row: toPaymentRow(record),
    attempts: await rowsOf<AttemptRow>("attempts"),
    commands: await rowsOf<CommandRow>("commands"),
    entities: await rowsOf<EntityRow>("entities"),
  };
}

export async function eraseBuyer(
  engine: Engine,
  shop: ShopId,
  buyer: Buyer,
  now: Instant,
  limit: number,
): ReturnType<UpkeepStore["eraseBuyer"]> {
  let [erased, held] = [0, 0];
  let after: PaymentId | null = null;
  while (erased < limit) {
    const page = await findBuyerIds(engine.db, shop, buyer, after, limit);
    for (const id of page) {
      if (erased === limit) break;
      if (await eraseOne(engine, id, now)) erased += 1;
      else held += 1;
    }
    after = page.at(-1) ?? null;
    if (page.length < limit) break;
  }
  return { erased, held };
}

async function findBuyerIds(
  db: Db,
  shop: ShopId,
  buyer: Buyer,
  after: PaymentId | null,
  limit: number,
): Promise<readonly PaymentId[]> {
  const found = await db
    .selectFrom("buyers")
    .select("payment")
    .where("shop", "=", shop)
    .where("key", "=", toBuyerKey(buyer))
    .where("payment", ">", after ?? "")
    .orderBy("payment")
    .limit(limit)
    .execute();
  return found.map(({ payment }) => payment as PaymentId);
}

/** false: somebody holds it, and would write back what he has read. */
function eraseOne(engine: Engine, payment: string, now: Instant): Promise<boolean> {
  return inTransaction(engine, async (db) => {
    const free = await db
      .selectFrom("payments")
      .select("id")
      .where("id", "=", payment)
      .where(isFree(now))
      .$if(engine.isShared, (query) => query.forUpdate())
      .executeTakeFirst();
    if (free === undefined) return false;
    await rewrite(db, "attempts", payment, withoutBuyer);
    await rewrite(db, "commands", payment, withoutReason);
    await db.deleteFrom("buyers").where("payment", "=", payment).execute();
    return true;
  });
}

async function rewrite<Row>(
  db: Db,
  table: "attempts" | "commands",
  payment: string,
  change: (row: Row) => Row,
): Promise<void> {
  const rows = await db.selectFrom(table).select(["id", "row"]).where("payment", "=", payment).execute();
  for (const { id, row } of rows) {
    const text = JSON.stringify(change(JSON.parse(row) as Row));
    if (text === row) continue;
    await db.updateTable(table).set({ row: text }).where("payment", "=", payment).where("id", "=", id).execute();
  }
}

function isFree(now: Instant): (eb: ExpressionBuilder<Schema, "payments">) => Expression<SqlBool> {
  return (eb) => eb.or([eb("leased_until", "is", null), eb("leased_until", "<=", now)]);
}
