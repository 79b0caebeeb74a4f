import { startOwnPostgres } from "@checkout-plugins/tooling/postgres";
import { expect, it } from "vitest";
import { type CrashOutcome, type CrashPlan, crash } from "./test/crash/crash.ts";

async function crashOn(plan: Omit<CrashPlan, "postgres">): Promise<CrashOutcome> {
  const postgres = await startOwnPostgres({ isDurable: true });
  if ("missing" in postgres) throw new Error(postgres.missing);
  return crash({ ...plan, postgres }).finally(() => postgres.stop());
}

it("20 kills of a gateway and 3 crashes of PostgreSQL under load: nothing acknowledged is lost, nothing is done twice", async () => {
  const plan = { payments: 250, webhooksPerPayment: 200, gatewayKills: 20, databaseCrashes: 3 };
  expect(await crashOn(plan)).toEqual({
    acknowledged: 50_000,
    lost: [],
    doubled: [],
    contradictions: [],
    asked: 25,
    made: 25,
    killed: 20,
    crashed: 3,
  });
}, 900_000);

it("a gateway that acknowledges before the commit is caught by the same", async () => {
  const preload = new URL("test/crash/early-acknowledgement.ts", import.meta.url);
  const plan = { payments: 20, webhooksPerPayment: 100, gatewayKills: 4, databaseCrashes: 0 };
  const { acknowledged, killed, lost } = await crashOn({ ...plan, preload });
  expect({ acknowledged, killed }).toEqual({ acknowledged: 2000, killed: 4 });
  expect(lost.length).toBeGreaterThan(0);
}, 900_000);
