import type { Url } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { at } from "./samples.ts";
import type { StoreCase } from "./store-bench.ts";

const next = "https://shop.example.ch/thanks" as Url;

export function testShowing(storeCase: StoreCase): void {
  describe("recordShown", () => {
    const shown = { receipt: { order: "88" }, next, showAt: null, findings: [], now: at(3) };

    storeCase("keeps what is shown, its receipt and the buyer's way", async ({ store, open, lease, record, read }) => {
      const held = await lease(await open(1), "me");
      await record(held, { now: at(1) });
      expect(await store.recordShown(held, { ...shown, revision: 1 })).toBe(true);
      expect(await read(1)).toMatchObject({
        shownRevision: 1,
        receipt: { order: "88" },
        next,
        showAt: null,
        unshownSince: null,
        showFaults: 0,
      });
    });

    storeCase("counts the tries that did not bring the shop on", async ({ store, open, lease, record, read }) => {
      const held = await lease(await open(1), "me");
      await record(held, { now: at(1) });
      const notReady = { ...shown, revision: 0, next: null, receipt: "half", showAt: at(33) };
      await store.recordShown(held, notReady);
      await store.recordShown(held, { ...notReady, showAt: at(44) });
      expect(await read(1)).toMatchObject({ shownRevision: 0, showFaults: 2, showAt: at(44), receipt: "half" });
      expect((await read(1)).unshownSince).toBe(at(1));
      await store.recordShown(held, { ...shown, revision: 1 });
      await store.recordShown(held, { ...shown, revision: 0, next: null });
      expect(await read(1)).toMatchObject({ shownRevision: 1, next, unshownSince: null });
    });

    storeCase("keeps since when an older revision stands in the shop", async ({ store, open, lease, record, read }) => {
      const held = await lease(await open(1), "me");
      await record(held, { now: at(1) });
      await record({ ...held, row: { ...held.row, revision: 1 } }, { now: at(2) });
      await store.recordShown(held, { ...shown, revision: 1 });
      expect(await read(1)).toMatchObject({ revision: 2, shownRevision: 1, unshownSince: at(1) });
    });
  });

  describe("recordFault", () => {
    storeCase("of a look puts the look off, and counts", async ({ store, open, lease, read }) => {
      const held = await lease(await open(1), "me");
      const fault = { step: "look", findings: [], now: at(1) } as const;
      expect(await store.recordFault(held, { ...fault, at: at(5) })).toBe(true);
      await store.recordFault(held, { ...fault, at: at(9) });
      expect(await read(1)).toMatchObject({ faults: 2, showFaults: 0, lookAt: at(9), timerAt: at(9), showAt: null });
    });

    storeCase("of a showing puts the showing off, not the look", async ({ store, open, lease, record, read }) => {
      const held = await lease(await open(1), "me");
      await record(held, { now: at(1), lookAt: at(50) });
      await store.recordFault(held, { step: "show", at: at(9), findings: [], now: at(2) });
      expect(await read(1)).toMatchObject({ faults: 0, showFaults: 1, lookAt: at(50), showAt: at(9) });
    });
  });
}
