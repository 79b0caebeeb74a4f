import * as sql from "@checkout-plugins/store-sql";

export * from "@checkout-plugins/store-sql";

type Given = Parameters<sql.SqlStore["addHints"]>;

/** More than a test ever has under way at once, so that some of those that wait were acknowledged for certain. */
const most = 100;

/**
 * As the true one, but a hint is said to be stored as soon as it came, and is committed when a hundred more have come,
 * or from when on the test says so. Then nothing is lost without a kill, and with one what was acknowledged in between.
 */
export async function createSqlStore(settings: sql.SqlStoreSettings): Promise<sql.SqlStore> {
  const store = await sql.createSqlStore(settings);
  const waiting: Given[] = [];
  const commit = async ([hints, now]: Given): Promise<void> => {
    while ((await store.addHints(hints, now)) !== "stored");
  };
  let behind = most;
  process.on("message", async () => {
    behind = 0;
    await Promise.all(waiting.splice(0).map(commit));
    process.send?.("committed");
  });
  return {
    ...store,
    addHints: async (...given) => {
      waiting.push(given);
      const [oldest] = waiting.length > behind ? waiting.splice(0, 1) : [];
      if (oldest !== undefined) void commit(oldest);
      return "stored";
    },
  };
}
