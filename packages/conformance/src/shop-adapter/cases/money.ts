import { add, type Money, toMoney } from "@checkout-plugins/core";
import { expect } from "vitest";
import { type AdapterCase, entriesOf, expectShown, refundsParts } from "../adapter-case.ts";
import { anOrder, awkwardOrders, chf } from "../orders.ts";

const awkwardCases = Object.entries(awkwardOrders).map(
  ([what, order]): AdapterCase => ({
    name: `${what}: is paid with exactly what the order amounts to`,
    async run(bench) {
      const begun = await bench.paid(order);
      const { authorizationAmount, currency } = await bench.transaction(begun);
      expect(toMoney(authorizationAmount, currency)).toEqual(order.total);
      await expectShown(bench, begun, { as: "paid", paid: order.total });
    },
  }),
);

export const moneyCases: readonly AdapterCase[] = [
  ...awkwardCases,
  {
    name: "is refunded in parts that add up, without a unit too many",
    needs: refundsParts,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const parts = ["0.10", "0.20", "9.99", "0.01"].map(chf);
      for (const [index, amount] of parts.entries()) {
        await bench.press({ kind: "refund", reference: begun.reference, amount, row: `row-${index}` });
        await bench.settle();
      }
      const refunded = parts.reduce(add);
      await expectShown(bench, begun, { as: "paid", refunded });
      const amounts = (await entriesOf(bench, begun, "refund")).flatMap(({ amount }): Money[] =>
        amount ? [amount] : [],
      );
      expect(amounts.reduce(add)).toEqual(refunded);
    },
  },
  {
    name: "in dinars is refunded to the third decimal",
    needs: refundsParts,
    async run(bench) {
      const order = awkwardOrders["in dinars, which have three decimals"] ?? anOrder;
      const begun = await bench.paid(order);
      const amount = toMoney("1.005", "KWD");
      await bench.press({ kind: "refund", reference: begun.reference, amount });
      await bench.settle();
      await expectShown(bench, begun, { as: "paid", refunded: amount });
    },
  },
];
