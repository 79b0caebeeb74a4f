import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import type { CompiledQuery } from "kysely";
import { describe, expect, it } from "vitest";
import { useEveryMethod } from "../test/every-method.ts";
import { dropSchema, newSchemaName, type Query, withConnection } from "../test/postgres-schema.ts";
import { toSeed } from "../test/seed.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { createStore } from "./create-store.ts";
import type { Engine, Watch } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { openPostgres } from "./postgres-engine.ts";
import { openSqlite } from "./sqlite-engine.ts";

/** LONG=1: a million payments. */
const times = process.env.LONG === "1" ? 50 : 1;
const seed = toSeed(times);
const payments = new Intl.NumberFormat("en").format(20_000 * times);

const tables = [
  "payments",
  "attempts",
  "commands",
  "entities",
  "hints",
  "findings",
  "notices",
  "buyers",
  "strangers",
  "stranger_counts",
  "sweeps",
];

/** Reads the oldest strangers in the order of this index, of which only those that wait to be read are in it. */
const inOrder = "SCAN strangers USING INDEX strangers_unknown";

/** Every different query that the store runs on tables that are large. */
async function watchQueries(
  open: (watch: Watch) => Engine,
  fill: () => Promise<void>,
): Promise<readonly CompiledQuery[]> {
  const seen = new Map<string, CompiledQuery>();
  let isOn = false;
  const engine = open((query) => {
    if (isOn && /^(select|insert|update|delete|with)/.test(query.sql)) seen.set(query.sql, query);
  });
  try {
    await migrate(engine, migrations);
    await fill();
    isOn = true;
    expect(await useEveryMethod(createStore(engine, 100_000))).toBe(20);
  } finally {
    await engine.close();
  }
  expect(seen.size).toBeGreaterThan(30);
  return [...seen.values()];
}

function expectNoPaging(queries: readonly CompiledQuery[]): void {
  expect(queries.map(({ sql }) => sql).filter((sql) => /\boffset\b|count\(/i.test(sql))).toEqual([]);
}

describe("SQLite", () => {
  it(`finds every row by an index, on ${payments} payments`, async () => {
    const folder = await makeTempFolder();
    const file = join(folder.path, "payments.sqlite");
    const database = new DatabaseSync(file);
    try {
      const queries = await watchQueries(
        (watch) => openSqlite(file, watch),
        async () => database.exec(seed.join("; ")),
      );
      const scans = queries.flatMap(({ sql, parameters }) =>
        database
          .prepare(`explain query plan ${sql}`)
          .all(...(parameters as SQLInputValue[]))
          .map(({ detail }) => String(detail))
          .filter((detail) => detail !== inOrder && new RegExp(`^SCAN (mine|${tables.join("|")})\\b`).test(detail))
          .map((detail) => `${detail}: ${sql}`),
      );
      expect(scans).toEqual([]);
      expectNoPaging(queries);
    } finally {
      database.close();
      await folder.remove();
    }
  });
});

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
}

function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function explain(query: Query, { sql, parameters }: CompiledQuery, options: string): Promise<readonly Plan[]> {
  const rows = await query(`explain (format json${options}) ${sql}`, parameters);
  const [{ "QUERY PLAN": plans }] = rows as unknown as [{ "QUERY PLAN": [{ Plan: Plan }] }];
  return nodesOf(plans[0].Plan);
}

await describeWithPostgres("PostgreSQL", ({ connectionString }) => {
  const withSeeded = async (
    work: (query: Query, queries: readonly CompiledQuery[]) => Promise<void>,
  ): Promise<void> => {
    const schema = newSchemaName();
    try {
      await withConnection(connectionString, async (query) => {
        await query(`set search_path = ${schema}`);
        const settings = { connectionString, schema, connections: 5, onWake: undefined, logger };
        const queries = await watchQueries(
          (watch) => openPostgres({ ...settings, watch }),
          async () => {
            for (const statement of seed) await query(statement);
          },
        );
        await work(query, queries);
      });
    } finally {
      await dropSchema(connectionString, schema);
    }
  };

  it(`finds every row by an index, on ${payments} payments, and claims without reading a shop's backlog`, () =>
    withSeeded(async (query, queries) => {
      const scans: string[] = [];
      for (const one of queries) {
        const nodes = await explain(query, one, "");
        if (nodes.some((node) => node["Node Type"] === "Seq Scan")) scans.push(one.sql);
      }
      expect(scans).toEqual([]);
      expectNoPaging(queries);
      const claim = queries.find(({ sql }) => sql.includes("skip locked") && sql.includes("lateral"));
      if (claim === undefined) throw new Error("There is no claim among the queries");
      const read = (await explain(query, claim, ", analyze"))
        .filter((node) => node["Relation Name"] !== undefined)
        .map(
          (node) => ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1),
        );
      expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(500);
    }));
});
