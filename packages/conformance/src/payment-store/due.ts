import type { PaymentRow, ShopId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aPayment, at, shop } from "./samples.ts";
import { idsOf, type StoreBench, type StoreCase } from "./store-bench.ts";

const otherShop = "shop-2" as ShopId;
const thirdShop = "shop-3" as ShopId;

async function dueFrom(bench: StoreBench, number: number, seconds: number, of: ShopId = shop): Promise<PaymentRow> {
  const row = await bench.open(number, of === shop ? {} : { shop: of });
  const lease = await bench.lease(row, "setup");
  await bench.store.schedule(lease, at(seconds));
  await bench.store.release(lease);
  return row;
}

export function testDue(storeCase: StoreCase): void {
  describe("claim", () => {
    storeCase("takes what is to be looked at, not before its time", async (bench) => {
      const row = await dueFrom(bench, 1, 10);
      await bench.open(2);
      expect(await bench.claim("me", 9.999)).toEqual([]);
      const [lease, ...others] = await bench.claim("me", 10);
      expect(others).toEqual([]);
      expect(lease).toMatchObject({ owner: "me", until: at(70), row: { id: row.id, lookAt: at(10), step: null } });
      expect(lease).toHaveProperty("hints", []);
    });

    storeCase(
      "takes what is to be shown, while the shop does not show it",
      async ({ store, open, lease, record, claim }) => {
        const row = await open(1);
        const held = await lease(row, "setup");
        await record(held);
        const shown = { receipt: null, next: null, findings: [], now: at(0) };
        await store.recordShown(held, { ...shown, revision: 0, showAt: at(10) });
        await store.release(held);
        expect(await claim("me", 9.999)).toEqual([]);
        const [again] = await claim("me", 10);
        expect(again?.row).toMatchObject({ id: row.id, revision: 1, shownRevision: 0, showAt: at(10) });
        if (again === undefined) return;
        await store.recordShown(again, { ...shown, revision: 1, showAt: at(11) });
        await store.release(again);
        expect(await claim("me", 3600)).toEqual([]);
      },
    );

    storeCase("leaves what somebody holds, until that lease ends", async (bench) => {
      const { id } = await dueFrom(bench, 1, 0);
      expect(idsOf(await bench.claim("me", 1))).toEqual([id]);
      expect(await bench.claim("you", 60.999)).toEqual([]);
      expect(idsOf(await bench.claim("you", 61))).toEqual([id]);
      expect(await bench.store.lease(id, "me", at(62), at(122))).toBeNull();
    });

    storeCase("takes a released one again at once", async (bench) => {
      await dueFrom(bench, 1, 0);
      const [lease] = await bench.claim("me", 1);
      if (lease !== undefined) await bench.store.release(lease);
      expect(await bench.claim("you", 1)).toHaveLength(1);
    });

    storeCase("takes the oldest of a shop first, and no more than asked", async (bench) => {
      for (const [number, seconds] of [
        [1, 5],
        [2, 3],
        [3, 4],
        [4, 1],
      ] as const)
        await dueFrom(bench, number, seconds);
      expect(idsOf(await bench.claim("me", 10, { total: 2 }))).toEqual(["payment-4", "payment-2"]);
      expect(idsOf(await bench.claim("me", 10, { total: 9 }))).toEqual(["payment-3", "payment-1"]);
    });

    storeCase("counts a showing by its own time", async (bench) => {
      await dueFrom(bench, 1, 5);
      const held = await bench.lease(await bench.open(2), "setup");
      await bench.record(held, { payment: aPayment(held.row, 1), now: at(2), lookAt: at(9) });
      await bench.store.release(held);
      expect(idsOf(await bench.claim("me", 10, { total: 1 }))).toEqual(["payment-2"]);
    });

    storeCase("takes at most so many of one shop, so that none starves", async (bench) => {
      for (let number = 1; number <= 12; number += 1) await dueFrom(bench, number, -100 + number);
      await dueFrom(bench, 1, 0, otherShop);
      await dueFrom(bench, 2, 0, otherShop);
      await dueFrom(bench, 1, 1, thirdShop);
      const claimed = await bench.claim("me", 10, { total: 100, perShop: 3 });
      expect(idsOf(claimed)).toEqual([
        "payment-1",
        "payment-2",
        "payment-3",
        "payment-shop-2-1",
        "payment-shop-2-2",
        "payment-shop-3-1",
      ]);
    });

    storeCase("serves the shop first whose oldest has waited longest", async (bench) => {
      await dueFrom(bench, 1, 5);
      await dueFrom(bench, 2, 6);
      await dueFrom(bench, 1, 4, otherShop);
      await dueFrom(bench, 2, 9, otherShop);
      await dueFrom(bench, 1, 3, thirdShop);
      expect(idsOf(await bench.claim("me", 10, { total: 1, perShop: 9 }))).toEqual(["payment-shop-3-1"]);
      expect(idsOf(await bench.claim("me", 10, { total: 3, perShop: 2 }))).toEqual([
        "payment-shop-2-1",
        "payment-shop-2-2",
        "payment-1",
      ]);
    });

    storeCase("does not let what somebody holds stand in the way", async (bench) => {
      for (let number = 1; number <= 6; number += 1) await dueFrom(bench, number, number);
      expect(await bench.claim("me", 10, { perShop: 3 })).toHaveLength(3);
      expect(idsOf(await bench.claim("you", 10, { perShop: 3 }))).toEqual(["payment-4", "payment-5", "payment-6"]);
    });
  });

  describe("schedule", () => {
    storeCase("looks at the latest then, and never later than it was to", async ({ store, open, lease, read }) => {
      const held = await lease(await open(1), "me");
      expect(await store.schedule(held, at(20))).toBe(true);
      expect(await read(1)).toMatchObject({ lookAt: at(20), timerAt: at(20) });
      await store.schedule(held, at(30));
      expect(await read(1)).toMatchObject({ lookAt: at(20), timerAt: at(20) });
      await store.schedule(held, at(10));
      expect(await read(1)).toMatchObject({ lookAt: at(10), timerAt: at(10) });
    });
  });
}
