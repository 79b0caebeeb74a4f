import { Client } from "pg";

/**
 * Does something with the rows of a schema in a transaction of its own, lets the call begin, waits until it waits for
 * that transaction, and commits it. So the call sees whether it takes what it read before it waited for what there is.
 */
export async function changeMeanwhile<Result>(
  connectionString: string,
  schema: string,
  changes: readonly string[],
  call: () => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(`set local search_path = ${schema}`);
    for (const change of changes) await client.query(change);
    let isDone = false;
    const calling = call().finally(() => {
      isDone = true;
    });
    while (!isDone && !(await isWaitedFor(client))) await new Promise((resolve) => setImmediate(resolve));
    if (isDone) throw new Error("It did not wait for the other transaction");
    await client.query("commit");
    return await calling;
  } finally {
    await client.end();
  }
}

async function isWaitedFor(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    "select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid)) limit 1",
  );
  return rows.length > 0;
}
