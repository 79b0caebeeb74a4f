import type { Failure, HeldKeys, NewCommand, PaymentId, ServiceId, ShopKey, Url } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aCommand, anAttempt, anEntity, at, chf } from "./samples.ts";
import type { StoreCase } from "./store-bench.ts";

const keys = (...numbers: readonly number[]): ShopKey[] => numbers.map((number) => `key-${number}` as ShopKey);
const refusal: Failure = {
  code: "refusedByService",
  publicMessage: "Die Zahlung wurde abgelehnt.",
  merchantMessage: "The token is expired.",
  serviceReason: null,
};
const fresh = { state: "open", serviceId: null, failure: null, sends: 0 } as const;

export function testCommands(storeCase: StoreCase): void {
  describe("addCommand", () => {
    storeCase("writes the command with a hint that wakes the payment", async ({ store, open, lease, read }) => {
      const row = await open(1);
      const added = await store.addCommand(row.id, aCommand(1), "all", at(3));
      expect(added).toEqual({ kind: "added", row: { ...aCommand(1), ...fresh, heldKeys: "all" } });
      expect(await read(1)).toMatchObject({ hintCount: 1, lookAt: at(3) });
      const held = await lease(row, "me", 4);
      expect(held.commands).toEqual([added.row]);
      expect(held.hints).toEqual([]);
    });

    storeCase(
      "needs no lease, and the one who has it sees that something came",
      async ({ store, open, lease, read, record }) => {
        const row = await open(1);
        const held = await lease(row, "me");
        await store.addCommand(row.id, aCommand(1), "all", at(1));
        await record(held, { lookAt: at(3600), now: at(2) });
        expect(await read(1)).toMatchObject({ hintCount: 1, seenHints: 0, lookAt: at(3), timerAt: at(3600) });
      },
    );

    storeCase("throws where there is no such payment", async ({ store }) => {
      await expect(store.addCommand("nobody" as PaymentId, aCommand(1), "all", at(0))).rejects.toThrow(/nobody/);
    });

    const pressed: readonly [string, Partial<NewCommand>, HeldKeys, string, number][] = [
      ["the same id is the same row", { id: aCommand(1).id, shopKeys: keys(9) }, "all", "sameKey", 1],
      ["the same key is the same row, whatever the amount", { shopKeys: keys(1), amount: chf(5) }, "all", "sameKey", 1],
      ["the same key of another kind is another row", { shopKeys: keys(1), kind: "complete" }, "all", "added", 2],
      ["another amount is another row", { amount: chf(999) }, keys(2), "added", 2],
      ["a row that the shop has no longer is joined", {}, keys(2), "joined", 1],
      ["both rows there: queued", {}, keys(1, 2), "added", 2],
      ["a shop that never deletes: queued", {}, "all", "added", 2],
      ["no key to tell: refused, which is a row too", { shopKeys: [] }, "all", "oneStillOpen", 2],
    ];
    for (const [rule, changes, heldKeys, kind, rows] of pressed) {
      storeCase(`while one is open: ${rule}`, async ({ store, open, lease, read }) => {
        const row = await open(1);
        await store.addCommand(row.id, aCommand(1), keys(1), at(0));
        const second = await store.addCommand(row.id, aCommand(2, changes), heldKeys, at(1));
        expect(second.kind).toBe(kind);
        expect((await read(1)).hintCount).toBe(2);
        const { commands } = await lease(row, "me", 2);
        expect(commands).toHaveLength(rows);
        expect(commands).toContainEqual(second.row);
        if (kind === "joined") expect(second.row).toMatchObject({ id: "command-1", shopKeys: keys(1, 2) });
        if (kind === "oneStillOpen") expect(second.row).toMatchObject({ state: "refused", failure: { code: kind } });
      });
    }

    const overtaken: readonly [string, HeldKeys, string][] = [
      ["is the one that was pressed after it and stored before", keys(1), "joined"],
      ["is a second one where the shop had both rows", keys(1, 2), "added"],
    ];
    for (const [rule, heldKeys, kind] of overtaken) {
      storeCase(`a press that is stored late ${rule}`, async ({ store, open, lease }) => {
        const row = await open(1);
        const { row: first } = await store.addCommand(row.id, aCommand(1, { on: at(5) }), heldKeys, at(5));
        await store.saveCommand(await lease(row, "me", 6), { ...first, state: "refused", failure: refusal });
        expect((await store.addCommand(row.id, aCommand(2, { on: at(0) }), keys(2), at(7))).kind).toBe(kind);
      });
    }

    storeCase("while the service has not finished it, it is still open", async ({ store, open, lease }) => {
      const row = await open(1);
      const { row: first } = await store.addCommand(row.id, aCommand(1), keys(1), at(0));
      await store.saveCommand(await lease(row, "me"), { ...first, state: "known", serviceId: "930001" as ServiceId });
      expect((await store.addCommand(row.id, aCommand(2), keys(2), at(1))).kind).toBe("joined");
    });

    storeCase("once it is done, it is the same one until the shop shows it", async (bench) => {
      const { store, open, lease, record } = bench;
      const row = await open(1);
      const { row: first } = await store.addCommand(row.id, aCommand(1), keys(1), at(0));
      const held = await lease(row, "me");
      const id = "930001" as ServiceId;
      await store.saveCommand(held, { ...first, state: "known", serviceId: id, doneIn: 1 });
      await record(held, { entities: [anEntity("refund", id)] });
      expect((await store.addCommand(row.id, aCommand(2), keys(2), at(1))).kind).toBe("joined");
      await store.recordShown(held, { revision: 1, receipt: null, next: null, showAt: null, findings: [], now: at(2) });
      expect((await store.addCommand(row.id, aCommand(3), keys(3), at(3))).kind).toBe("added");
    });
  });

  describe("saveCommand", () => {
    storeCase("keeps what came of it", async ({ store, open, lease }) => {
      const row = await open(1);
      const { row: added } = await store.addCommand(row.id, aCommand(1), keys(1), at(0));
      const saved = { ...added, state: "known", serviceId: "930001" as ServiceId, sends: 2 } as const;
      const held = await lease(row, "me");
      expect(await store.saveCommand(held, saved)).toBe(true);
      expect((await lease(row, "you", 60)).commands).toEqual([saved]);
    });

    storeCase("does not lose a key that was joined meanwhile", async ({ store, open, lease }) => {
      const row = await open(1);
      await store.addCommand(row.id, aCommand(1), keys(1), at(0));
      const held = await lease(row, "me");
      expect((await store.addCommand(row.id, aCommand(2), keys(2), at(1))).kind).toBe("joined");
      for (const command of held.commands) await store.saveCommand(held, { ...command, state: "known" });
      expect((await lease(row, "you", 60)).commands).toMatchObject([{ state: "known", shopKeys: keys(1, 2) }]);
      expect((await store.addCommand(row.id, aCommand(3, { shopKeys: keys(2) }), "all", at(61))).kind).toBe("sameKey");
    });

    storeCase("adds none", async ({ store, open, lease }) => {
      const row = await open(1);
      const held = await lease(row, "me");
      expect(await store.saveCommand(held, { ...aCommand(1), ...fresh })).toBe(true);
      expect((await lease(row, "you", 60)).commands).toEqual([]);
    });
  });

  describe("saveAttempt and abandon", () => {
    storeCase("an attempt is written once and then changed", async ({ store, open, lease }) => {
      const row = await open(1);
      const held = await lease(row, "me");
      const intended = anAttempt(1, { transaction: null, createState: "intended" });
      await store.saveAttempt(held, intended);
      await store.saveAttempt(held, anAttempt(2, { transaction: null, createState: "cut" }));
      await store.saveAttempt(held, anAttempt(1));
      expect((await lease(row, "you", 60)).attempts).toEqual([
        anAttempt(1),
        anAttempt(2, { transaction: null, createState: "cut" }),
      ]);
    });

    storeCase("an attempt is kept whole: what was sent, its step, its charge", async ({ store, open, lease }) => {
      const row = await open(1);
      const held = await lease(row, "me");
      const step = { kind: "redirect", url: "https://checkout.example.ch/pay?a=1&b=2" as Url } as const;
      const shopKey = "renewal-1" as ShopKey;
      const attempts = [
        anAttempt(1, { sent: "a1b2", step }),
        anAttempt(2, { sent: null, charge: { shopKey, refusal: null } }),
        anAttempt(3, { charge: { shopKey, refusal } }),
      ];
      for (const attempt of attempts) await store.saveAttempt(held, attempt);
      expect((await lease(row, "you", 60)).attempts).toEqual(attempts);
    });

    storeCase("a transaction belongs to one attempt", async ({ store, open, lease }) => {
      const [mine, theirs] = [await lease(await open(1), "me"), await lease(await open(2), "you")];
      await store.saveAttempt(mine, anAttempt(1));
      await expect(
        store.saveAttempt(theirs, anAttempt(2, { transaction: anAttempt(1).transaction })),
      ).rejects.toThrow();
      await expect(store.saveAttempt(mine, anAttempt(3, { transaction: anAttempt(1).transaction }))).rejects.toThrow();
      expect((await lease(theirs.row, "third", 60)).attempts).toEqual([]);
    });

    storeCase("an abandoned payment is looked at", async ({ store, open, read }) => {
      const row = await open(1);
      await store.abandon(row.id, at(4));
      expect(await read(1)).toMatchObject({ abandoned: true, hintCount: 1, lookAt: at(4) });
      await store.abandon("nobody" as PaymentId, at(4));
    });
  });
}
