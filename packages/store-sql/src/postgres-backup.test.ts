import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Payment, PaymentId } from "@checkout-plugins/core";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { expect, it } from "vitest";
import { dropSchema, newSchemaName, withConnection } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { makeTempFolder } from "../test/temp-folder.ts";
import { anAttempt, later, now, shop, toReference } from "../test/values.ts";
import { createSqlStore, type SqlStore } from "./index.ts";

const run = promisify(execFile);

/** The reason why this server cannot be copied here; null when it can. */
async function findObstacle(connectionString: string): Promise<string | null> {
  const tool = await run("pg_dump", ["--version"]).then(
    ({ stdout }) => Number(/\) (\d+)/.exec(stdout)?.[1]),
    () => null,
  );
  if (tool === null) return "there is no pg_dump on this machine";
  const [row] = await withConnection(connectionString, (query) => query("show server_version_num"));
  const server = Math.floor(Number(Object.values(row ?? {})[0]) / 10_000);
  return tool < server ? `pg_dump ${tool} is older than the server (${server}), and refuses to copy it` : null;
}

async function show(store: SqlStore, number: number): Promise<void> {
  const id = `payment-${number}` as PaymentId;
  const row = await store.open(id, shop, toReference(number), null, now);
  const lease = await store.lease(id, "me", now, later(60));
  if (lease === null) throw new Error("held");
  await store.saveAttempt(lease, anAttempt(number));
  const payment = { id, reference: row.reference, revision: 1, findings: [] } as unknown as Payment;
  const truth = { payment, entities: [], owed: [], staleReads: 0, hintsSeen: true, lookAt: later(90), now };
  await store.recordTruth(lease, truth);
  await store.recordShown(lease, { revision: 1, receipt: null, next: null, showAt: null, findings: [], now });
  await store.release(lease);
}

await describeWithPostgres("PostgreSQL", ({ connectionString }) => {
  it("is copied by pg_dump under load and restored by pg_restore into an empty place", async ({ skip }) => {
    const obstacle = await findObstacle(connectionString);
    if (obstacle !== null) return skip(obstacle);
    const schema = newSchemaName();
    const folder = await makeTempFolder();
    const file = join(folder.path, "payments.dump");
    const database = { connectionString, schema };
    try {
      const store = await createSqlStore({ database, logger });
      for (let number = 0; number < 50; number += 1) await show(store, number);
      const dump = run("pg_dump", [`--schema=${schema}`, "--format=custom", `--file=${file}`, connectionString]);
      for (let number = 50; number < 80; number += 1) await show(store, number);
      await dump;
      await store.close();
      await dropSchema(connectionString, schema);
      await run("pg_restore", [`--dbname=${connectionString}`, file]);
      const restored = await createSqlStore({ database, logger });
      const count = await restored.afterRestore(later(5));
      expect(count).toBeGreaterThanOrEqual(50);
      for (let number = 0; number < 50; number += 1) {
        const row = await restored.read(shop, toReference(number));
        expect(row).toMatchObject({ revision: 1_000_001, shownRevision: 1_000_001, lookAt: later(5) });
        expect(row?.payment?.revision).toBe(1_000_001);
      }
      await restored.close();
    } finally {
      await dropSchema(connectionString, schema);
      await folder.remove();
    }
  });
});
