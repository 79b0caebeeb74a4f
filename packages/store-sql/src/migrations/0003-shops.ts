import type { Kysely } from "kysely";
import type { ColumnTypes } from "../engine.ts";
import type { Migration, MigrationsSchema } from "../migrate.ts";

export const shops: Migration = {
  number: 3,
  name: "shops",
  needs: 1,
  async up(db, types) {
    await createShops(db, types);
    await createSecrets(db, types);
    await createErasures(db, types);
  },
};

async function createShops({ schema }: Kysely<MigrationsSchema>, { text, end }: ColumnTypes): Promise<void> {
  await schema
    .createTable("shops")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("platform", text, (column) => column.notNull())
    .addColumn("platform_key", text, (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("disabled_on", text)
    .addColumn("settings", text, (column) => column.notNull())
    .addColumn("terms", text, (column) => column.notNull())
    .addColumn("live_space", text)
    .addColumn("test_space", text)
    .addUniqueConstraint("shops_platform_key", ["platform", "platform_key"])
    .modifyEnd(end)
    .execute();
  for (const space of ["live_space", "test_space"] as const) {
    await schema.createIndex(`shops_${space}`).on("shops").column(space).where(space, "is not", null).execute();
  }
}

async function createSecrets({ schema }: Kysely<MigrationsSchema>, { text, end }: ColumnTypes): Promise<void> {
  await schema
    .createTable("shop_secrets")
    .addColumn("shop", text, (column) => column.notNull().references("shops.id").onDelete("cascade"))
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("sealed", text)
    .addColumn("key_id", text)
    .addColumn("owner", text)
    .addColumn("claimed_until", text)
    .addPrimaryKeyConstraint("shop_secrets_key", ["shop", "name"])
    .modifyEnd(end)
    .execute();
}

async function createErasures({ schema }: Kysely<MigrationsSchema>, { text, end }: ColumnTypes): Promise<void> {
  await schema
    .createTable("erasures")
    .addColumn("shop", text, (column) => column.notNull().references("shops.id").onDelete("cascade"))
    .addColumn("customer", text, (column) => column.notNull())
    .addColumn("asked_on", text, (column) => column.notNull())
    .addColumn("due_at", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("erasures_key", ["shop", "customer"])
    .modifyEnd(end)
    .execute();
  await schema.createIndex("erasures_due").on("erasures").columns(["due_at", "shop"]).execute();
}
