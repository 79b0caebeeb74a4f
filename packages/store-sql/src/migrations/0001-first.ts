import { type CreateTableBuilder, type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";
import type { Migration, MigrationsSchema } from "../migrate.ts";

const due = sql`case
  when shown_revision < revision and show_at is not null and (look_at is null or show_at < look_at) then show_at
  else look_at
end`;

export const first: Migration = {
  number: 1,
  name: "first",
  needs: 1,
  async up(db, types) {
    await createPayments(db, types);
    await createParts(db, types);
    await createFindings(db, types);
    await createStrangers(db, types);
    await createSweeps(db, types);
  },
};

async function createPayments({ schema }: Kysely<MigrationsSchema>, { text, end }: ColumnTypes): Promise<void> {
  const optional = ["payment", "receipt", "next_url", "look_at", "timer_at", "show_at", "recorded_at", "unshown_since"];
  const counts = [
    "revision",
    "shown_revision",
    "abandoned",
    "hint_count",
    "seen_hints",
    "stale_reads",
    "faults",
    "show_faults",
  ];
  let table: CreateTableBuilder<string, string> = schema
    .createTable("payments")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("shop", text, (column) => column.notNull())
    .addColumn("reference", text, (column) => column.notNull())
    .addColumn("order_group", text);
  for (const name of counts) table = table.addColumn(name, "integer", (column) => column.notNull().defaultTo(0));
  for (const name of [...optional, "step", "owner", "leased_until"]) table = table.addColumn(name, text);
  await table
    .addColumn("opened_at", text, (column) => column.notNull())
    .addColumn("due_at", text, (column) => column.generatedAlwaysAs(due).stored())
    .addUniqueConstraint("payments_reference", ["shop", "reference"])
    .modifyEnd(end)
    .execute();
  await schema
    .createIndex("payments_due")
    .on("payments")
    .columns(["shop", "due_at", "id"])
    .where("due_at", "is not", null)
    .execute();
  await schema.createIndex("payments_opened").on("payments").columns(["shop", "opened_at", "id"]).execute();
  await schema
    .createIndex("payments_group")
    .on("payments")
    .columns(["shop", "order_group"])
    .where("order_group", "is not", null)
    .execute();
}

async function createParts({ schema }: Kysely<MigrationsSchema>, { text, end }: ColumnTypes): Promise<void> {
  const part = (name: string) =>
    schema
      .createTable(name)
      .addColumn("payment", text, (column) => column.notNull().references("payments.id").onDelete("cascade"))
      .modifyEnd(end);
  const named = (name: string) => part(name).addColumn("id", text, (column) => column.notNull());
  const row = "row";
  await named("attempts")
    .addColumn("space", text, (column) => column.notNull())
    .addColumn("transaction_id", text)
    .addColumn(row, text, (column) => column.notNull())
    .addPrimaryKeyConstraint("attempts_key", ["payment", "id"])
    .execute();
  await named("commands")
    .addColumn("entity", text, (column) => column.notNull())
    .addColumn("service_id", text)
    .addColumn(row, text, (column) => column.notNull())
    .addPrimaryKeyConstraint("commands_key", ["payment", "id"])
    .execute();
  await named("entities")
    .addColumn("entity", text, (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn(row, text, (column) => column.notNull())
    .addPrimaryKeyConstraint("entities_key", ["payment", "entity", "id"])
    .execute();
  await part("hints")
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn(row, text, (column) => column.notNull())
    .addPrimaryKeyConstraint("hints_key", ["payment", "number"])
    .execute();
  await schema
    .createIndex("attempts_transaction")
    .unique()
    .on("attempts")
    .columns(["transaction_id", "space"])
    .where("transaction_id", "is not", null)
    .execute();
  await schema
    .createIndex("commands_service_id")
    .on("commands")
    .column("service_id")
    .where("service_id", "is not", null)
    .execute();
  await schema.createIndex("entities_id").on("entities").column("id").execute();
}

async function createFindings(
  { schema }: Kysely<MigrationsSchema>,
  { text, end, identity }: ColumnTypes,
): Promise<void> {
  await identity(schema.createTable("findings"))
    .addColumn("payment", text, (column) => column.notNull().references("payments.id").onDelete("cascade"))
    .addColumn("shop", text, (column) => column.notNull())
    .addColumn("key", text, (column) => column.notNull())
    .addColumn("kind", text, (column) => column.notNull())
    .addColumn("detail", text, (column) => column.notNull())
    .addColumn("amount", text)
    .addColumn("since", text, (column) => column.notNull())
    .addColumn("resolved_on", text)
    .addColumn("told_on", text)
    .modifyEnd(end)
    .execute();
  await schema
    .createIndex("findings_open")
    .on("findings")
    .column("payment")
    .where(sql.ref("resolved_on"), "is", null)
    .execute();
  await schema.createIndex("findings_shop").on("findings").columns(["shop", "id"]).execute();
  await schema.createIndex("findings_payment").on("findings").column("payment").execute();
}

async function createStrangers(
  { schema }: Kysely<MigrationsSchema>,
  { text, end, identity }: ColumnTypes,
): Promise<void> {
  await identity(schema.createTable("strangers"))
    .addColumn("space", text, (column) => column.notNull())
    .addColumn("transaction_id", text)
    .addColumn("entity", text, (column) => column.notNull())
    .addColumn("entity_id", text, (column) => column.notNull())
    .addColumn("row", text, (column) => column.notNull())
    .addColumn("forget_on", text, (column) => column.notNull())
    .addColumn("owner", text)
    .addColumn("claimed_until", text)
    .modifyEnd(end)
    .execute();
  await schema
    .createIndex("strangers_transaction")
    .on("strangers")
    .columns(["transaction_id", "space"])
    .where("transaction_id", "is not", null)
    .execute();
  await schema
    .createIndex("strangers_unknown")
    .on("strangers")
    .column("id")
    .where(sql.ref("transaction_id"), "is", null)
    .execute();
  await schema.createIndex("strangers_owner").on("strangers").column("owner").where("owner", "is not", null).execute();
  await schema.createIndex("strangers_forget_on").on("strangers").column("forget_on").execute();
  await schema
    .createTable("stranger_counts")
    .addColumn("space", text, (column) => column.primaryKey())
    .addColumn("kept", "integer", (column) => column.notNull())
    .modifyEnd(end)
    .execute();
}

async function createSweeps({ schema }: Kysely<MigrationsSchema>, { text, end }: ColumnTypes): Promise<void> {
  await schema
    .createTable("sweeps")
    .addColumn("space", text, (column) => column.notNull())
    .addColumn("entity", text, (column) => column.notNull())
    .addColumn("after_id", text)
    .addColumn("owner", text)
    .addColumn("claimed_until", text, (column) => column.notNull())
    .addColumn("next_at", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("sweeps_key", ["space", "entity"])
    .modifyEnd(end)
    .execute();
}
