import { toDecimal, toMoney } from "@checkout-plugins/core";
import { expect } from "vitest";
import type { AdapterCase } from "../adapter-case.ts";
import type { AdapterBench } from "../bench.ts";
import { aLargerOrder, anOrder } from "../orders.ts";

/** What was sent to create the transaction. */
function created(bench: AdapterBench): Record<string, unknown> {
  const [body] = bench.sent;
  expect(body, "a transaction was created").toBeDefined();
  return body ?? {};
}

export const orderCases: readonly AdapterCase[] = [
  {
    name: "reaches the service line by line, with its quantities, taxes and kinds",
    async run(bench) {
      await bench.begin(anOrder);
      const types = { product: "PRODUCT", shipping: "SHIPPING" } as Readonly<Record<string, string>>;
      expect(created(bench).lineItems).toMatchObject(
        anOrder.lines.map((line) => ({
          uniqueId: line.id,
          type: types[line.type],
          name: line.name,
          quantity: Number(line.quantity),
          amountIncludingTax: Number(toDecimal(line.total)),
          taxes: line.taxes.map(({ rate }) => ({ rate: Number(rate) })),
        })),
      );
    },
  },
  {
    name: "amounts to what the shop wants, to the last unit of its currency",
    async run(bench) {
      const begun = await bench.begin(anOrder);
      const { authorizationAmount, currency } = await bench.transaction(begun);
      expect(toMoney(authorizationAmount, currency)).toEqual(anOrder.total);
    },
  },
  {
    name: "names the buyer, both addresses, the language and the order number",
    async run(bench) {
      await bench.begin(anOrder);
      const { billing, shipping } = anOrder;
      expect(created(bench)).toMatchObject({
        language: anOrder.language,
        merchantReference: anOrder.merchantReference,
        customerEmailAddress: anOrder.customer.email,
        billingAddress: { givenName: billing?.givenName, street: billing?.street, city: billing?.city, country: "CH" },
        shippingAddress: { givenName: shipping?.givenName, postcode: shipping?.postcode, city: shipping?.city },
      });
    },
  },
  {
    name: "leads the buyer to the payment page",
    async run(bench) {
      const { url, transaction } = await bench.begin(anOrder);
      expect(url).toContain(transaction);
    },
  },
  {
    name: "ordered twice is one transaction",
    async run(bench) {
      const { reference } = await bench.begin(anOrder);
      await bench.begin(anOrder, { reference });
      expect(await bench.control.transactions()).toHaveLength(1);
    },
  },
  {
    name: "changed before it is paid changes the same transaction",
    async run(bench) {
      const { reference } = await bench.begin(anOrder);
      const changed = await bench.begin(aLargerOrder, { reference });
      const { authorizationAmount, currency } = await bench.transaction(changed);
      expect(await bench.control.transactions()).toHaveLength(1);
      expect(toMoney(authorizationAmount, currency)).toEqual(aLargerOrder.total);
    },
  },
];
