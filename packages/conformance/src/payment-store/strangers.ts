import type { Hint, PaymentRow, ServiceId, SpaceId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aHint, anAttempt, anEntity, at, toTransaction } from "./samples.ts";
import type { StoreBench, StoreCase } from "./store-bench.ts";

const otherSpace = "70002" as SpaceId;
const day = 24 * 60 * 60;

function aRefund(number: number, changes: Partial<Hint> = {}): Hint {
  return aHint(`${930_000 + number}` as ServiceId, { entity: "refund", state: "PENDING", ...changes });
}

function withReading(hint: Hint, transaction: ServiceId): Hint {
  return { ...hint, reading: { transaction, row: anEntity(hint.entity, hint.id) } };
}

/** Names the payment's transaction, and answers the hints it then has. */
async function name(
  { store, lease }: StoreBench,
  row: PaymentRow,
  seconds: number,
  changes = {},
): Promise<readonly Hint[]> {
  const held = await lease(row, "namer", seconds);
  expect(await store.saveAttempt(held, anAttempt(1, { on: at(seconds), ...changes }))).toBe(true);
  await store.release(held);
  const again = await lease(row, "reader", seconds);
  await store.release(again);
  return again.hints;
}

export function testStrangers(storeCase: StoreCase): void {
  describe("a hint that finds no payment", () => {
    storeCase("is given to the one whose attempt names its transaction", async (bench) => {
      const row = await bench.open(1);
      const hints = ["CONFIRMED", "AUTHORIZED"].map((state) => aHint(toTransaction(1), { state }));
      for (const hint of hints) expect(await bench.hint(hint)).toBe("stored");
      expect((await bench.read(1)).hintCount).toBe(0);
      expect(await name(bench, row, 5)).toEqual(hints);
      expect(await bench.read(1)).toMatchObject({ hintCount: 2, lookAt: at(5) });
      expect(await name(bench, row, 6)).toEqual(hints);
      expect((await bench.read(1)).hintCount, "given once").toBe(2);
    });

    storeCase("is not given to another space or transaction", async (bench) => {
      await bench.hint(aHint(toTransaction(1), { space: otherSpace }));
      await bench.hint(aHint(toTransaction(2)));
      await bench.hint(aRefund(1));
      const row = await bench.open(1);
      expect(await name(bench, row, 5, { transaction: null })).toEqual([]);
      expect(await name(bench, row, 5)).toEqual([]);
    });

    storeCase("waits with its reading for the transaction that the reading names", async (bench) => {
      const hint = withReading(aRefund(1), toTransaction(1));
      await bench.hint(hint);
      expect(await bench.store.claimStrangers("me", at(1), at(61), 10), "it needs no second reading").toEqual([]);
      expect(await name(bench, await bench.open(1), 5)).toEqual([hint]);
    });

    storeCase("is forgotten after 24 hours, not before", async (bench) => {
      const [first, second] = [await bench.open(1), await bench.open(2)];
      await bench.hint(aHint(toTransaction(1)));
      expect(await name(bench, first, day, {})).toEqual([]);
      await bench.hint(aHint(toTransaction(2)));
      const changes = { id: "attempt-2", transaction: toTransaction(2) };
      expect(await name(bench, second, day - 1, changes)).toHaveLength(1);
    });
  });

  describe("claimStrangers", () => {
    storeCase("gives those whose transaction is unknown, oldest first, to one at a time", async ({ store, hint }) => {
      for (const number of [1, 2, 3]) await hint(aRefund(number));
      await hint(aHint(toTransaction(1)));
      expect(await store.claimStrangers("me", at(1), at(61), 2)).toEqual([aRefund(1), aRefund(2)]);
      expect(await store.claimStrangers("you", at(1), at(61), 9)).toEqual([aRefund(3)]);
      expect(await store.claimStrangers("third", at(60.999), at(121), 9)).toEqual([]);
      expect(await store.claimStrangers("third", at(61), at(121), 9)).toEqual(
        [1, 2, 3].map((number) => aRefund(number)),
      );
    });

    storeCase("does not give what is older than 24 hours", async ({ store, hint }) => {
      await hint(aRefund(1));
      await hint(aRefund(2), 1);
      expect(await store.claimStrangers("me", at(day), at(day + 60), 9)).toEqual([aRefund(2)]);
    });

    storeCase("forgets what its owner drops, and nothing else", async ({ store, hint }) => {
      await hint(aRefund(1));
      await hint(aRefund(1, { state: "SUCCESSFUL" }));
      await hint(aRefund(2));
      const claimed = await store.claimStrangers("me", at(0), at(60), 9);
      await hint(aRefund(1, { state: "FAILED" }), 1);
      await store.dropStrangers("you", claimed);
      await store.dropStrangers("me", structuredClone(claimed.slice(0, 1)));
      await store.dropStrangers("me", []);
      const left = await store.claimStrangers("third", at(60), at(120), 9);
      expect(left).toEqual([aRefund(2), aRefund(1, { state: "FAILED" })]);
    });

    storeCase("leads a refund to its payment by a reading", async ({ store, open, lease, hint, read }) => {
      const row = await open(1);
      const held = await lease(row, "setup");
      await store.saveAttempt(held, anAttempt(1));
      await store.release(held);
      await hint(aRefund(1));
      const claimed = await store.claimStrangers("me", at(1), at(61), 9);
      const readings = claimed.map((one) => withReading(one, toTransaction(1)));
      expect(await store.addHints(readings, at(2))).toBe("stored");
      await store.dropStrangers("me", claimed);
      expect(await read(1)).toMatchObject({ hintCount: 1, lookAt: at(2) });
      expect((await lease(row, "you", 3)).hints).toEqual(readings);
      expect(await store.claimStrangers("me", at(3600), at(3660), 9)).toEqual([]);
    });
  });

  describe("too many strangers of one space", () => {
    const limited = { unmatchedHints: 3 };
    storeCase(
      "are refused as a whole, until some found their payment or were dropped",
      async (bench) => {
        const { store, hint } = bench;
        await hint(aRefund(1));
        await hint(aHint(toTransaction(1)));
        expect(await store.addHints([aRefund(2), aRefund(3)], at(0))).toBe("full");
        expect(await store.claimStrangers("nobody", at(0), at(1), 9)).toEqual([aRefund(1)]);
        expect(await hint(aRefund(2), 2)).toBe("stored");
        expect(await hint(aRefund(3), 2)).toBe("full");
        expect(await name(bench, await bench.open(1), 3)).toHaveLength(1);
        expect(await hint(aRefund(3), 3)).toBe("stored");
        expect(await hint(aRefund(4), 3)).toBe("full");
        await store.dropStrangers("me", await store.claimStrangers("me", at(3), at(63), 2));
        expect(await store.addHints([aRefund(4), aRefund(5)], at(4))).toBe("stored");
        expect(await hint(aRefund(6), 4)).toBe("full");
      },
      limited,
    );

    storeCase(
      "make room after 24 hours",
      async ({ hint }) => {
        for (const number of [1, 2, 3]) await hint(aRefund(number), number);
        expect(await hint(aRefund(4), day)).toBe("full");
        expect(await hint(aRefund(4), day + 1)).toBe("stored");
        expect(await hint(aRefund(5), day + 1)).toBe("full");
      },
      limited,
    );

    storeCase(
      "leave room for other spaces and for hints that find their payment",
      async (bench) => {
        const { store, hint, read } = bench;
        await name(bench, await bench.open(1), 0);
        for (const number of [1, 2, 3]) await hint(aRefund(number));
        expect(await hint(aRefund(1, { space: otherSpace }))).toBe("stored");
        expect(await hint(aHint(toTransaction(1)))).toBe("stored");
        expect(await store.addHints([aHint(toTransaction(1)), aRefund(4)], at(1))).toBe("full");
        expect((await read(1)).hintCount, "of a refused call nothing is stored").toBe(1);
      },
      limited,
    );
  });
}
