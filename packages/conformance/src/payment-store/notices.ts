import type { Finding, KeptFinding, Notice, ShopId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aFinding, aPayment, at, shop } from "./samples.ts";
import type { StoreBench, StoreCase } from "./store-bench.ts";

const other = "shop-2" as ShopId;
const limit = { total: 100, perShop: 100 };

export function testNotices(storeCase: StoreCase): void {
  describe("notices", () => {
    storeCase("there is one of each finding, until it was told", async (bench) => {
      const { store } = bench;
      await find(bench, 1, 1, [aFinding("chargeback"), aFinding("testMoney")]);
      await find(bench, 1, 2, [aFinding("chargeback"), aFinding("testMoney")]);
      const [first, second] = await store.claimNotices("me", at(3), at(63), limit);
      expect(first).toMatchObject({
        shop,
        payment: "payment-1",
        reference: "order-1",
        toldTo: [],
        tries: 0,
        record: { revision: 2 },
      });
      expect([first?.finding?.kind, second?.finding?.kind]).toEqual(["chargeback", "testMoney"]);
      expect(await store.claimNotices("you", at(3), at(63), limit)).toEqual([]);
      for (const one of [first, second] as Notice[]) {
        expect(await store.recordNotice(one, { toldTo: ["mail"], again: null, now: at(4) })).toBe(true);
      }
      expect(await store.claimNotices("you", at(9999), at(9999), limit)).toEqual([]);
      expect((await store.findings(shop)).map(({ toldOn }) => toldOn)).toEqual([at(4), at(4)]);
      await find(bench, 1, 5, [aFinding("chargeback"), { ...aFinding("testMoney"), detail: "New" }]);
      expect((await store.findings(shop)).map(({ toldOn }) => toldOn)).toEqual([at(4), at(4)]);
      expect(await store.claimNotices("you", at(9999), at(9999), limit)).toEqual([]);
    });

    storeCase("what was told in part is told to the others later", async (bench) => {
      const { store } = bench;
      await find(bench, 1, 1, [aFinding("chargeback")]);
      const [notice] = await store.claimNotices("me", at(2), at(62), limit);
      const outcome = { toldTo: ["mail"], again: at(90), now: at(3) };
      expect(await store.recordNotice(notice as Notice, outcome)).toBe(true);
      expect(await store.recordNotice(notice as Notice, outcome)).toBe(false);
      expect(await store.claimNotices("me", at(89), at(149), limit)).toEqual([]);
      expect(await store.claimNotices("me", at(90), at(150), limit)).toMatchObject([{ toldTo: ["mail"], tries: 1 }]);
      expect((await store.findings(shop))[0]?.toldOn).toBeNull();
    });

    storeCase("are another's when the claim has ended, and the first writes nothing", async (bench) => {
      const { store } = bench;
      await find(bench, 1, 1, [aFinding("chargeback")]);
      const [mine] = await store.claimNotices("me", at(2), at(62), limit);
      const [yours] = await store.claimNotices("you", at(62), at(122), limit);
      expect(yours?.finding).toEqual(mine?.finding);
      const outcome = { toldTo: [], again: null, now: at(63) };
      expect(await store.recordNotice(mine as Notice, outcome)).toBe(false);
      expect((await store.findings(shop))[0]?.toldOn).toBeNull();
      expect(await store.recordNotice(yours as Notice, outcome)).toBe(true);
    });

    storeCase("what was solved before it was told is told no more; found again it is", async (bench) => {
      const { store } = bench;
      await find(bench, 1, 1, [aFinding("chargeback")]);
      await find(bench, 1, 2, []);
      expect(await store.claimNotices("me", at(3), at(63), limit)).toEqual([]);
      await find(bench, 1, 4, [aFinding("chargeback")]);
      expect(await store.claimNotices("me", at(5), at(65), limit)).toMatchObject([{ finding: { since: at(4) } }]);
    });

    storeCase("of showings and faults too", async (bench) => {
      const { store, open, lease } = bench;
      const held = await lease(await open(1), "shower");
      const shown = { revision: 0, receipt: null, next: null, showAt: null, now: at(1) };
      await store.recordShown(held, { ...shown, findings: [aFinding("orderGone")] });
      await store.recordFault(held, { step: "look", at: at(9), findings: [aFinding("repeatedFault")], now: at(2) });
      const notices = await store.claimNotices("me", at(3), at(63), limit);
      expect(notices.map(({ finding, record }) => [finding?.kind, record])).toEqual([
        ["orderGone", null],
        ["repeatedFault", null],
      ]);
    });

    storeCase("of a payment are its newest state, where it is announced", async (bench) => {
      const { store } = bench;
      await find(bench, 1, 1, [], false);
      expect(await store.claimNotices("me", at(1), at(61), limit)).toEqual([]);
      await find(bench, 1, 2, [], true);
      await find(bench, 1, 3, [], true);
      const [notice, ...more] = await store.claimNotices("me", at(4), at(64), limit);
      expect(notice).toMatchObject({ finding: null, record: { revision: 3 } });
      expect(more).toEqual([]);
      await find(bench, 1, 5, [], true);
      expect(await store.recordNotice(notice as Notice, { toldTo: [], again: null, now: at(5) })).toBe(false);
      const [anew] = await store.claimNotices("me", at(6), at(66), limit);
      expect(anew).toMatchObject({ record: { revision: 4 }, tries: 0 });
      expect(await store.recordNotice(anew as Notice, { toldTo: [], again: null, now: at(7) })).toBe(true);
      expect(await store.claimNotices("me", at(9999), at(9999), limit)).toEqual([]);
    });

    storeCase("the same state again is no change", async (bench) => {
      const { store, open, lease, record } = bench;
      const row = await open(1);
      await record(await lease(row, "me"), { payment: aPayment(row, 0), announce: true });
      expect(await store.claimNotices("me", at(1), at(61), limit)).toEqual([]);
    });

    storeCase("one shop's many do not starve another's", async (bench) => {
      const { store } = bench;
      for (const number of [1, 2, 3, 4]) await find(bench, number, number, [aFinding("chargeback")]);
      await find(bench, 9, 9, [aFinding("chargeback")], false, other);
      const few = await store.claimNotices("me", at(10), at(70), { total: 3, perShop: 2 });
      expect(few.map(({ payment }) => payment)).toEqual(["payment-1", "payment-2", "payment-shop-2-9"]);
      const rest = await store.claimNotices("me", at(10), at(70), { total: 1, perShop: 2 });
      expect(rest.map(({ payment }) => payment)).toEqual(["payment-3"]);
    });
  });

  describe("findings", () => {
    storeCase("are read page by page, newest first, each once", async (bench) => {
      const { store } = bench;
      for (const number of [1, 2, 3])
        await find(bench, number, number % 2, [aFinding("chargeback"), aFinding("testMoney")]);
      await find(bench, 1, 5, [aFinding("testMoney")]);
      const pages = async (open: boolean, after: KeptFinding | null = null): Promise<readonly string[]> => {
        const page = await store.findings(shop, { after, limit: 2, open });
        const seen = page.map(({ payment, kind }) => `${payment} ${kind}`);
        return page.length === 0 ? [] : [...seen, ...(await pages(open, page.at(-1) ?? null))];
      };
      const all = [
        "payment-3 testMoney",
        "payment-3 chargeback",
        "payment-1 testMoney",
        "payment-1 chargeback",
        "payment-2 testMoney",
        "payment-2 chargeback",
      ];
      expect(await pages(false)).toEqual(all);
      expect(await pages(true)).toEqual(all.filter((one) => one !== "payment-1 chargeback"));
    });
  });
}

/** Looks at a payment at some second, and records these findings with a new revision. */
async function find(
  { store, open, lease, record }: StoreBench,
  number: number,
  seconds: number,
  findings: readonly Finding[],
  announce = false,
  of: ShopId = shop,
): Promise<void> {
  const row = await open(number, of === shop ? {} : { shop: of });
  const held = await lease(row, "looker", seconds);
  await record(held, { payment: aPayment(row, held.row.revision + 1, { findings }), announce, now: at(seconds) });
  await store.release(held);
}
