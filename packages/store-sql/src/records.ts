import type { AttemptRow, EntityRow, Lease, PaymentStore } from "@checkout-plugins/core";
import { addFindings, faulted, hinted, keepFindings, recorded, shown } from "@checkout-plugins/core/store";
import { sql } from "kysely";
import { addOwed } from "./commands.ts";
import { type Engine, inTransaction } from "./engine.ts";
import { fenced, underLease } from "./fence.ts";
import { updateFindings } from "./findings.ts";
import { announce } from "./notices.ts";
import type { Db } from "./schema.ts";
import { takeStrangers } from "./strangers.ts";
import { keepBuyer } from "./upkeep.ts";

type Truth = Parameters<PaymentStore["recordTruth"]>[1];
type Showing = Parameters<PaymentStore["recordShown"]>[1];
type Fault = Parameters<PaymentStore["recordFault"]>[1];

/** Locks its transaction before its payment, as `addHints` does: a hint either finds the attempt or is found by it. */
export function saveAttempt(engine: Engine, lease: Lease, attempt: AttemptRow): Promise<boolean> {
  const { id, space, transaction, on } = attempt;
  const record = { space, transaction_id: transaction, row: JSON.stringify(attempt) };
  return inTransaction(engine, async (db) => {
    if (transaction !== null) await engine.lockTransactions(db, [{ space, transaction }]);
    return fenced(engine, db, lease, async (_, row) => {
      await db
        .insertInto("attempts")
        .values({ payment: row.id, id, ...record })
        .onConflict((conflict) => conflict.columns(["payment", "id"]).doUpdateSet(record))
        .execute();
      await keepBuyer(db, row.shop, row.id, attempt);
      const waiting = transaction === null ? [] : await takeStrangers(db, space, transaction, on);
      if (waiting.length === 0) return row;
      const hints = waiting.map((hint, index) => ({
        payment: row.id,
        number: row.hintCount + index + 1,
        row: JSON.stringify(hint),
      }));
      await db.insertInto("hints").values(hints).execute();
      return waiting.reduce((woken) => hinted(woken, on), row);
    });
  });
}

export function recordTruth(engine: Engine, lease: Lease, truth: Truth): Promise<boolean> {
  const { payment, entities, owed, hintsSeen, now } = truth;
  const noted = lease.row.hintCount;
  return underLease(engine, lease, async (db, row) => {
    await writeEntities(db, row.id, entities);
    if (hintsSeen) {
      await db.deleteFrom("hints").where("payment", "=", row.id).where("number", "<=", noted).execute();
    }
    await addOwed(db, row.id, owed);
    if (truth.announce === true && payment.revision > row.revision) await announce(db, row, now);
    await updateFindings(db, row.id, now, (open) => keepFindings(open, payment.findings, true, row, now));
    return recorded(row, noted, truth);
  });
}

export function recordShown(engine: Engine, lease: Lease, showing: Showing): Promise<boolean> {
  return underLease(engine, lease, async (db, row) => {
    await updateFindings(db, row.id, showing.now, (open) =>
      keepFindings(open, showing.findings, false, row, showing.now),
    );
    return shown(row, showing);
  });
}

export function recordFault(engine: Engine, lease: Lease, { step, at, findings, now }: Fault): Promise<boolean> {
  return underLease(engine, lease, async (db, row) => {
    await updateFindings(db, row.id, now, (open) => addFindings(open, findings, row, now));
    return faulted(row, step, at);
  });
}

/** The payment's entities are these, in this order; what did not change is not written. */
async function writeEntities(db: Db, payment: string, entities: readonly EntityRow[]): Promise<void> {
  const records = entities.map((one, position) => ({
    payment,
    entity: one.entity,
    id: one.id,
    position,
    row: JSON.stringify(one),
  }));
  await db
    .deleteFrom("entities")
    .where("payment", "=", payment)
    .$if(records.length > 0, (query) =>
      query.where(
        sql`${sql.ref("entity")} || ' ' || ${sql.ref("id")}`,
        "not in",
        records.map(({ entity, id }) => `${entity} ${id}`),
      ),
    )
    .execute();
  if (records.length === 0) return;
  await db
    .insertInto("entities")
    .values(records)
    .onConflict((conflict) =>
      conflict
        .columns(["payment", "entity", "id"])
        .doUpdateSet((eb) => ({ position: eb.ref("excluded.position"), row: eb.ref("excluded.row") }))
        .where((eb) =>
          eb.or([
            eb("entities.row", "<>", eb.ref("excluded.row")),
            eb("entities.position", "<>", eb.ref("excluded.position")),
          ]),
        ),
    )
    .execute();
}
