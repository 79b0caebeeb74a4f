import { sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const notices: Migration = {
  number: 2,
  name: "notices",
  needs: 1,
  async up({ schema }, { text, end }) {
    const index = (name: string, table: string) => schema.createIndex(name).on(table);
    await schema
      .createTable("notices")
      .addColumn("payment", text, (column) => column.notNull().references("payments.id").onDelete("cascade"))
      .addColumn("key", text, (column) => column.notNull())
      .addColumn("since", text, (column) => column.notNull())
      .addColumn("shop", text, (column) => column.notNull())
      .addColumn("due_at", text, (column) => column.notNull())
      .addColumn("tries", "integer", (column) => column.notNull())
      .addColumn("told_to", text, (column) => column.notNull())
      .addColumn("owner", text)
      .addPrimaryKeyConstraint("notices_key", ["payment", "key", "since"])
      .modifyEnd(end)
      .execute();
    await index("notices_due", "notices").columns(["shop", "due_at"]).execute();
    await index("findings_newest", "findings").columns(["shop", "since", "payment", "key"]).execute();
    await index("findings_newest_open", "findings")
      .columns(["shop", "since", "payment", "key"])
      .where(sql.ref("resolved_on"), "is", null)
      .execute();
  },
};
