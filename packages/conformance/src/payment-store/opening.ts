import type { OrderGroup, PaymentId, PaymentRow, ShopId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aPayment, at, shop, toReference } from "./samples.ts";
import type { StoreCase } from "./store-bench.ts";

const otherShop = "shop-2" as ShopId;
const group = "group-1" as OrderGroup;

export function testOpening(storeCase: StoreCase): void {
  describe("open and read", () => {
    storeCase("inserts a payment that nobody has touched", async ({ store }) => {
      const id = "payment-1" as PaymentId;
      const row = await store.open(id, shop, toReference(1), group, at(0));
      expect(row).toEqual({
        id,
        shop,
        reference: toReference(1),
        group,
        openedOn: at(0),
        payment: null,
        revision: 0,
        shownRevision: 0,
        receipt: null,
        next: null,
        abandoned: false,
        lookAt: null,
        timerAt: null,
        showAt: null,
        hintCount: 0,
        seenHints: 0,
        recordedAt: null,
        unshownSince: null,
        staleReads: 0,
        faults: 0,
        showFaults: 0,
        step: null,
      });
      expect(await store.read(shop, toReference(1))).toEqual(row);
    });

    storeCase("lists the payments of a shop, newest first, page by page, each once", async ({ store }) => {
      const opened = [4, 1, 3, 2, 3];
      for (const [index, seconds] of opened.entries()) {
        await store.open(`payment-${index}` as PaymentId, shop, toReference(index), null, at(seconds));
      }
      await store.open("payment-9" as PaymentId, otherShop, toReference(0), null, at(9));
      const seen: string[] = [];
      let after: PaymentRow | null = null;
      for (let page = 0; page < 4; page += 1) {
        const rows: readonly PaymentRow[] = await store.list(shop, { after, limit: 2 });
        seen.push(...rows.map(({ id }) => id));
        after = rows.at(-1) ?? after;
      }
      expect(seen).toEqual(["payment-0", "payment-4", "payment-2", "payment-3", "payment-1"]);
    });

    storeCase("finds it again and keeps its first id and group", async ({ store, open }) => {
      const first = await open(1, { group });
      const second = await store.open("another" as PaymentId, shop, toReference(1), null, at(5));
      expect(second).toEqual(first);
      expect(await store.lease("another" as PaymentId, "me", at(5), at(65))).toBeNull();
    });

    storeCase("reads null where there is no such payment", async ({ store, open }) => {
      await open(1);
      expect(await store.read(shop, toReference(2))).toBeNull();
      expect(await store.read(otherShop, toReference(1))).toBeNull();
    });

    storeCase("keeps two shops with the same reference and group apart", async ({ store, open, lease, record }) => {
      const mine = await open(1, { group });
      const theirs = await open(1, { shop: otherShop, group });
      expect(theirs.id).not.toBe(mine.id);
      await record(await lease(mine, "me"));
      expect((await store.read(otherShop, toReference(1)))?.payment).toBeNull();
      expect(await store.siblings(otherShop, group)).toEqual([]);
    });

    storeCase("tells the recorded payments of one group", async ({ store, open, lease, record }) => {
      const [first, second] = [await open(1, { group }), await open(2, { group })];
      await open(3, { group });
      await open(4);
      await record(await lease(first, "me"));
      await record(await lease(second, "me"));
      const siblings = [...(await store.siblings(shop, group))].sort((one, other) => (one.id < other.id ? -1 : 1));
      expect(siblings).toEqual([aPayment(first, 1), aPayment(second, 1)]);
      expect(await store.siblings(shop, "group-2" as OrderGroup)).toEqual([]);
    });
  });
}
