import type { ServiceId } from "@checkout-plugins/client";
import { expect, it } from "vitest";
import type { ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { chf } from "./testing/rows.ts";

const transaction = "900001" as ServiceId;

it("a refund whose sender died after its answer and before its record is told with the next look, not minutes later", async () => {
  let dies = false;
  const bench: Bench = createBench({
    wrapStore: (store) => ({
      ...store,
      recordTruth: (...given) =>
        dies && bench.service.operations.refunds.size > 0
          ? Promise.reject(new Error("killed"))
          : store.recordTruth(...given),
    }),
  });
  await bench.start();
  bench.service.move(transaction, "FULFILL");
  await bench.hint(transaction, "FULFILL");
  await bench.settleAll();
  dies = true;
  const shopKey = "refund-1" as ShopKey;
  const refund = { kind: "refund", reference, shopKey, heldKeys: [shopKey], lines: null, reason: null } as const;
  const result = bench.core.runCommand(shopId, { ...refund, amount: chf(100), offline: false });
  await expect(result).rejects.toThrow("killed");
  expect(bench.service.operations.refunds.size).toBe(1);
  dies = false;
  bench.clock.advance(1);
  await bench.settleAll();
  expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ shopKeys: [shopKey], state: "successful" }]);
  expect(bench.service.operations.refunds.size).toBe(1);
});
