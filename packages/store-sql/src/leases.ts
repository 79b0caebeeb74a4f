import type { AttemptRow, CommandRow, EntityRow, Hint, Instant, Lease, PaymentId } from "@checkout-plugins/core";
import { sql } from "kysely";
import { claimDue, type DueClaim } from "./claim-due.ts";
import { type Engine, inTransaction } from "./engine.ts";
import { toPaymentRow } from "./payment-record.ts";
import type { Db, PaymentRecord } from "./schema.ts";

interface Term {
  readonly owner: string;
  readonly now: Instant;
  readonly until: Instant;
}

export function lease(engine: Engine, id: PaymentId, { owner, now, until }: Term): Promise<Lease | null> {
  return inTransaction(engine, async (db) => {
    const record = await db
      .updateTable("payments")
      .set({ owner, leased_until: until, step: null })
      .where("id", "=", id)
      .where((or) => or.or([or("leased_until", "is", null), or("leased_until", "<=", now)]))
      .returningAll()
      .executeTakeFirst();
    const [taken] = record === undefined ? [] : await load(db, [record], owner, until);
    return taken ?? null;
  });
}

export function claim(
  engine: Engine,
  { owner, now, until }: Term,
  due: Omit<DueClaim, "now">,
): Promise<readonly Lease[]> {
  return inTransaction(engine, async (db) => {
    const ids = await claimDue(engine, db, { now, ...due });
    if (ids.length === 0) return [];
    const records = await db
      .updateTable("payments")
      .set({ owner, leased_until: until, step: null })
      .where("id", "in", ids)
      .returningAll()
      .execute();
    const order = new Map(ids.map((id, index) => [id, index]));
    const inOrder = records.toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
    return load(db, inOrder, owner, until);
  });
}

export async function release({ db }: Engine, { row, owner }: Lease): Promise<void> {
  await db
    .updateTable("payments")
    .set({ owner: null, leased_until: null, step: null })
    .where("id", "=", row.id)
    .where("owner", "=", owner)
    .execute();
}

/**
 * Ends the leases of a process that is gone, on payments that have something due. Only for a database that nobody shares:
 * there whoever opens it knows that no other holder lives.
 */
export async function endLeases({ db }: Engine): Promise<void> {
  await db
    .updateTable("payments")
    .set({ owner: null, leased_until: null, step: null })
    .where("due_at", "is not", null)
    .where("owner", "is not", null)
    .execute();
}

export async function enter({ db }: Engine, { row, owner }: Lease, step: "look" | "show"): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("payments")
    .set({ step })
    .where("id", "=", row.id)
    .where("owner", "=", owner)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * What belongs to payments whose rows this transaction has locked. Asked after that, never in the statement that
 * locked: it would see its parts as of before it waited, and miss a hint that the row already counts.
 */
async function load(
  db: Db,
  records: readonly PaymentRecord[],
  owner: string,
  until: Instant,
): Promise<readonly Lease[]> {
  const ids = records.map(({ id }) => id);
  const none = sql<number>`0`.as("position");
  const parts = await db
    .selectFrom("attempts")
    .select((eb) => [eb.val("attempt").as("part"), "payment", none, "row"])
    .where("payment", "in", ids)
    .unionAll(
      db
        .selectFrom("commands")
        .select((eb) => [eb.val("command").as("part"), "payment", none, "row"])
        .where("payment", "in", ids),
    )
    .unionAll(
      db
        .selectFrom("entities")
        .select((eb) => [eb.val("entity").as("part"), "payment", "position", "row"])
        .where("payment", "in", ids),
    )
    .unionAll(
      db
        .selectFrom("hints")
        .select((eb) => [eb.val("hint").as("part"), "payment", "number as position", "row"])
        .where("payment", "in", ids),
    )
    .execute();
  const found = Map.groupBy(parts, ({ part, payment }) => `${part} ${payment}`);
  return records.map((record): Lease => {
    const rowsOf = <Row>(part: string): Row[] =>
      (found.get(`${part} ${record.id}`) ?? [])
        .sort((one, other) => one.position - other.position)
        .map(({ row }) => JSON.parse(row) as Row);
    return {
      owner,
      until,
      row: toPaymentRow(record),
      attempts: rowsOf<AttemptRow>("attempt").sort(byAge),
      commands: rowsOf<CommandRow>("command").sort(byAge),
      entities: rowsOf<EntityRow>("entity"),
      hints: rowsOf<Hint>("hint"),
    };
  });
}

interface Aged {
  readonly on: Instant;
  readonly id: string;
}

function byAge(one: Aged, other: Aged): number {
  if (one.on !== other.on) return one.on < other.on ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
