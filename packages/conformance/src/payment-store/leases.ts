import type { Lease, PaymentId, PaymentStore } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import {
  aCommand,
  aFinding,
  aHint,
  anAttempt,
  anEntity,
  aPayment,
  at,
  shop,
  toReference,
  toTransaction,
} from "./samples.ts";
import type { StoreCase } from "./store-bench.ts";

/** Every method that takes a lease and answers whether it was still ours. */
const fenced: Readonly<Record<string, (store: PaymentStore, lease: Lease) => Promise<boolean>>> = {
  enter: (store, lease) => store.enter(lease, "show"),
  saveAttempt: (store, lease) => store.saveAttempt(lease, anAttempt(2)),
  saveCommand: (store, lease) =>
    store.saveCommand(lease, { ...aCommand(1), state: "refused", serviceId: null, failure: null, sends: 3 }),
  schedule: (store, lease) => store.schedule(lease, at(-60)),
  recordTruth: (store, lease) =>
    store.recordTruth(lease, {
      payment: aPayment(lease.row, 7, { findings: [aFinding("chargeback")] }),
      entities: [anEntity("refund", "930001")],
      owed: [aCommand(2)],
      staleReads: 2,
      hintsSeen: true,
      lookAt: at(1),
      now: at(61),
    }),
  recordShown: (store, lease) =>
    store.recordShown(lease, {
      revision: 7,
      receipt: "late",
      next: null,
      showAt: at(1),
      findings: [aFinding("orderGone")],
      now: at(61),
    }),
  recordFault: (store, lease) =>
    store.recordFault(lease, { step: "look", at: at(1), findings: [aFinding("repeatedFault")], now: at(61) }),
};

export function testLeases(storeCase: StoreCase): void {
  describe("lease", () => {
    storeCase("holds a payment for one owner until it ends", async ({ store, open }) => {
      const { id } = await open(1);
      const lease = await store.lease(id, "me", at(0), at(60));
      expect(lease).toMatchObject({ owner: "me", until: at(60), row: { id, step: null } });
      expect(await store.lease(id, "you", at(59.999), at(120))).toBeNull();
      expect(await store.lease(id, "you", at(60), at(120))).toMatchObject({ owner: "you", until: at(120) });
    });

    storeCase("is null for a payment that is not there", async ({ store }) => {
      expect(await store.lease("nobody" as PaymentId, "me", at(0), at(60))).toBeNull();
    });

    storeCase("is free again once released, by its owner only", async ({ store, open, lease, read }) => {
      const row = await open(1);
      const first = await lease(row, "me");
      await store.enter(first, "show");
      expect((await read(1)).step).toBe("show");
      await store.release({ ...first, owner: "you" });
      expect(await store.lease(row.id, "you", at(1), at(61))).toBeNull();
      await store.release(first);
      expect((await read(1)).step).toBeNull();
      await lease(row, "you", 1);
    });

    storeCase("says what its holder does, and forgets it with the next one", async ({ store, open, lease, read }) => {
      const row = await open(1);
      const first = await lease(row, "me");
      expect(await store.enter(first, "look")).toBe(true);
      expect((await read(1)).step).toBe("look");
      expect((await lease(row, "you", 60)).row.step).toBeNull();
      expect((await read(1)).step).toBeNull();
    });

    storeCase("brings all that belongs to the payment, oldest first", async ({ store, open, lease, record, hint }) => {
      const row = await open(1);
      const first = await lease(row, "me");
      for (const number of [3, 1, 2]) expect(await store.saveAttempt(first, anAttempt(number))).toBe(true);
      for (const number of [2, 1]) await store.addCommand(row.id, aCommand(number), "all", at(0));
      const entities = [anEntity("transaction", toTransaction(1)), anEntity("refund", "930001", { state: "PENDING" })];
      await record(first, { entities });
      await store.release(first);
      for (const state of ["CONFIRMED", "PROCESSING"]) await hint(aHint(toTransaction(2), { state }), 5);
      const second = await lease(row, "you", 5);
      expect(second.attempts).toEqual([1, 2, 3].map((number) => anAttempt(number)));
      expect(second.commands.map(({ id }) => id)).toEqual(["command-1", "command-2"]);
      expect(second.entities).toEqual(entities);
      expect(second.hints.map(({ state }) => state)).toEqual(["CONFIRMED", "PROCESSING"]);
      expect(second.row.hintCount).toBe(4);
    });
  });

  describe("a lease that went to somebody else", () => {
    for (const [method, call] of Object.entries(fenced)) {
      storeCase(`answers false to ${method}, and nothing is written`, async ({ store, open, lease, hint }) => {
        const row = await open(1);
        const late = await lease(row, "me");
        await store.saveAttempt(late, anAttempt(1));
        await store.addCommand(row.id, aCommand(1), "all", at(0));
        await hint(aHint(toTransaction(1)), 2);
        const before = await lease(row, "you", 60);
        const recorded = await store.read(shop, toReference(1));
        expect(await call(store, late)).toBe(false);
        await store.release(late);
        expect(await store.read(shop, toReference(1))).toEqual(recorded);
        expect(await store.findings(shop)).toEqual([]);
        expect(await store.lease(row.id, "third", at(61), at(121)), "it is still held").toBeNull();
        const after = await lease(row, "you", 120);
        expect(after).toEqual({ ...before, until: after.until });
      });
    }

    storeCase("also when it was released and nobody holds it now", async ({ store, open, lease, read }) => {
      const mine = await lease(await open(1), "me");
      await store.release(mine);
      const before = await read(1);
      for (const call of Object.values(fenced)) expect(await call(store, mine)).toBe(false);
      expect(await read(1)).toEqual(before);
    });

    it("is checked for each method that writes under a lease", () => {
      expect(Object.keys(fenced)).toHaveLength(7);
    });
  });
}
