import { expect } from "vitest";
import { type AdapterCase, completes, entriesOf, expectShown, refundsParts } from "../adapter-case.ts";
import type { AdapterBench, Begun } from "../bench.ts";
import type { ShopView } from "../harness.ts";
import { anOrder, chf } from "../orders.ts";

/** More calls than a settle has; a process that makes more is not killed any more. */
const mostCalls = 200;

/** The gateway dies after its first call, then after its second, and so on; each time another one must end in the same. */
async function surviveKills(bench: AdapterBench, live: (calls: number) => Promise<Begun>): Promise<void> {
  const undisturbed: ShopView = await bench.view(await live(mostCalls));
  expect(bench.deaths()).toBe(0);
  for (let calls = 0; calls === bench.deaths(); calls += 1) {
    expect(await bench.view(await live(calls)), `killed after ${calls} calls`).toEqual(undisturbed);
  }
  expect(bench.deaths(), "how many steps there were to be killed at").toBeGreaterThan(5);
}

/** What the merchant presses, and presses again while his shop does not show it as done; and what is shown in the end. */
const presses = {
  refund: {
    needs: refundsParts,
    press: { kind: "refund", amount: chf("10.00") },
    shown: { as: "paid", refunded: chf("10.00") },
  },
  completion: { needs: completes, press: { kind: "complete" }, shown: { as: "paid", paid: anOrder.total } },
  void: { needs: completes, press: { kind: "void" }, shown: { as: "voided", paid: chf("0") } },
} as const;

const killedPresses = Object.entries(presses).map(
  ([kind, { needs, press, shown }]): AdapterCase => ({
    name: `a worker killed at any step of a ${kind} ends in the same, each thing done once`,
    needs,
    run: (bench) =>
      surviveKills(bench, async (calls) => {
        const begun = await bench.paid(anOrder, { completion: kind === "refund" ? "immediate" : "deferred" });
        const pressIt = () => bench.press({ ...press, reference: begun.reference });
        const entries = () => entriesOf(bench, begun, kind as keyof typeof presses);
        await bench.killAfter(calls, pressIt, () => bench.core().settleDue({ total: 20, perShop: 20 }));
        if ((await entries()).every(({ state }) => state !== "done")) await pressIt();
        await bench.settle(600);
        await expectShown(bench, begun, shown);
        expect(await entries()).toMatchObject([{ state: "done" }]);
        return begun;
      }),
  }),
);

export const catchUpCases: readonly AdapterCase[] = [
  {
    name: "a worker killed at any step of a payment ends in the same, each thing done once",
    run: (bench) =>
      surviveKills(bench, async (calls) => {
        const begun = await bench.begin(anOrder);
        await bench.settle();
        await bench.buyer(begun, "pay");
        await bench.control.deliverWebhooks();
        await bench.killAfter(calls, () => bench.core().settleDue({ total: 20, perShop: 20 }));
        await bench.settle(300);
        await expectShown(bench, begun, { as: "paid", paid: anOrder.total });
        return begun;
      }),
  },
  ...killedPresses,
  {
    name: "with every webhook lost an order is paid all the same",
    async run(bench) {
      await bench.control.addFaults({ on: "webhook", kind: "drop", times: "always" });
      const begun = await bench.begin(anOrder);
      await bench.buyer(begun, "pay");
      await bench.settleUnhinted();
      await expectShown(bench, begun, { as: "paid", paid: anOrder.total });
    },
  },
  {
    name: "webhooks that come twice and in the wrong order change nothing",
    async run(bench) {
      const plain = await bench.paid(anOrder);
      await bench.control.addFaults(
        { on: "webhook", kind: "duplicate", times: "always" },
        { on: "webhook", kind: "reorder", times: "always" },
      );
      const begun = await bench.paid(anOrder);
      await bench.settle(60);
      expect(await bench.view(begun)).toEqual(await bench.view(plain));
    },
  },
  {
    name: "a refund of the back office appears once, and we ask for nothing",
    needs: ({ enters }) => enters.refund,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      await bench.writes();
      await bench.control.backOffice(begun.transaction, { action: "refund", amount: "5.00" });
      await bench.settle();
      await bench.settleUnhinted();
      await expectShown(bench, begun, { as: "paid", refunded: chf("5.00") });
      expect(await entriesOf(bench, begun, "refund")).toMatchObject([{ state: "done", amount: chf("5.00") }]);
      expect(await bench.writes()).toEqual([]);
    },
  },
  {
    name: "a refund of the back office whose webhook is lost appears once",
    needs: ({ enters }) => enters.refund,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      await bench.control.addFaults({ on: "webhook", kind: "drop", times: "always" });
      await bench.control.backOffice(begun.transaction, { action: "refund", amount: "5.00" });
      await bench.settleUnhinted();
      await expectShown(bench, begun, { as: "paid", refunded: chf("5.00") });
      expect(await entriesOf(bench, begun, "refund")).toHaveLength(1);
    },
  },
  {
    name: "a completion of the back office is shown, and we ask for nothing",
    needs: ({ completion, enters }) => completion !== "none" && enters.completion,
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      await bench.writes();
      await bench.control.backOffice(begun.transaction, { action: "complete" });
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", paid: anOrder.total });
      expect(await bench.writes()).toEqual([]);
    },
  },
  {
    name: "a void of the back office is shown, and we ask for nothing",
    needs: ({ completion, enters }) => completion !== "none" && enters.void,
    async run(bench) {
      const begun = await bench.paid(anOrder, { completion: "deferred" });
      await bench.writes();
      await bench.control.backOffice(begun.transaction, { action: "void" });
      await bench.settle();
      await expectShown(bench, begun, { as: "voided" });
      expect(await bench.writes()).toEqual([]);
    },
  },
  {
    name: "a chargeback is entered once, and told to people at the order",
    needs: ({ enters }) => enters.refund,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const { notes } = await bench.view(begun);
      await bench.control.backOffice(begun.transaction, { action: "chargeback" });
      await bench.settle();
      await bench.settleUnhinted();
      await expectShown(bench, begun, { as: "paid", refunded: anOrder.total });
      expect(await entriesOf(bench, begun, "refund")).toHaveLength(1);
      expect((await bench.view(begun)).notes.length).toBe(notes.length + 1);
    },
  },
];
