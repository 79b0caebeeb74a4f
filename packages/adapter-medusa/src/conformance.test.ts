import { testShopAdapter } from "@checkout-plugins/conformance";
import { exampleKey } from "@checkout-plugins/simulator";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import type { MedusaContainer } from "@medusajs/framework/types";
import { afterAll, beforeAll, describe, vi } from "vitest";
import { type Api, createBench, first } from "./testing/bench.ts";
import { createConformanceShop } from "./testing/conformance-shop.ts";
import { deviations } from "./testing/deviations.ts";
import { createApp, startMedusa, toConfig } from "./testing/medusa-app.ts";
import { type Seeded, seed } from "./testing/seed.ts";
import { createTestClock } from "./testing/test-clock.ts";
import { startService } from "./testing/test-service.ts";

vi.hoisted(() => {
  process.env.MEDUSA_DISABLE_TELEMETRY = "1";
  process.env.LOG_LEVEL ??= "error";
});
vi.setConfig({ hookTimeout: 180_000, testTimeout: 180_000 });
// Medusa's runner expects them as globals; after each test it would wait for the workflows of those that were killed.
Object.assign(globalThis, { afterAll, afterEach: () => {}, beforeAll, beforeEach: () => {}, describe });

// The kit brings a service of its own for each case; this one only answers Medusa's start.
const service = await startService();
afterAll(() => service.close());
const options = {
  spaceId: "70001",
  userId: "12345",
  authenticationKey: exampleKey,
  serviceUrl: service.url,
  backendUrl: "http://localhost:9000",
  webhooks: "manual",
  returnTo: { order: "http://shop.test/order/{order}", checkout: "http://shop.test/checkout" },
};
const cwd = await createApp("conformance", toConfig([{ id: "default", options }]));
process.chdir(cwd);

await describeWithPostgres("in a real Medusa", (server) => {
  startMedusa(server.connectionString, {
    cwd,
    inApp: true,
    testSuite: ({ api, getContainer }) => suite(api as unknown as Api, () => getContainer()),
  });
});

function suite(api: Api, container: () => MedusaContainer): void {
  let shop: Seeded;
  const bench = createBench({
    api,
    service,
    clock: createTestClock(),
    databaseLog: null,
    container,
    seeded: () => shop,
    settle: async () => {},
  });
  beforeAll(async () => {
    shop = await seed(container(), [first]);
  });
  testShopAdapter("the Medusa adapter", {
    createHarness: (parts) => createConformanceShop(bench, options, parts),
    deviations,
  });
}
