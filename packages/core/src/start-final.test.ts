import type { ServiceId } from "@checkout-plugins/client";
import { expect, it } from "vitest";
import { createBench } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;

/** Where one payment is one try, as in Shopify. */
async function afterFailure() {
  const bench = createBench({ retries: "newReference" });
  const begun = await bench.start();
  bench.service.move(first, "FAILED");
  await bench.hint(first, "FAILED");
  await bench.settleAll();
  return { bench, begun };
}

it("a failed payment that is begun again is answered as before, and nothing is created", async () => {
  const { bench, begun } = await afterFailure();
  const again = await bench.start();
  expect(again.kind === "successful" && again.answer).toEqual(begun.kind === "successful" && begun.answer);
  expect(bench.service.requests.filter((one) => one === "create")).toHaveLength(1);
});

it("a failed payment that is begun again over another amount is refused: its address is not that of this order", async () => {
  const { bench } = await afterFailure();
  expect(await bench.start(anOrder(chf(5000)))).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
  expect(bench.service.requests.filter((one) => one === "create")).toHaveLength(1);
});
