import { add } from "@checkout-plugins/core";
import { type AdapterCase, expectShown } from "../adapter-case.ts";
import { anOrder, chf } from "../orders.ts";

export const terminalCases: readonly AdapterCase[] = [
  {
    name: "an order that is paid with a tip is paid, tip and all",
    needs: ({ terminals }) => terminals,
    async run(bench) {
      const tip = "3.05";
      const begun = await bench.sell(anOrder, tip);
      await expectShown(bench, begun, { as: "paid", paid: add(anOrder.total, chf(tip)) });
    },
  },
];
