import type { Buyer, PaymentRow, ShopId } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aCommand, aFinding, anAttempt, aPayment, at, chf, shop, toReference } from "./samples.ts";
import type { StoreBench, StoreCase } from "./store-bench.ts";

const other = "shop-2" as ShopId;
const page = { after: null, limit: 10 };
const canary = "canary-7f3a";

export function testUpkeep(storeCase: StoreCase): void {
  describe("backlog", () => {
    storeCase("tells since when something waits", async ({ store, open, lease, record }) => {
      expect(await store.backlog(at(9))).toEqual({ payment: null, notice: null });
      const row = await open(1);
      await store.abandon(row.id, at(2));
      const second = await open(2);
      await store.abandon(second.id, at(1));
      expect(await store.backlog(at(0))).toEqual({ payment: null, notice: null });
      expect(await store.backlog(at(9))).toEqual({ payment: at(1), notice: null });
      const held = await lease(second, "me", 3);
      expect(await store.backlog(at(9))).toEqual({ payment: at(2), notice: null });
      await record(held, { payment: aPayment(second, 1, { findings: [aFinding("chargeback")] }), now: at(4) });
      expect(await store.backlog(at(9))).toEqual({ payment: at(2), notice: at(4) });
    });
  });

  describe("purge", () => {
    storeCase("removes what is old and done, the oldest first, and nothing else", async (bench) => {
      const { store, read } = bench;
      for (const number of [3, 1, 2, 4]) await openAt(bench, number, number);
      await store.abandon((await read(1)).id, at(5));
      expect(await store.purge(at(4), at(10), 1)).toBe(1);
      expect(await store.read(shop, toReference(2))).toBeNull();
      expect(await store.purge(at(4), at(10), 9)).toBe(1);
      expect(await store.read(shop, toReference(3))).toBeNull();
      expect(await store.purge(at(4), at(10), 9)).toBe(0);
      expect(await store.read(shop, toReference(1))).not.toBeNull();
      expect(await store.read(shop, toReference(4))).not.toBeNull();
    });

    storeCase("removes all that belongs to it, and leaves what somebody holds", async (bench) => {
      const { store, lease, record } = bench;
      const row = await openAt(bench, 1, 1);
      const held = await lease(row, "me", 2);
      await store.saveAttempt(held, anAttempt(1));
      const payment = aPayment(row, 1, { findings: [aFinding("chargeback")] });
      await record(held, { payment, announce: true, now: at(3) });
      await store.recordShown(held, { revision: 1, receipt: null, next: null, showAt: null, findings: [], now: at(3) });
      expect(await store.purge(at(9), at(9), 9)).toBe(0);
      await store.release(held);
      expect(await store.purge(at(9), at(9), 9)).toBe(1);
      expect(await store.findings(shop)).toEqual([]);
      expect(await store.claimNotices("me", at(9), at(69), { total: 9, perShop: 9 })).toEqual([]);
      expect(await store.findBuyer(shop, { email: "anna.muster@example.ch" }, page)).toEqual([]);
      const again = await openAt(bench, 1, 10);
      await store.saveAttempt(await lease(again, "me", 10), anAttempt(1));
    });
  });

  describe("a buyer", () => {
    storeCase("is found by his address and his number, in his own shop, page by page", async (bench) => {
      const { store } = bench;
      for (const number of [1, 2, 3]) await buy(bench, number);
      await buy(bench, 4, other);
      await buy(bench, 5, shop, { email: "somebody@example.ch", id: "9" });
      const found = async (buyer: Buyer) => (await store.findBuyer(shop, buyer, page)).map(({ row }) => row.id);
      const all = ["payment-1", "payment-2", "payment-3"];
      for (const email of [
        `${canary}@example.ch`,
        ` ${canary.toUpperCase()}@Example.CH`,
        `${canary}-billing@example.ch`,
      ]) {
        expect(await found({ email })).toEqual(all);
      }
      expect(await found({ customer: `${canary}-88` })).toEqual(all);
      for (const buyer of [{ email: `${canary}-88` }, { customer: `${canary}@example.ch` }, { email: "" }]) {
        expect(await found(buyer)).toEqual([]);
      }
      const [first] = await store.findBuyer(shop, { customer: `${canary}-88` }, { after: null, limit: 1 });
      expect(first).toMatchObject({
        attempts: [{ order: { billing: { givenName: canary } } }],
        commands: [{ kind: "refund" }],
      });
      const rest = await store.findBuyer(
        shop,
        { customer: `${canary}-88` },
        { after: first?.row.id ?? null, limit: 9 },
      );
      expect(rest.map(({ row }) => row.id)).toEqual(all.slice(1));
    });

    storeCase("T14: is forgotten, and what was owed stays", async (bench) => {
      const { store, lease, read } = bench;
      for (const number of [1, 2, 3]) await buy(bench, number);
      await buy(bench, 4, other);
      const busy = await lease(await read(3), "busy", 100);
      expect(await store.eraseBuyer(shop, { email: `${canary}@example.ch` }, at(101), 1)).toMatchObject({ erased: 1 });
      expect(await store.eraseBuyer(shop, { email: `${canary}@example.ch` }, at(101), 9)).toEqual({
        erased: 1,
        held: 1,
      });
      await store.release(busy);
      expect(await store.eraseBuyer(shop, { email: `${canary}@example.ch` }, at(101), 9)).toEqual({
        erased: 1,
        held: 0,
      });
      expect(await store.findBuyer(shop, { customer: `${canary}-88` }, page)).toEqual([]);
      for (const number of [1, 2, 3]) {
        const held = await lease(await read(number), "reader", 200);
        expect(JSON.stringify(held)).not.toContain(canary);
        expect(held.attempts).toMatchObject([{ order: { total: chf(2995), language: "de-CH" } }]);
        expect(held.commands).toMatchObject([{ kind: "refund", state: "known", amount: chf(1000) }]);
      }
      const [theirs] = await store.findBuyer(other, { customer: `${canary}-88` }, page);
      expect(theirs?.attempts).toMatchObject([{ order: { billing: { givenName: canary } } }]);
    });
  });
}

/** Opened at some second, with nothing to do. */
function openAt({ store }: StoreBench, number: number, seconds: number): Promise<PaymentRow> {
  return store.open(`payment-${number}` as PaymentRow["id"], shop, toReference(number), null, at(seconds));
}

/** An order that names its buyer wherever it can, and a refund whose reason does. */
async function buy(
  { store, open, lease }: StoreBench,
  number: number,
  of: ShopId = shop,
  customer = { email: `${canary}@example.ch`, id: `${canary}-88` },
): Promise<void> {
  const row = await open(number, of === shop ? {} : { shop: of });
  const held = await lease(row, "setup");
  const address = {
    givenName: canary,
    familyName: canary,
    street: canary,
    phone: canary,
    email: `${canary}-Billing@example.ch`,
  };
  const { order } = anAttempt(number);
  const billing = customer.id === "9" ? null : address;
  await store.saveAttempt(held, anAttempt(number, { order: { ...order, customer, billing, shipping: billing } }));
  const refund = aCommand(number, { attempt: anAttempt(number).id, body: { reason: canary } });
  const { row: command } = await store.addCommand(row.id, refund, "all", at(0));
  await store.saveCommand(held, { ...command, state: "known" });
  await store.release(held);
}
