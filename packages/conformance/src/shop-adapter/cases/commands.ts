import type { Decimal } from "@checkout-plugins/core";
import { expect } from "vitest";
import { type AdapterCase, completes, entriesOf, expectShown, refundsParts } from "../adapter-case.ts";
import type { AdapterBench } from "../bench.ts";
import type { Press } from "../harness.ts";
import { anOrder, chf } from "../orders.ts";

/** What is cut, and what of CHF 29.95 was taken and given back in the end. */
const cuts = {
  refund: { entry: "refund", path: "/payment/refunds", told: ["pending"], completed: 29.95, refunded: 10 },
  complete: {
    entry: "completion",
    path: "/payment/transactions/*/complete-partially-online",
    told: ["pending"],
    completed: 29.95,
    refunded: 0,
  },
  void: {
    entry: "void",
    path: "/payment/transactions/*/void-online",
    // The transaction itself says that it is voided.
    told: ["pending", "successful"],
    completed: 0,
    refunded: 0,
  },
} as const;

/** The merchant hears what is known by then, a failure never; then he presses again, and it was one all the same. */
async function expectOne(
  bench: AdapterBench,
  press: Pick<Press, "amount"> & { readonly kind: keyof typeof cuts },
  again: Partial<Press>,
): Promise<void> {
  const { entry, path, told, completed, refunded } = cuts[press.kind];
  const begun = await bench.paid(anOrder, { completion: press.kind === "refund" ? "immediate" : "deferred" });
  await bench.control.addFaults({ on: "request", kind: "cutAfter", method: "POST", path, times: "always" });
  expect(told, "told after the cut").toContain(await bench.press({ ...press, reference: begun.reference }));
  await bench.press({ ...press, reference: begun.reference, ...again });
  await bench.control.clearFaults();
  await bench.settle(600);
  expect(await entriesOf(bench, begun, entry)).toMatchObject([{ state: "done" }]);
  const { completedAmount, refundedAmount } = await bench.transaction(begun);
  expect([completedAmount, refundedAmount].map(Number)).toEqual([completed, refunded]);
}

const refund = { kind: "refund", amount: chf("10.00") } as const;
const complete = { kind: "complete", amount: "rest" } as const;
const giveBack = { kind: "void", amount: "rest" } as const;

/** What must be checked before it ships, and how the merchant decides. */
const decisions = [
  { kind: "accept", as: "paid", state: "FULFILL", name: "accepting what must be checked lets it ship" },
  {
    kind: "deny",
    as: "declined",
    state: "DECLINE",
    name: "denying what must be checked shows that nothing may be shipped",
  },
] as const;

const reviews = decisions.map(
  ({ kind, as, state, name }): AdapterCase => ({
    name,
    needs: ({ review }) => review,
    async run(bench) {
      await bench.control.changeSpace("70001", { switches: { delivery: "manualCheck" } });
      const begun = await bench.paid(anOrder);
      await bench.settle(60);
      expect(await bench.press({ kind, reference: begun.reference })).not.toBe("failed");
      await bench.settle(60);
      await expectShown(bench, begun, { as });
      expect((await bench.transaction(begun)).state).toBe(state);
    },
  }),
);

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
    name: "a void whose answer is cut, pressed again, is one",
    needs: completes,
    run: (bench) => expectOne(bench, giveBack, {}),
  },
  ...reviews,
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
