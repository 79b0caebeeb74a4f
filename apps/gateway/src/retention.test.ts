import {
  createMemoryStore,
  type Instant,
  type PaymentId,
  type PaymentReference,
  type ShopId,
} from "@checkout-plugins/core";
import { expect, it } from "vitest";
import { createLogger } from "./log.ts";
import { keepRetention } from "./retention.ts";
import { createSharedClock } from "./test/shared-clock.ts";

const shop = "demo" as ShopId;
const day = 24 * 3600 * 1000;
const start = Date.parse("2026-02-03T09:00:00.000Z");

it("removes what is older than its owner wants, in batches, and goes on every hour", async () => {
  let now = start;
  const clock = createSharedClock(() => now);
  const lines: string[] = [];
  const logger = createLogger({ level: "debug", clock, secrets: [], write: (line) => lines.push(line) });
  const store = createMemoryStore();
  const reference = (number: number) => `order-${number}` as PaymentReference;
  const open = (number: number, at: number) =>
    store.open(`pay-${number}` as PaymentId, shop, reference(number), null, new Date(at).toISOString() as Instant);
  for (let number = 0; number < 450; number += 1) await open(number, start - 100 * day);
  await open(1000, start - 89 * day);
  await store.abandon((await open(1001, start - 400 * day)).id, clock.now()); // something is still to be done
  const batches: number[] = [];
  const counted = {
    purge: async (...given: Parameters<typeof store.purge>) => {
      const count = await store.purge(...given);
      batches.push(count);
      return count;
    },
  };
  const stop = new AbortController();
  const running = keepRetention({ store: counted, clock, logger, days: 90 }, stop.signal);
  const pass = async (seconds: number): Promise<void> => {
    now += seconds * 1000;
    clock.wakeSleepers();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  for (let second = 0; second < 5; second += 1) await pass(1);
  expect(batches).toEqual([200, 200, 50]);
  expect(lines.join()).toContain('"event":"old payments removed","count":450');
  expect(await store.read(shop, reference(1000))).not.toBeNull();
  expect(await store.read(shop, reference(1001))).not.toBeNull();
  for (let hour = 0; hour < 26; hour += 1) await pass(3601);
  expect(await store.read(shop, reference(1000))).toBeNull();
  expect(await store.read(shop, reference(1001))).not.toBeNull();
  stop.abort();
  await running;
});
