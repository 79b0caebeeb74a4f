import type { ServiceId, SpaceId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aHint, anAttempt, anEntity, at, space, toTransaction } from "./samples.ts";
import type { StoreCase } from "./store-bench.ts";

const last = "18446744073709551615" as ServiceId;

export function testSweeps(storeCase: StoreCase): void {
  describe("sweep", () => {
    storeCase("is done by one, from where the last one ended, when its time has come", async ({ store }) => {
      const claim = (owner: string, seconds: number) =>
        store.claimSweep(space, "refund", owner, at(seconds), at(seconds + 60));
      expect(await claim("me", 0)).toEqual({ after: null });
      expect(await claim("you", 59)).toBeNull();
      expect(await store.recordSweep(space, "refund", "me", last, [], at(10), at(910))).toBe(true);
      expect(await claim("you", 909)).toBeNull();
      expect(await claim("you", 910)).toEqual({ after: last });
    });

    storeCase("is done before its time when somebody asks for it, but not by two", async ({ store }) => {
      const claim = (owner: string, seconds: number) =>
        store.claimSweep(space, "refund", owner, at(seconds), at(seconds + 60), "early");
      await store.claimSweep(space, "refund", "me", at(0), at(60));
      expect(await claim("you", 10), "somebody is at it").toBeNull();
      await store.recordSweep(space, "refund", "me", last, [], at(20), at(920));
      expect(await claim("you", 21)).toEqual({ after: last });
      expect(await claim("third", 22)).toBeNull();
      expect(
        await store.claimSweep(space, "refund", "fourth", at(23), at(83)),
        "nor by one who is not asked",
      ).toBeNull();
    });

    storeCase("goes to another one when its holder is gone, and is then lost for him", async ({ store }) => {
      await store.claimSweep(space, "refund", "me", at(0), at(60));
      expect(await store.claimSweep(space, "refund", "you", at(60), at(120))).toEqual({ after: null });
      expect(await store.recordSweep(space, "refund", "me", last, [], at(61), at(900))).toBe(false);
      expect(await store.recordSweep(space, "refund", "you", "5" as ServiceId, [], at(62), at(62))).toBe(true);
      expect(await store.recordSweep(space, "refund", "you", last, [], at(63), at(900)), "it is done").toBe(false);
      expect(await store.claimSweep(space, "refund", "third", at(62), at(120))).toEqual({ after: "5" });
    });

    storeCase("is one per space and entity", async ({ store }) => {
      expect(await store.claimSweep(space, "refund", "me", at(0), at(60))).not.toBeNull();
      expect(await store.claimSweep(space, "deliveryIndication", "you", at(0), at(60))).not.toBeNull();
      expect(await store.claimSweep("70002" as SpaceId, "refund", "third", at(0), at(60))).not.toBeNull();
      expect(await store.recordSweep(space, "void", "me", null, [], at(1), at(900))).toBe(false);
    });

    storeCase(
      "hints the payments of what it found, and of nothing when it was lost",
      async ({ store, open, lease, read }) => {
        const row = await open(1);
        const held = await lease(row, "setup");
        await store.saveAttempt(held, anAttempt(1));
        await store.release(held);
        const id = "930001" as ServiceId;
        const reading = { transaction: toTransaction(1), row: anEntity("refund", id) };
        const found = [
          aHint(id, { entity: "refund", state: null, reading }),
          aHint("930002" as ServiceId, {
            entity: "refund",
            state: null,
            reading: { ...reading, transaction: toTransaction(2) },
          }),
        ];
        await store.claimSweep(space, "refund", "me", at(0), at(60));
        expect(await store.recordSweep(space, "refund", "you", last, found, at(2), at(900))).toBe(false);
        expect((await read(1)).hintCount).toBe(0);
        expect(await store.recordSweep(space, "refund", "me", last, found, at(3), at(900))).toBe(true);
        expect(await read(1)).toMatchObject({ hintCount: 1, lookAt: at(3) });
        expect((await lease(row, "me", 4)).hints).toEqual(found.slice(0, 1));
        const other = await lease(await open(2), "setup");
        await store.saveAttempt(other, anAttempt(2));
        expect((await read(2)).hintCount, "what belongs to nobody is not kept").toBe(0);
      },
    );
  });
}
