import type { Decimal, ShopCapabilities } from "@checkout-plugins/core";
import { expect } from "vitest";
import { type AdapterCase, entriesOf, expectShown } from "../adapter-case.ts";
import type { AdapterBench } from "../bench.ts";
import type { Press } from "../harness.ts";
import { anOrder, chf } from "../orders.ts";

const refundsParts = ({ refund }: ShopCapabilities): boolean => refund === "amount" || refund === "lines";
const completes = ({ completion }: ShopCapabilities): boolean => completion !== "none";

/** The merchant hears that it is not known yet; then he presses again, and it was one all the same. */
async function expectOne(
  bench: AdapterBench,
  press: Pick<Press, "kind" | "amount">,
  again: Partial<Press>,
): Promise<void> {
  const kind = press.kind === "complete" ? "completion" : "refund";
  const path = kind === "refund" ? "/payment/refunds" : "/payment/transactions/*/complete-partially-online";
  const begun = await bench.paid(anOrder, { completion: kind === "refund" ? "immediate" : "deferred" });
  await bench.control.addFaults({ on: "request", kind: "cutAfter", method: "POST", path, times: "always" });
  expect(await bench.press({ ...press, reference: begun.reference }), "told while it is not known").toBe("pending");
  await bench.press({ ...press, reference: begun.reference, ...again });
  await bench.control.clearFaults();
  await bench.settle(600);
  expect(await entriesOf(bench, begun, kind)).toMatchObject([{ state: "done" }]);
  const { completedAmount, refundedAmount } = await bench.transaction(begun);
  const amount = Number(kind === "refund" ? refundedAmount : completedAmount);
  expect(amount).toBe(kind === "refund" ? 10 : 29.95);
}

const refund = { kind: "refund", amount: chf("10.00") } as const;
const complete = { kind: "complete", amount: "rest" } as const;

export const commandCases: readonly AdapterCase[] = [
  {
    name: "completing takes the whole reservation",
    needs: completes,
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      expect(await bench.press({ kind: "complete", reference: begun.reference })).not.toBe("failed");
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", paid: anOrder.total });
      expect(await entriesOf(bench, begun, "completion")).toMatchObject([{ state: "done" }]);
    },
  },
  {
    name: "completing in parts takes each part, and the last one finishes it",
    needs: ({ completion }) => completion === "many",
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      const { reference } = begun;
      await bench.press({ kind: "complete", reference, amount: chf("10.00"), row: "row-1" });
      await bench.settle();
      await expectShown(bench, begun, { as: "authorized", paid: chf("10.00") });
      await bench.press({ kind: "complete", reference, row: "row-2" });
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", paid: anOrder.total });
      expect(await entriesOf(bench, begun, "completion")).toHaveLength(2);
    },
  },
  {
    name: "voiding gives the reservation back",
    needs: completes,
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      expect(await bench.press({ kind: "void", reference: begun.reference })).not.toBe("failed");
      await bench.settle();
      await expectShown(bench, begun, { as: "voided", paid: chf("0") });
      expect((await bench.transaction(begun)).state).toBe("VOIDED");
    },
  },
  {
    name: "a refund of the whole gives all back",
    needs: (capabilities) => capabilities.refund !== "none",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      expect(await bench.press({ kind: "refund", reference: begun.reference })).not.toBe("failed");
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: anOrder.total });
      expect(await entriesOf(bench, begun, "refund")).toMatchObject([{ state: "done", amount: anOrder.total }]);
    },
  },
  {
    name: "a refund of an amount gives that amount back",
    needs: refundsParts,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      expect(await bench.press({ ...refund, reference: begun.reference })).not.toBe("failed");
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: chf("10.00") });
    },
  },
  {
    name: "a refund of a line gives that line back",
    needs: (capabilities) => capabilities.refund === "lines",
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const amount = chf("7.00");
      const lines = [{ id: "shipping", quantity: "1" as Decimal, amount }];
      await bench.press({ kind: "refund", reference: begun.reference, amount, lines });
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: amount });
    },
  },
  {
    name: "a refused refund is told, and leaves nothing behind",
    needs: refundsParts,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const told = await bench.press({ kind: "refund", reference: begun.reference, amount: chf("30.00") });
      expect(told).toBe("failed");
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: chf("0") });
      expect((await entriesOf(bench, begun, "refund")).filter(({ state }) => state !== "failed")).toEqual([]);
    },
  },
  {
    name: "a refund whose answer is cut, pressed again with the row kept, is one",
    needs: refundsParts,
    run: (bench) => expectOne(bench, refund, {}),
  },
  {
    name: "a refund whose answer is cut, pressed again after the row was deleted, is one",
    needs: refundsParts,
    run: (bench) => expectOne(bench, refund, { row: "row-2", deleted: ["row-1"] }),
  },
  {
    name: "a completion whose answer is cut, pressed again with the row kept, is one",
    needs: completes,
    run: (bench) => expectOne(bench, complete, {}),
  },
  {
    name: "a completion whose answer is cut, pressed again after the row was deleted, is one",
    needs: completes,
    run: (bench) => expectOne(bench, complete, { row: "row-2", deleted: ["row-1"] }),
  },
  {
    name: "a refund whose answer does not reach the shop is pending there, and one",
    needs: refundsParts,
    hosted: true,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      bench.cutNextAnswer();
      expect(await bench.press({ ...refund, reference: begun.reference })).toBe("pending");
      await bench.press({ ...refund, reference: begun.reference });
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: chf("10.00") });
      expect(await entriesOf(bench, begun, "refund")).toMatchObject([{ state: "done" }]);
    },
  },
  {
    name: "a refund pressed five times at once is one",
    needs: refundsParts,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      await Promise.all([1, 2, 3, 4, 5].map(() => bench.press({ ...refund, reference: begun.reference })));
      await bench.settle(600);
      await expectShown(bench, begun, { as: "paid", refunded: chf("10.00") });
      expect(await entriesOf(bench, begun, "refund")).toHaveLength(1);
    },
  },
  {
    name: "what was told as pending and then fails is undone",
    needs: refundsParts,
    async run(bench) {
      const switches = { refundDelay: "PT1H", refundOutcome: "failed" } as const;
      await bench.control.changeSpace("70001", { switches });
      const begun = await bench.paid(anOrder);
      expect(await bench.press({ ...refund, reference: begun.reference })).toBe("pending");
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: chf("0") });
      await bench.advance(3600);
      await bench.settle(600);
      await expectShown(bench, begun, { as: "paid", refunded: chf("0") });
      expect((await entriesOf(bench, begun, "refund")).filter(({ state }) => state !== "failed")).toEqual([]);
    },
  },
];
