import type { Hint, Instant } from "@checkout-plugins/core";
import { addSeconds, strangerSeconds, transactionOfHint } from "@checkout-plugins/core/store";
import { findAll, toChunks } from "./chunks.ts";
import { type Engine, inTransaction } from "./engine.ts";
import type { Db } from "./schema.ts";

/** So many are forgotten at once, so that the transaction stays short. */
const forgottenAtOnce = 500;

export interface NewStranger {
  readonly hint: Hint;
  readonly now: Instant;
}

export async function addStrangers(db: Db, added: readonly NewStranger[]): Promise<void> {
  const rows = added.map(({ hint, now }) => ({
    space: hint.space,
    transaction_id: transactionOfHint(hint),
    entity: hint.entity,
    entity_id: hint.id,
    row: JSON.stringify(hint),
    forget_on: addSeconds(now, strangerSeconds),
  }));
  for (const chunk of toChunks(rows)) await db.insertInto("strangers").values(chunk).execute();
  await count(db, rows, 1);
}

export async function countStrangers(db: Db, spaces: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = await findAll(spaces, (some) =>
    db.selectFrom("stranger_counts").selectAll().where("space", "in", some).execute(),
  );
  return new Map(counts.map(({ space, kept }) => [space, kept]));
}

/** Takes those that waited for this transaction, oldest first. */
export async function takeStrangers(
  db: Db,
  space: string,
  transaction: string,
  now: Instant,
): Promise<readonly Hint[]> {
  const taken = await db
    .deleteFrom("strangers")
    .where("space", "=", space)
    .where("transaction_id", "=", transaction)
    .where("forget_on", ">", now)
    .returning(["id", "space", "row"])
    .execute();
  await count(db, taken, -1);
  return inOrder(taken);
}

export async function claimStrangers(
  engine: Engine,
  owner: string,
  now: Instant,
  until: Instant,
  most: number,
): Promise<readonly Hint[]> {
  const claimed = await engine.db
    .updateTable("strangers")
    .set({ owner, claimed_until: until })
    .where("id", "in", (eb) =>
      eb
        .selectFrom("strangers")
        .select("id")
        .where("transaction_id", "is", null)
        .where("forget_on", ">", now)
        .where((or) => or.or([or("claimed_until", "is", null), or("claimed_until", "<=", now)]))
        .orderBy("id")
        .limit(most)
        .$if(engine.isShared, (query) => query.forUpdate().skipLocked()),
    )
    .returning(["id", "row"])
    .execute();
  return inOrder(claimed);
}

export async function dropStrangers(engine: Engine, owner: string, hints: readonly Hint[]): Promise<void> {
  const named = new Set(hints.map(({ space, entity, id }) => `${space} ${entity} ${id}`));
  await inTransaction(engine, async (db) => {
    const held = await db
      .selectFrom("strangers")
      .select(["id", "space", "entity", "entity_id"])
      .where("owner", "=", owner)
      .orderBy("id")
      .$if(engine.isShared, (query) => query.forUpdate())
      .execute();
    await remove(
      db,
      held.filter(({ space, entity, entity_id }) => named.has(`${space} ${entity} ${entity_id}`)),
    );
  });
}

/** Forgets some of those that are too old. Answers how many. */
export function forgetStrangers(engine: Engine, now: Instant): Promise<number> {
  return inTransaction(engine, async (db) => {
    const old = await db
      .selectFrom("strangers")
      .select(["id", "space"])
      .where("forget_on", "<=", now)
      .orderBy("forget_on")
      .limit(forgottenAtOnce)
      .$if(engine.isShared, (query) => query.forUpdate().skipLocked())
      .execute();
    await remove(db, old);
    return old.length;
  });
}

async function remove(db: Db, rows: readonly { readonly id: number; readonly space: string }[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  for (const chunk of toChunks(ids)) await db.deleteFrom("strangers").where("id", "in", chunk).execute();
  await count(db, rows, -1);
}

async function count(db: Db, rows: readonly { readonly space: string }[], each: 1 | -1): Promise<void> {
  const spaces = [...new Set(rows.map(({ space }) => space))].sort();
  if (spaces.length === 0) return;
  const values = spaces.map((space) => ({ space, kept: each * rows.filter((one) => one.space === space).length }));
  await db
    .insertInto("stranger_counts")
    .values(values)
    .onConflict((conflict) =>
      conflict
        .column("space")
        .doUpdateSet((eb) => ({ kept: eb("stranger_counts.kept", "+", eb.ref("excluded.kept")) })),
    )
    .execute();
}

function inOrder(rows: readonly { readonly id: number; readonly row: string }[]): readonly Hint[] {
  return rows.toSorted((one, other) => one.id - other.id).map(({ row }) => JSON.parse(row) as Hint);
}
