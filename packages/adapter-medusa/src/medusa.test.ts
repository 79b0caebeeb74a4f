import { exampleKey } from "@checkout-plugins/simulator";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { asValue } from "@medusajs/framework/awilix";
import type { MedusaContainer } from "@medusajs/framework/types";
import { afterAll, afterEach, beforeAll, beforeEach, describe, vi } from "vitest";
import { type Api, createBench, first, second } from "./testing/bench.ts";
import { createApp, startMedusa, toConfig } from "./testing/medusa-app.ts";
import { type Seeded, seed } from "./testing/seed.ts";
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
import { createTestClock } from "./testing/test-clock.ts";
import { startService } from "./testing/test-service.ts";

vi.hoisted(() => {
  process.env.MEDUSA_DISABLE_TELEMETRY = "1";
  process.env.LOG_LEVEL ??= "error";
});
vi.setConfig({ hookTimeout: 180_000, testTimeout: 180_000 });
// Medusa's runner expects them as globals. Its beforeEach copies the database anew for each test; here each test has a
// cart of its own, and what earlier ones left is what a real shop has too.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach: () => {}, describe });

const service = await startService();
const { control } = service;
afterAll(() => service.close());
const clock = createTestClock();
const options = {
  userId: "12345",
  authenticationKey: exampleKey,
  serviceUrl: service.url,
  backendUrl: "http://localhost:9000",
  webhooks: "manual",
  returnTo: {
    order: "http://shop.test/{country}/order/{order}/confirmed",
    checkout: "http://shop.test/{country}/checkout?step=payment",
  },
};
const cwd = await createApp(
  "medusa",
  toConfig([
    { id: "default", options: { ...options, spaceId: "70001", saveMeans: true } },
    { id: "second", options: { ...options, spaceId: "70002", environment: "test", integration: "iframe" } },
  ]),
);
// A Medusa looks for what its config names in the folder that it runs in.
process.chdir(cwd);

await describeWithPostgres("in a real Medusa", (server) => {
  startMedusa(server.connectionString, {
    cwd,
    inApp: true,
    hooks: {
      beforeServerStart: async (container) => {
        container.register("postfinanceCheckoutParts", asValue({ clock }));
      },
    },
    testSuite: ({ api, getContainer }) => suite(api as unknown as Api, () => getContainer(), server.log),
  });
});

function suite(api: Api, container: () => MedusaContainer, databaseLog: readonly string[] | null): void {
  let shop: Seeded;
  let settle: () => Promise<void>;
  const bench = createBench({
    api,
    service,
    clock,
    databaseLog,
    container,
    seeded: () => shop,
    settle: () => settle(),
  });

  beforeAll(async () => {
    shop = await seed(container(), [first, second, "pp_system_default"]);
    // The first of our routes makes the runtime.
    await api.get("/postfinance-checkout/return/none", { validateStatus: () => true });
    const runtime = await bench.runtime();
    settle = runtime.settle;
    // Medusa's scheduler stands still: each test says itself when the time has come.
    vi.spyOn(runtime, "settle").mockResolvedValue();
    // What it has begun already ends before the first test counts requests.
    await settle();
  });
  afterAll(async () => {
    await (await bench.runtime()).store.close();
  });
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
}
