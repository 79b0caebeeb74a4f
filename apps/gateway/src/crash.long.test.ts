import { startOwnPostgres } from "@checkout-plugins/tooling/postgres";
import { expect, it } from "vitest";
import { crash } from "./test/crash/crash.ts";

it("100 kills of a gateway and 20 crashes of PostgreSQL under a load of 500,000 webhooks: nothing is lost or done twice", async () => {
  const postgres = await startOwnPostgres({ isDurable: true });
  if ("missing" in postgres) throw new Error(postgres.missing);
  const plan = { postgres, payments: 2500, webhooksPerPayment: 200, gatewayKills: 100, databaseCrashes: 20 };
  expect(await crash(plan).finally(() => postgres.stop())).toEqual({
    acknowledged: 500_000,
    lost: [],
    doubled: [],
    contradictions: [],
    asked: 250,
    made: 250,
    killed: 100,
    crashed: 20,
  });
}, 7_200_000);
