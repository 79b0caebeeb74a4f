import type {
  CommandRow,
  EntityRow,
  HeldKeys,
  Instant,
  Lease,
  NewCommand,
  PaymentId,
  PaymentRow,
  PaymentStore,
} from "@checkout-plugins/core";
import { entityOfCommand, hinted, isUntold, joinCommand, toOpenCommand } from "@checkout-plugins/core/store";
import { type Engine, inTransaction } from "./engine.ts";
import { underLease } from "./fence.ts";
import { toChanges, toPaymentRow } from "./payment-record.ts";
import type { Db } from "./schema.ts";

export function addCommand(
  engine: Engine,
  id: PaymentId,
  command: NewCommand,
  heldKeys: HeldKeys,
  now: Instant,
): ReturnType<PaymentStore["addCommand"]> {
  return inTransaction(engine, async (db) => {
    const row = await hintPayment(engine, db, id, now);
    if (row === null) throw new RangeError(`There is no payment ${id}`);
    const [commands, entities] = [await readCommands(db, id), await readEntities(db, id)];
    const outcome = joinCommand(commands, command, heldKeys, (one) => isUntold(one, entities, row.shownRevision));
    await writeCommand(db, id, outcome.row);
    return outcome;
  });
}

export function saveCommand(engine: Engine, lease: Lease, command: CommandRow): Promise<boolean> {
  return underLease(engine, lease, async (db, row) => {
    const known = (await readCommands(db, row.id)).find(({ id }) => id === command.id);
    if (known !== undefined) await writeCommand(db, row.id, { ...command, shopKeys: known.shopKeys });
    return row;
  });
}

/** Writes what core owes, where it is not written already. */
export async function addOwed(db: Db, payment: PaymentId, owed: readonly NewCommand[]): Promise<void> {
  if (owed.length === 0) return;
  await db
    .insertInto("commands")
    .values(owed.map((command) => toRecord(payment, toOpenCommand(command))))
    .onConflict((conflict) => conflict.columns(["payment", "id"]).doNothing())
    .execute();
}

/** One more hint without a content. Answers the payment's row, which it locks; null: there is none. */
export async function hintPayment(
  engine: Engine,
  db: Db,
  id: PaymentId,
  now: Instant,
  changes: { readonly abandoned?: true } = {},
): Promise<PaymentRow | null> {
  const record = await db
    .selectFrom("payments")
    .selectAll()
    .where("id", "=", id)
    .$if(engine.isShared, (query) => query.forUpdate())
    .executeTakeFirst();
  if (record === undefined) return null;
  const row = { ...hinted(toPaymentRow(record), now), ...changes };
  await db.updateTable("payments").set(toChanges(record, row)).where("id", "=", id).execute();
  return row;
}

async function readCommands(db: Db, payment: PaymentId): Promise<readonly CommandRow[]> {
  const records = await db.selectFrom("commands").select("row").where("payment", "=", payment).execute();
  const rows = records.map(({ row }) => JSON.parse(row) as CommandRow);
  return rows.sort((one, other) => (`${one.on} ${one.id}` < `${other.on} ${other.id}` ? -1 : 1));
}

async function readEntities(db: Db, payment: PaymentId): Promise<readonly EntityRow[]> {
  const records = await db.selectFrom("entities").select("row").where("payment", "=", payment).execute();
  return records.map(({ row }) => JSON.parse(row) as EntityRow);
}

async function writeCommand(db: Db, payment: PaymentId, row: CommandRow): Promise<void> {
  const record = toRecord(payment, row);
  const { service_id } = record;
  await db
    .insertInto("commands")
    .values(record)
    .onConflict((conflict) => conflict.columns(["payment", "id"]).doUpdateSet({ service_id, row: record.row }))
    .execute();
}

function toRecord(payment: PaymentId, row: CommandRow) {
  return {
    payment,
    id: row.id,
    entity: entityOfCommand[row.kind],
    service_id: row.serviceId,
    row: JSON.stringify(row),
  };
}
