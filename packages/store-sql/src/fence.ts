import type { Lease, PaymentRow } from "@checkout-plugins/core";
import { type Engine, inTransaction } from "./engine.ts";
import { toChanges, toPaymentRow } from "./payment-record.ts";
import type { Db } from "./schema.ts";

/** Writes within the transaction, and answers the payment's row as it shall be. */
export type FencedWork = (db: Db, row: PaymentRow) => Promise<PaymentRow> | PaymentRow;

/** The work in one transaction with its payment, if the owner token is still the lease's; else false, and nothing. */
export function underLease(engine: Engine, lease: Lease, work: FencedWork): Promise<boolean> {
  return inTransaction(engine, (db) => fenced(engine, db, lease, work));
}

/** As `underLease`, in a transaction that is already there. */
export async function fenced(engine: Engine, db: Db, lease: Lease, work: FencedWork): Promise<boolean> {
  const record = await db
    .selectFrom("payments")
    .selectAll()
    .where("id", "=", lease.row.id)
    .where("owner", "=", lease.owner)
    .$if(engine.isShared, (query) => query.forUpdate())
    .executeTakeFirst();
  if (record === undefined) return false;
  const changes = toChanges(record, await work(db, toPaymentRow(record)));
  if (Object.keys(changes).length > 0) {
    await db.updateTable("payments").set(changes).where("id", "=", record.id).execute();
  }
  return true;
}
