import * as sql from "@checkout-plugins/store-sql";

export * from "@checkout-plugins/store-sql";

/** As the true one, but a hint is said to be stored as soon as it came. */
export async function createSqlStore(settings: sql.SqlStoreSettings): Promise<sql.SqlStore> {
  const store = await sql.createSqlStore(settings);
  return {
    ...store,
    addHints: async (hints, now) => {
      store.addHints(hints, now).catch(() => undefined);
      return "stored";
    },
  };
}
