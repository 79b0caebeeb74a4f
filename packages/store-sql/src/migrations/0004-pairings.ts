import type { Migration } from "../migrate.ts";

export const pairings: Migration = {
  number: 4,
  name: "pairings",
  needs: 1,
  async up({ schema }, { text, end }) {
    await schema
      .createTable("pairings")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("shop", text, (column) => column.notNull().unique().references("shops.id").onDelete("cascade"))
      .addColumn("platform", text, (column) => column.notNull())
      .addColumn("taken_by", text)
      .addColumn("ends_on", text, (column) => column.notNull())
      .modifyEnd(end)
      .execute();
  },
};
