import { sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const upkeep: Migration = {
  number: 5,
  name: "upkeep",
  needs: 1,
  async up({ schema }, { text, end }) {
    await schema
      .createTable("buyers")
      .addColumn("shop", text, (column) => column.notNull())
      .addColumn("key", text, (column) => column.notNull())
      .addColumn("payment", text, (column) => column.notNull().references("payments.id").onDelete("cascade"))
      .addPrimaryKeyConstraint("buyers_key", ["shop", "key", "payment"])
      .modifyEnd(end)
      .execute();
    await schema.createIndex("buyers_payment").on("buyers").column("payment").execute();
    await schema
      .createIndex("payments_done")
      .on("payments")
      .columns(["opened_at", "id"])
      .where(sql.ref("due_at"), "is", null)
      .execute();
  },
};
