import { exampleKey } from "@checkout-plugins/simulator";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { asValue } from "@medusajs/framework/awilix";
import { afterAll, afterEach, beforeAll, describe, vi } from "vitest";
import { toShopId } from "../medusa-names.ts";
import type { Runtime } from "../runtime.ts";
import { type Api, type Bench, createBench } from "./bench.ts";
import { createApp, startMedusa, type TestProvider, toConfig } from "./medusa-app.ts";
import { type MedusaProcess, startMedusaProcess } from "./medusa-process.ts";
import { type Seeded, seed } from "./seed.ts";
import { createTestClock } from "./test-clock.ts";
import { startService, type TestService } from "./test-service.ts";

export interface MedusaTests {
  /** The folder of its app: of this file alone. */
  readonly app: string;
  /** With the options of their own. */
  readonly providers: readonly TestProvider[];
  /** After each test its workflows are waited for. Not where they are killed: they would never end. */
  readonly waits: boolean;
}

/** What a provider of the tests is told: this, and its own. */
export function toOptions({ url }: Pick<TestService, "url">, own: object): object {
  return {
    userId: "12345",
    authenticationKey: exampleKey,
    serviceUrl: url,
    backendUrl: "http://localhost:9000",
    webhooks: "manual",
    returnTo: { order: "http://shop.test/order/{order}", checkout: "http://shop.test/checkout" },
    ...own,
  };
}

/**
 * Tests in a real Medusa with a seeded shop, on a PostgreSQL of its own and with a service of its own. Its scheduler
 * stands still: each test says itself when the time has come. `startAnother` starts the same Medusa on the same database
 * as a process of its own.
 */
export async function describeWithMedusa(
  name: string,
  { app, providers, waits }: MedusaTests,
  define: (bench: Bench, startAnother: () => Promise<MedusaProcess>) => void,
): Promise<void> {
  // Medusa's runner expects them as globals. Its beforeEach copies the database anew for each test; here each test has a
  // cart of its own, and what earlier ones left is what a real shop has too.
  const hooks = { afterAll, afterEach: waits ? afterEach : () => {}, beforeAll, beforeEach: () => {} };
  Object.assign(globalThis, { ...hooks, describe });

  const service = await startService();
  afterAll(() => service.close());
  const clock = createTestClock();
  const told = providers.map(({ id, options }) => ({ id, options: toOptions(service, options) }));
  const shops = providers.map(({ id }) => toShopId(id));
  const cwd = await createApp(app, toConfig(told));
  // A Medusa looks for what its config names in the folder that it runs in.
  process.chdir(cwd);

  await describeWithPostgres(name, (server) => {
    startMedusa(server.connectionString, {
      cwd,
      inApp: true,
      hooks: {
        beforeServerStart: async (container) => {
          container.register("postfinanceCheckoutParts", asValue({ clock }));
        },
      },
      testSuite: ({ api, getContainer, dbConfig }) => {
        const medusa = { api: api as unknown as Api, container: getContainer };
        const bench = useBench({ ...medusa, service, clock, databaseLog: server.log }, shops);
        define(bench, () => startMedusaProcess(cwd, dbConfig.clientUrl));
      },
    });
  });
}

type BenchParts = Parameters<typeof createBench>[0];

/** Before the first test the shop is seeded, and what the runtime began at its start has ended; after the last it is closed. */
function useBench(parts: Omit<BenchParts, "seeded" | "settle">, providers: readonly string[]): Bench {
  let shop: Seeded;
  let runtime: Runtime;
  let settle: Runtime["settle"];
  const bench = createBench({ ...parts, seeded: () => shop, settle: () => settle() });
  beforeAll(async () => {
    shop = await seed(bench.container(), [...providers, "pp_system_default"]);
    // The first of our routes makes the runtime.
    await bench.api.get("/postfinance-checkout/return/none", { validateStatus: () => true });
    runtime = await bench.runtime();
    settle = runtime.settle;
    vi.spyOn(runtime, "settle").mockResolvedValue();
    // What it has begun already ends before the first test counts requests.
    await settle();
  });
  afterAll(() => runtime.store.close());
  return bench;
}
