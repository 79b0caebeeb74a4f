import type { Migration } from "../migrate.ts";

export const answers: Migration = {
  number: 6,
  name: "answers",
  needs: 1,
  async up({ schema }, { text, end }) {
    await schema
      .createTable("answers")
      .addColumn("shop", text, (column) => column.notNull())
      .addColumn("id", text, (column) => column.notNull())
      .addColumn("digest", text, (column) => column.notNull())
      .addColumn("answer", text)
      .addColumn("until", text, (column) => column.notNull())
      .addPrimaryKeyConstraint("answers_key", ["shop", "id"])
      .modifyEnd(end)
      .execute();
    await schema.createIndex("answers_until").on("answers").column("until").execute();
  },
};
