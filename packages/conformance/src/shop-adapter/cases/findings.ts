import type { OrderGroup } from "@checkout-plugins/core";
import { expect } from "vitest";
import { type AdapterCase, expectShown } from "../adapter-case.ts";
import type { AdapterBench, Begun } from "../bench.ts";
import { aLargerOrder, anOrder, chf } from "../orders.ts";

/** What is wrong with the money, and how it comes about while the buyer pays. */
const wrongs: Readonly<Record<string, (bench: AdapterBench, begun: Begun) => Promise<unknown>>> = {
  "another amount": ({ control }, { transaction }) => control.changeTransaction(transaction, { amount: "1.00" }),
  "another currency": ({ control }, { transaction }) => control.changeTransaction(transaction, { currency: "EUR" }),
  "another order": ({ control }, { transaction }) => control.changeTransaction(transaction, { metaData: { a: "b" } }),
  "test money": async ({ control }) => control.changeSpace("70001", { switches: { environment: "TEST" } }),
  "another space": async (bench) => {
    bench.garble = (body) => body.replaceAll('"linkedSpaceId":70001', '"linkedSpaceId":70009');
  },
};

const held = Object.entries(wrongs).map(
  ([what, happens]): AdapterCase => ({
    name: `${what} is never shown as paid, and told to people at the order, once`,
    async run(bench) {
      const begun = await bench.begin(anOrder);
      await bench.settle();
      const { notes } = await bench.view(begun);
      await happens(bench, begun);
      await bench.buyer(begun, "pay");
      await bench.settle();
      await bench.settleUnhinted();
      await expectShown(bench, begun, { as: "held" });
      expect((await bench.view(begun)).notes.length).toBe(notes.length + 1);
    },
  }),
);

export const findingCases: readonly AdapterCase[] = [
  ...held,
  {
    name: "a second payment of one order is given back, and told to people at the order",
    needs: ({ retries }) => retries === "sameReference",
    async run(bench) {
      await bench.control.changeSpace("70001", { switches: { authorizationDelay: "PT10M" } });
      const first = await bench.begin(anOrder);
      await bench.buyer(first, "pay");
      await bench.settle();
      const second = await bench.begin(aLargerOrder, { reference: first.reference });
      expect(second.transaction, "the order changed while the first was being paid").not.toBe(first.transaction);
      await bench.buyer(second, "pay");
      await bench.settle();
      const { notes } = await bench.view(second);
      await bench.advance(600);
      await bench.settle(600);
      await expectShown(bench, second, { as: "paid", paid: aLargerOrder.total });
      expect((await bench.view(second)).notes.length).toBe(notes.length + 1);
      expect(Number((await bench.transaction(first)).refundedAmount)).toBe(29.95);
    },
  },
  {
    name: "a second payment of one order under a reference of its own is given back, and never shown as paid",
    async run(bench) {
      const order = { ...anOrder, group: "cart-7" as OrderGroup };
      const first = await bench.begin(order);
      const second = await bench.begin(order);
      expect(second.reference, "each try has its own reference").not.toBe(first.reference);
      for (const begun of [first, second]) {
        await bench.buyer(begun, "pay");
        await bench.settle();
      }
      await bench.settle(600);
      await expectShown(bench, first, { as: "paid", paid: anOrder.total, refunded: chf("0") });
      await expectShown(bench, second, { as: "voided" });
      expect(Number((await bench.transaction(second)).refundedAmount)).toBe(29.95);
    },
  },
];
