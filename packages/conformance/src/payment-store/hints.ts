import type { ServiceId, SpaceId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aCommand, aHint, anAttempt, anEntity, at, toTransaction } from "./samples.ts";
import type { StoreBench, StoreCase } from "./store-bench.ts";

const otherSpace = "70002" as SpaceId;

/** A payment with one attempt, recorded at the second 0, at rest. */
async function atRest({ store, open, lease, record }: StoreBench, number = 1) {
  const row = await open(number);
  const held = await lease(row, "setup");
  await store.saveAttempt(held, anAttempt(number));
  await record(held, { entities: [anEntity("refund", `${930_000 + number}`)] });
  await store.release(held);
  return row;
}

export function testHints(storeCase: StoreCase): void {
  describe("addHints", () => {
    storeCase("counts each and wakes an idle payment at once", async (bench) => {
      await atRest(bench);
      expect(await bench.hint(aHint(toTransaction(1)), 30)).toBe("stored");
      expect(await bench.read(1)).toMatchObject({ hintCount: 1, seenHints: 0, lookAt: at(30), timerAt: null });
      await bench.hint(aHint(toTransaction(1)), 31);
      expect(await bench.read(1)).toMatchObject({ hintCount: 2, lookAt: at(30) });
    });

    storeCase("wakes one that was just recorded a second after its record", async (bench) => {
      await atRest(bench);
      await bench.hint(aHint(toTransaction(1)), 0.2);
      expect((await bench.read(1)).lookAt).toBe(at(1));
      await bench.hint(aHint(toTransaction(1)), 0.4);
      expect((await bench.read(1)).lookAt).toBe(at(1));
    });

    storeCase("wakes one that was never recorded at once", async ({ store, open, lease, read, hint }) => {
      await store.saveAttempt(await lease(await open(1), "setup"), anAttempt(1));
      await hint(aHint(toTransaction(1)), 3);
      expect((await read(1)).lookAt).toBe(at(3));
    });

    storeCase("never puts a look off", async (bench) => {
      const row = await atRest(bench);
      const held = await bench.lease(row, "me");
      await bench.store.schedule(held, at(2));
      await bench.hint(aHint(toTransaction(1)), 5);
      expect(await bench.read(1)).toMatchObject({ lookAt: at(2), timerAt: at(2) });
    });

    storeCase("finds the payment by the transaction of its reading", async (bench) => {
      const row = await atRest(bench);
      const reading = { transaction: toTransaction(1), row: anEntity("completion", "940001", { state: "SUCCESSFUL" }) };
      const hint = aHint("940001" as ServiceId, { entity: "completion", state: null, reading });
      await bench.hint(hint);
      expect((await bench.lease(row, "me", 9)).hints).toEqual([hint]);
    });

    storeCase("finds it by an entity that the payment knows", async (bench) => {
      const row = await atRest(bench);
      await atRest(bench, 2);
      await bench.hint(aHint("930001" as ServiceId, { entity: "refund" }));
      expect((await bench.lease(row, "me", 9)).hints.map(({ id }) => id)).toEqual(["930001"]);
      expect((await bench.read(2)).hintCount).toBe(0);
    });

    storeCase("finds it by what came of a command", async (bench) => {
      const row = await atRest(bench);
      const kinds = { complete: "completion", void: "void", refund: "refund", review: "deliveryIndication" } as const;
      const held = await bench.lease(row, "me");
      for (const [index, kind] of (["complete", "void", "refund", "review"] as const).entries()) {
        const { row: added } = await bench.store.addCommand(row.id, aCommand(index, { kind }), "all", at(0));
        const serviceId = `95000${index}` as ServiceId;
        await bench.store.saveCommand(held, { ...added, state: "known", serviceId });
        await bench.hint(aHint(serviceId, { entity: kinds[kind] }));
      }
      await bench.store.release(held);
      const { hints } = await bench.lease(row, "me", 9);
      expect(hints.map(({ id }) => id)).toEqual(["950000", "950001", "950002", "950003"]);
    });

    storeCase("does not take an entity for one of another kind", async (bench) => {
      await atRest(bench);
      await bench.hint(aHint("930001" as ServiceId, { entity: "completion" }));
      await bench.hint(aHint("930001" as ServiceId));
      expect((await bench.read(1)).hintCount).toBe(0);
    });

    storeCase("keeps spaces with the same ids apart", async (bench) => {
      const { store, open, lease, hint, read } = bench;
      await atRest(bench);
      const theirs = await open(2);
      const held = await lease(theirs, "setup");
      await store.saveAttempt(held, anAttempt(2, { space: otherSpace, transaction: toTransaction(1) }));
      await bench.record(held, { entities: [anEntity("refund", "930001")] });
      const refund = "930001" as ServiceId;
      await hint(aHint(toTransaction(1), { space: otherSpace }));
      await hint(aHint(refund, { entity: "refund", space: otherSpace }));
      expect([(await read(1)).hintCount, (await read(2)).hintCount]).toEqual([0, 2]);
      await hint(aHint(toTransaction(1)));
      await hint(aHint(refund, { entity: "refund" }));
      expect([(await read(1)).hintCount, (await read(2)).hintCount]).toEqual([2, 2]);
    });

    storeCase("stores many of many payments in one call", async (bench) => {
      for (const number of [1, 2, 3]) await atRest(bench, number);
      const hints = Array.from({ length: 900 }, (_, index) =>
        aHint(toTransaction((index % 3) + 1), { state: `S${index}` }),
      );
      expect(await bench.store.addHints(hints, at(5))).toBe("stored");
      const held = await bench.lease(await bench.read(2), "me", 9);
      expect(held.row.hintCount).toBe(300);
      expect(held.hints).toEqual(hints.filter((_, index) => index % 3 === 1));
    });

    storeCase("takes none for an answer", async ({ store }) => {
      expect(await store.addHints([], at(0))).toBe("stored");
    });
  });
}
