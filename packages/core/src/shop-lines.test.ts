import { describe, expect, it } from "vitest";
import type { Core, CoreParts, PaymentReference, Shop, ShopId } from "./contract/index.ts";
import { createCore } from "./core.ts";
import { createShopLines } from "./shop-lines.ts";
import { aStart, createBench } from "./testing/bench.ts";
import { createTestClock, type TestClock } from "./testing/test-clock.ts";
import { createWorker } from "./worker.ts";

const shop = "shop-1" as ShopId;

describe("the line to a shop", () => {
  function fail(clock: TestClock, times: number, lines = createShopLines(clock, () => 0.5)) {
    for (let time = 0; time < times; time += 1) {
      expect(lines.enter(shop)).toBeNull();
      lines.leave(shop, "failed");
    }
    return lines;
  }

  it("is dead after five faults in a row, and tried by one at a time, ever more rarely", () => {
    const clock = createTestClock();
    const lines = fail(clock, 5);
    expect(lines.enter(shop)).toBe(30); // 15 s until it is tried, and then not all at once
    clock.advance(15);
    expect(lines.enter(shop)).toBeNull();
    expect(lines.enter(shop)).toBe(16);
    lines.leave(shop, "failed");
    clock.advance(29);
    expect(lines.enter(shop)).toBe(16);
    clock.advance(1);
    expect(lines.enter(shop)).toBeNull();
  });

  it("is alive with one answer", () => {
    const clock = createTestClock();
    const lines = fail(clock, 5);
    clock.advance(15);
    lines.enter(shop);
    lines.leave(shop, "answered");
    expect([lines.enter(shop), lines.enter(shop)]).toEqual([null, null]);
  });

  it("stays alive when single payments fail", () => {
    const clock = createTestClock();
    const lines = fail(clock, 4);
    lines.enter(shop);
    lines.leave(shop, "answered");
    fail(clock, 4, lines);
  });

  it("is nobody else's", () => {
    const clock = createTestClock();
    expect(fail(clock, 5).enter("shop-2" as ShopId)).toBeNull();
  });

  it("carries five at once", () => {
    const lines = createShopLines(createTestClock(), () => 0.5);
    expect(Array.from({ length: 6 }, () => lines.enter(shop))).toEqual([null, null, null, null, null, 1.5]);
  });
});

/** Payments of 200 shops to be shown, each look a second long. Answers how many seconds it takes to show them all. */
async function settleOthers(isOneDead: boolean): Promise<{ readonly seconds: number; readonly deadCalls: number }> {
  const bench = createBench();
  const { clock } = bench;
  const shown = new Set<string>();
  let deadCalls = 0;
  const template = (await bench.parts.shops.find("demo" as ShopId)) as Shop;
  const toShop = (id: ShopId): Shop => ({
    ...template,
    id,
    adapter: {
      ...template.adapter,
      showPayment(payment, _receipt, signal) {
        if (isOneDead && id === "shop-0") {
          deadCalls += 1;
          return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        }
        if (payment.standing === "paid" && id !== "shop-0") shown.add(payment.reference);
        return Promise.resolve({ kind: "shown", receipt: null });
      },
    },
  });
  const parts: CoreParts = { ...bench.parts, shops: { ...bench.parts.shops, find: async (id) => toShop(id) } };
  const core: Core = createCore(parts);
  const others = 3000;
  for (let number = 0; number < others + 100; number += 1) {
    const id = (number < 100 ? "shop-0" : `shop-${1 + (number % 199)}`) as ShopId;
    await core.startPayment(id, aStart(undefined, { reference: `order-${number}` as PaymentReference }));
  }
  for (const id of bench.service.transactions.keys()) {
    bench.service.move(id, "FULFILL");
    await bench.hint(id, "FULFILL");
  }
  bench.service.before = () => clock.sleep(1);
  clock.advance(2);
  const stop = new AbortController();
  const worker = createWorker({ core, clock, logger: parts.logger, spaces: () => [] });
  const running = worker.run(stop.signal);
  let seconds = 0;
  for (; shown.size < others; seconds += 1) {
    for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate);
    clock.advance(1);
  }
  stop.abort();
  clock.advance(120);
  await running;
  return { seconds, deadCalls };
}

it("one dead shop slows two hundred others by at most a twentieth", async () => {
  const alone = await settleOthers(false);
  const beside = await settleOthers(true);
  expect(beside.deadCalls).toBeLessThan(20);
  expect(beside.deadCalls).toBeGreaterThanOrEqual(5);
  expect(beside.seconds / alone.seconds).toBeLessThanOrEqual(1.05);
});
