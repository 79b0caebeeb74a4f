import type { Payment } from "@checkout-plugins/core";
import { expect } from "vitest";
import { type AdapterCase, completes, expectShown } from "../adapter-case.ts";
import type { AdapterBench } from "../bench.ts";
import { anOrder, chf } from "../orders.ts";

const never = new AbortController().signal;

function lastShown({ shown }: AdapterBench): Payment {
  const last = shown.at(-1);
  if (last === undefined) throw new Error("Nothing was shown");
  return last.payment;
}

export const showingCases: readonly AdapterCase[] = [
  {
    name: "an open payment is shown as open",
    async run(bench) {
      const begun = await bench.begin(anOrder);
      await bench.settle();
      await expectShown(bench, begun, { as: "open", paid: chf("0") });
    },
  },
  {
    name: "a paid one is shown as paid, with what was taken",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      await expectShown(bench, begun, { as: "paid", paid: anOrder.total, refunded: chf("0") });
    },
  },
  {
    name: "an authorized one is shown as authorized, with nothing taken yet",
    needs: completes,
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      await expectShown(bench, begun, { as: "authorized", paid: chf("0") });
    },
  },
  {
    name: "a failed one is shown as failed",
    async run(bench) {
      const begun = await bench.begin(anOrder);
      await bench.buyer(begun, "abort");
      await bench.settle();
      await expectShown(bench, begun, { as: "failed" });
    },
  },
  {
    name: "a voided one is shown as voided",
    needs: completes,
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      await bench.control.backOffice(begun.transaction, { action: "void" });
      await bench.settle();
      await expectShown(bench, begun, { as: "voided", paid: chf("0") });
    },
  },
  {
    name: "a declined one is shown as declined: the money is there, and nothing may be shipped",
    async run(bench) {
      await bench.control.changeSpace("70001", { switches: { delivery: "notSuitable" } });
      const begun = await bench.paid(anOrder);
      await expectShown(bench, begun, { as: "declined" });
    },
  },
  {
    name: "a held one is shown as held, and never as paid",
    async run(bench) {
      const begun = await bench.begin(anOrder);
      await bench.control.changeTransaction(begun.transaction, { amount: "1.00" });
      await bench.buyer(begun, "pay");
      await bench.settle();
      await expectShown(bench, begun, { as: "held" });
    },
  },
  {
    name: "a lower revision that comes late changes nothing",
    async run(bench) {
      const begun = await bench.begin(anOrder);
      await bench.settle();
      const older = lastShown(bench);
      await bench.buyer(begun, "pay");
      await bench.settle();
      const view = await bench.view(begun);
      await bench.harness.adapter.showPayment(older, null, never);
      expect(await bench.view(begun)).toEqual(view);
    },
  },
  {
    name: "the same twice has one effect",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const view = await bench.view(begun);
      const receipt = bench.shown.at(-1)?.receipt ?? null;
      await bench.harness.adapter.showPayment(lastShown(bench), receipt as never, never);
      expect(await bench.view(begun)).toEqual(view);
    },
  },
  {
    name: "the same at once has one effect",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const view = await bench.view(begun);
      const next = { ...lastShown(bench), revision: lastShown(bench).revision + 1 };
      await Promise.all([1, 2, 3, 4, 5].map(() => bench.harness.adapter.showPayment(next, null, never)));
      expect(await bench.view(begun)).toEqual(view);
    },
  },
  {
    name: "the receipt is given back, and one that was lost does no harm",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const first = await bench.harness.adapter.showPayment(lastShown(bench), null, never);
      const view = await bench.view(begun);
      const newer = { ...lastShown(bench), revision: lastShown(bench).revision + 1 };
      const receipt = "receipt" in first ? (first.receipt ?? null) : null;
      const second = await bench.harness.adapter.showPayment(newer, receipt, never);
      expect(["shown", "unchanged"]).toContain(second.kind);
      expect(await bench.view(begun)).toEqual(view);
    },
  },
  {
    name: "where the shop wants its buyer is an address",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const again = { ...lastShown(bench), revision: lastShown(bench).revision + 1 };
      const shown = await bench.harness.adapter.showPayment(again, null, never);
      const next = "next" in shown ? shown.next : undefined;
      expect(next === undefined || URL.canParse(next), `next: ${next}`).toBe(true);
      await expectShown(bench, begun, { as: "paid" });
    },
  },
  {
    name: "a failure that was followed by a payment is never shown as one of the order",
    needs: ({ retries }) => retries === "sameReference",
    async run(bench) {
      const first = await bench.begin(anOrder);
      await bench.buyer(first, "abort");
      await bench.settle();
      const second = await bench.begin(anOrder, { reference: first.reference });
      expect(second.transaction).not.toBe(first.transaction);
      await bench.buyer(second, "pay");
      await bench.settle();
      await expectShown(bench, second, { as: "paid", paid: anOrder.total });
    },
  },
];
