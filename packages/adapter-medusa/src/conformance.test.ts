import { testShopAdapter } from "@checkout-plugins/conformance";
import { vi } from "vitest";
import { createConformanceShop } from "./testing/conformance-shop.ts";
import { deviations } from "./testing/deviations.ts";
import { describeWithMedusa, toOptions } from "./testing/medusa-test.ts";

vi.hoisted(() => {
  process.env.MEDUSA_DISABLE_TELEMETRY = "1";
  process.env.LOG_LEVEL ??= "error";
});
vi.setConfig({ hookTimeout: 180_000, testTimeout: 600_000 });

const own = { spaceId: "70001" };
const providers = [{ id: "default", options: own }];

await describeWithMedusa("in a real Medusa", { app: "conformance", providers, waits: false }, (bench) => {
  // The kit brings a service of its own for each case; the bench's only answers Medusa's start.
  const options = toOptions(bench.service, own);
  testShopAdapter("the Medusa adapter", {
    createHarness: (parts) => createConformanceShop(bench, options, parts),
    deviations,
  });
});
