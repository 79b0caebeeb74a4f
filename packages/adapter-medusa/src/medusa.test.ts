import { afterEach, beforeEach, vi } from "vitest";
import { describeWithMedusa } from "./testing/medusa-test.ts";
import { testAdmin } from "./testing/suites/admin.ts";
import { testAdministrators } from "./testing/suites/administrator.ts";
import { testBackOffice } from "./testing/suites/back-office.ts";
import { testChangedCarts } from "./testing/suites/changed-cart.ts";
import { testDoors } from "./testing/suites/doors.ts";
import { testMeans } from "./testing/suites/means.ts";
import { testProviders } from "./testing/suites/providers.ts";
import { testPurchases } from "./testing/suites/purchase.ts";
import { testRaces } from "./testing/suites/races.ts";
import { testScheduler } from "./testing/suites/scheduler.ts";
import { testStock } from "./testing/suites/stock.ts";
import { testStorefront } from "./testing/suites/storefront.ts";

vi.hoisted(() => {
  process.env.MEDUSA_DISABLE_TELEMETRY = "1";
  process.env.LOG_LEVEL ??= "error";
});
vi.setConfig({ hookTimeout: 180_000, testTimeout: 180_000 });

const returnTo = {
  order: "http://shop.test/{country}/order/{order}/confirmed",
  checkout: "http://shop.test/{country}/checkout?step=payment",
};
const providers = [
  { id: "default", options: { spaceId: "70001", saveMeans: true, returnTo } },
  { id: "second", options: { spaceId: "70002", environment: "test", integration: "iframe", returnTo } },
];

await describeWithMedusa("in a real Medusa", { app: "medusa", providers, waits: true }, (bench) => {
  const { control } = bench;

  beforeEach(async () => {
    await control.forgetRequests();
  });
  afterEach(async () => {
    await control.clearFaults();
    await control.changeSpace("70001", {
      switches: {
        completion: "immediate",
        completionOutcome: "successful",
        completionDelay: "PT0S",
        refundOutcome: "successful",
        authorizationTimeout: "PT1H",
        authorizationDelay: "PT0S",
        storedMeans: "successful",
        delivery: "suitable",
      },
    });
  });

  testPurchases(bench);
  testChangedCarts(bench);
  testAdministrators(bench);
  testBackOffice(bench);
  testDoors(bench);
  testProviders(bench);
  testRaces(bench);
  testMeans(bench);
  testStorefront(bench);
  testStock(bench);
  testAdmin(bench);
  testScheduler(bench);
});
