import type { CommandRow, Instant, Payment } from "@checkout-plugins/core";
import { addSeconds } from "@checkout-plugins/core/store";
import { type Engine, inTransaction } from "./engine.ts";
import type { Db, PaymentRecord } from "./schema.ts";

/** More than a payment ever has, and room in a column for a thousand restores. */
const lift = 1_000_000;
const batch = 500;
/** A state that the shop was not shown when the copy was made may be older than what it was shown since: look first. */
const patience = 600;

/**
 * To be done once when a copy was restored, before anybody works on it. Shops were shown revisions since that the copy
 * does not know, and refuse those that are not higher: so all are lifted beyond them. What is not final is read at once.
 * Answers how many payments there are.
 */
export async function afterRestore(engine: Engine, now: Instant): Promise<number> {
  let [count, after] = [0, ""];
  for (let more = true; more; ) {
    const page = await inTransaction(engine, async (db) => {
      const records = await db
        .selectFrom("payments")
        .selectAll()
        .where("id", ">", after)
        .orderBy("id")
        .limit(batch)
        .execute();
      for (const record of records) await liftOne(db, record, now);
      return records;
    });
    count += page.length;
    after = page.at(-1)?.id ?? after;
    more = page.length === batch;
  }
  return count;
}

async function liftOne(db: Db, record: PaymentRecord, now: Instant): Promise<void> {
  const isOpen = record.due_at !== null;
  const isUnshown = record.shown_revision < record.revision;
  const ends = { owner: null, leased_until: null, step: null, ...(isOpen && { look_at: now }) };
  const payment = record.payment === null ? null : (JSON.parse(record.payment) as Payment);
  await db
    .updateTable("payments")
    .set({
      ...ends,
      ...(payment !== null && {
        payment: JSON.stringify({ ...payment, revision: payment.revision + lift }),
        revision: record.revision + lift,
        shown_revision: record.shown_revision + lift,
        ...(isUnshown && { show_at: addSeconds(now, patience) }),
      }),
    })
    .where("id", "=", record.id)
    .execute();
  const commands = await db.selectFrom("commands").select(["id", "row"]).where("payment", "=", record.id).execute();
  for (const { id, row } of commands) {
    const command = JSON.parse(row) as CommandRow;
    if (command.doneIn === undefined) continue;
    const text = JSON.stringify({ ...command, doneIn: command.doneIn + lift });
    await db.updateTable("commands").set({ row: text }).where("payment", "=", record.id).where("id", "=", id).execute();
  }
}
