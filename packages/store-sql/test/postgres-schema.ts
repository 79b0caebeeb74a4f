import { randomUUID } from "node:crypto";
import { Client } from "pg";

export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** A name that nobody uses, so that tests may share a database. */
export function newSchemaName(): string {
  return `test_${randomUUID().replaceAll("-", "")}`;
}

/** Asks by a connection of its own. */
export async function withConnection<Result>(
  connectionString: string,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(async (text, values = []) => (await client.query(text, [...values])).rows);
  } finally {
    await client.end();
  }
}

/** Quicker than to make a new one. */
export async function emptySchema(connectionString: string, schema: string): Promise<void> {
  const tables = ["payments", "strangers", "stranger_counts", "sweeps"];
  await withConnection(connectionString, (query) =>
    query(tables.map((table) => `delete from ${schema}.${table}`).join("; ")),
  );
}

export async function dropSchema(connectionString: string, schema: string): Promise<void> {
  await withConnection(connectionString, (query) => query(`drop schema if exists ${schema} cascade`));
}
