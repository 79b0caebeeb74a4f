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

it.each([
  [0, "loses nothing while it lives, so that the next case shows what a kill does"],
  [2, "is caught by the same"],
])(
  "a gateway that acknowledges before the commit, killed %i times, %s",
  async (gatewayKills) => {
    const preload = new URL("test/crash/early-acknowledgement.ts", import.meta.url);
    const plan = { payments: 6, webhooksPerPayment: 100, gatewayKills, databaseCrashes: 0 };
    const { acknowledged, killed, lost } = await crashOn({ ...plan, preload });
    expect({ acknowledged, killed }).toEqual({ acknowledged: 600, killed: gatewayKills });
    // When it is killed a hundred hints wait for their commit, of which the 64 that are sent at once may not be acknowledged.
    if (gatewayKills === 0) expect(lost).toEqual([]);
    else expect(lost.length).toBeGreaterThanOrEqual(36);
  },
  900_000,
);
