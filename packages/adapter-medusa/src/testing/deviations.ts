import { type AdapterBench, anOrder, type Begun, type Deviation } from "@checkout-plugins/conformance";
import { type OrderGroup, toDecimal, toMoney } from "@checkout-plugins/core";
import { expect } from "vitest";
import { findObstacle } from "../obstacle.ts";

/** What Medusa cannot do, and what happens instead, in the same real Medusa. */
export const deviations: Readonly<Record<string, Deviation>> = {
  "order: reaches the service line by line, with its quantities, taxes and kinds": {
    reason: "Medusa gives each line an id of its own, and counts whole pieces",
    async test(bench) {
      await bench.begin(anOrder);
      const lineItems = readLines(bench);
      expect(lineItems).toMatchObject(
        anOrder.lines.map(({ type, name, total, taxes }) => ({
          type: type.toUpperCase(),
          name,
          amountIncludingTax: Number(toDecimal(total)),
          taxes: taxes.map(({ rate }) => ({ rate: Number(rate) })),
        })),
      );
      expect(new Set(lineItems.map(({ uniqueId }) => uniqueId)).size).toBe(anOrder.lines.length);
    },
  },
  "order: names the buyer, both addresses, the language and the order number": {
    reason: "a cart has no order number before it is paid",
    async test(bench) {
      await bench.begin(anOrder);
      const [created] = bench.sent;
      expect(created).toMatchObject({
        language: anOrder.language,
        customerEmailAddress: anOrder.customer.email,
        billingAddress: { givenName: "Anna", street: "Bahnhofstrasse 1", city: "Zürich", country: "CH" },
        shippingAddress: { givenName: "Beat", postcode: "1003", city: "Lausanne", country: "CH" },
      });
      expect(created?.merchantReference ?? null).toBeNull();
    },
  },
  "commands: what was told as pending and then fails is undone": {
    reason: "Medusa has no word for what is not known yet: it counts as done, and is taken out when it fails",
    async test(bench) {
      await bench.control.changeSpace("70001", { switches: { refundDelay: "PT1H", refundOutcome: "failed" } });
      const begun = await bench.paid(anOrder);
      const amount = toMoney("10.00", "CHF");
      await bench.press({ kind: "refund", reference: begun.reference, amount });
      await bench.settle();
      expect(await bench.view(begun)).toMatchObject({ refunded: amount, effects: { transactions: 2, owed: 0 } });
      await bench.advance(3600);
      await bench.settle(600);
      const view = await bench.view(begun);
      expect(view).toMatchObject({ refunded: toMoney("0", "CHF"), effects: { transactions: 1, owed: 0 } });
      expect(view.entries.filter(({ kind }) => kind === "refund")).toEqual([]);
    },
  },
  "commands: denying what must be checked shows that nothing may be shipped": {
    reason: "what was captured stays captured in Medusa, which has no word for it; its fulfillment is stopped instead",
    async test(bench) {
      await bench.control.changeSpace("70001", { switches: { delivery: "manualCheck" } });
      const begun = await bench.paid(anOrder);
      await bench.settle(60);
      await bench.press({ kind: "deny", reference: begun.reference });
      await bench.settle(60);
      expect(await bench.view(begun)).toMatchObject({ means: ["paid"], paid: anOrder.total });
      expect((await bench.transaction(begun)).state).toBe("DECLINE");
      const payment = bench.shown.at(-1)?.payment;
      expect(payment && findObstacle(payment)).toBe("denied");
    },
  },
  "findings: a second payment of one order under a reference of its own is given back, and never shown as paid": {
    reason:
      "Medusa deletes a cart's session when another one is begun, which gives its payment up: there are never two",
    async test(bench) {
      const order = { ...anOrder, group: "cart-7" as OrderGroup };
      const first = await bench.begin(order);
      const second = await bench.begin(order);
      await expect(bench.view(first)).rejects.toThrow(first.reference);
      await bench.buyer(second, "pay");
      await bench.settle();
      expect(await bench.view(second)).toMatchObject({ means: ["paid"], paid: anOrder.total });
    },
  },
  "failure: orderClosed is refused once, becomes a finding, and is not asked again": {
    reason: "a cart has no order before it is paid that could be closed; one whose payment takes days has",
    async test(bench) {
      const begun = await beginSlow(bench);
      await bench.harness.shop.break("orderClosed", begun.reference);
      await bench.advance(2 * 86_400);
      await bench.settle();
      await bench.settleUnhinted();
      expect(await bench.findings()).toMatchObject([{ kind: "orderClosed", resolvedOn: null }]);
      const asked = bench.shown.length;
      await bench.settleUnhinted(86_400);
      expect(bench.shown.length).toBe(asked);
      expect(await bench.view(begun)).toMatchObject({ paid: toMoney("0", "CHF"), effects: { transactions: 0 } });
    },
  },
};

/** An order that is placed, and waits for an answer that takes two days. */
async function beginSlow(bench: AdapterBench): Promise<Begun> {
  await bench.control.changeSpace("70001", { switches: { authorizationTimeout: "P9D", authorizationDelay: "P2D" } });
  const begun = await bench.begin(anOrder);
  await bench.buyer(begun, "pay");
  await bench.settle();
  expect(await bench.view(begun)).toMatchObject({ effects: { orders: 1, transactions: 0 } });
  return begun;
}

function readLines({ sent: [created] }: AdapterBench): readonly { readonly uniqueId: string }[] {
  return (created?.lineItems ?? []) as readonly { readonly uniqueId: string }[];
}
