import { type Refund, ServiceError, type ServiceId } from "@checkout-plugins/client";
import { expect, it } from "vitest";
import type { Hint, PaymentStore, Shop } from "./contract/index.ts";
import { createCore } from "./core.ts";
import { findStrangers } from "./sweep.ts";
import { createBench, reference, shopId } from "./testing/bench.ts";
import { space } from "./testing/rows.ts";
import { createWorker } from "./worker.ts";

const transaction = "900001" as ServiceId;

function aRefund(number: number): Hint {
  return { entity: "refund", id: String(930_000 + number) as ServiceId, space, state: "SUCCESSFUL", reading: null };
}

it("keeps what it read of many strangers in one commit, and forgets only those", async () => {
  const calls: string[] = [];
  const bench = createBench({
    wrapStore: (store): PaymentStore => ({
      ...store,
      addHints: (hints, now) => {
        calls.push(`add ${hints.length}`);
        return store.addHints(hints, now);
      },
      dropStrangers: (owner, hints) => {
        calls.push(`drop ${hints.length}`);
        return store.dropStrangers(owner, hints);
      },
    }),
  });
  await bench.start();
  await bench.store.addHints(
    Array.from({ length: 50 }, (_, number) => aRefund(number)),
    bench.clock.now(),
  );
  calls.length = 0;
  let isDown = true;
  const readRefund = async (id: ServiceId): Promise<Refund> => {
    const request = `GET /payment/refunds/${id}`;
    if (id === "930007") throw new ServiceError("gone", { code: "notFound", request });
    if (id === "930008" && isDown) throw new ServiceError("down", { code: "unavailable", request });
    const done = { state: "SUCCESSFUL", type: "MERCHANT_INITIATED_ONLINE", amount: "0.01", failureReason: null };
    return { ...done, id, transaction } as Refund;
  };
  const shop = (await bench.parts.shops.find(shopId)) as Shop;
  const shops = {
    ...bench.parts.shops,
    findBySpace: async () => ({ ...shop, live: { ...bench.service.client, readRefund } }),
  };
  const parts = { ...bench.parts, shops };
  expect(await findStrangers(parts)).toBe(50);
  expect(calls).toEqual(["add 48", "drop 49"]);
  expect((await bench.store.read(shopId, reference))?.hintCount).toBe(48);
  isDown = false;
  expect(await findStrangers(parts)).toBe(0);
  bench.clock.advance(61);
  expect(await findStrangers(parts)).toBe(1);
  expect((await bench.store.read(shopId, reference))?.hintCount).toBe(49);
});

it("reads the next hundred at once, without waiting for the worker to ask again by itself", async () => {
  const bench = createBench();
  await bench.start();
  await bench.store.addHints(
    Array.from({ length: 350 }, (_, number) => aRefund(number)),
    bench.clock.now(),
  );
  const readRefund = async (id: ServiceId): Promise<Refund> => {
    const done = { state: "SUCCESSFUL", type: "MERCHANT_INITIATED_ONLINE", amount: "0.01", failureReason: null };
    return { ...done, id, transaction } as Refund;
  };
  const shop = (await bench.parts.shops.find(shopId)) as Shop;
  const shops = {
    ...bench.parts.shops,
    findBySpace: async () => ({ ...shop, live: { ...bench.service.client, readRefund } }),
  };
  const wake = (): void => worker.wake();
  const core = createCore({ ...bench.parts, shops, wake });
  const worker = createWorker({ core, clock: bench.clock, logger: bench.parts.logger, spaces: () => [] });
  const stop = new AbortController();
  const running = worker.run(stop.signal);
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
  expect((await bench.store.read(shopId, reference))?.hintCount).toBe(350);
  stop.abort();
  await running;
});
