import {
  anOrder,
  type Deviation,
  type ShopEntry,
  type ShopHarness,
  type ShopParts,
  testShopAdapter,
} from "@checkout-plugins/conformance";
import {
  add,
  type Json,
  type Money,
  type PaymentReference,
  type ShopCommand,
  type ShopOrder,
  subtract,
  toDecimal,
  toMoney,
} from "@checkout-plugins/core";
import { beforeAll, expect } from "vitest";
import type { MockFault, MockOrder } from "../mock/index.ts";
import { type Bench, createBench } from "../testing/bench.ts";
import { type Certificates, createCertificates, openTestShop, paymentMethod, toAmount } from "../testing/test-shop.ts";
import { checkTag } from "./order-show.ts";

let certificates: Certificates;
beforeAll(async () => {
  certificates = await createCertificates(Date.parse("2026-02-03T09:00:00Z"));
});

const toBag = ({ currency, ...rest }: Money): Json => ({
  presentmentMoney: { amount: toDecimal({ currency, ...rest }), currencyCode: currency },
});

function toAdminAddress(address: ShopOrder["billing"]): Json {
  if (address === null) return null;
  return {
    firstName: address.givenName ?? null,
    lastName: address.familyName ?? null,
    company: null,
    address1: address.street ?? null,
    address2: null,
    city: address.city ?? null,
    zip: address.postcode ?? null,
    provinceCode: null,
    countryCodeV2: address.country ?? null,
    phone: null,
  };
}

/** The order as the Admin API would tell it. */
function toContent(order: ShopOrder): { readonly [key: string]: Json } {
  const taxLines = (line: ShopOrder["lines"][number]): Json =>
    line.taxes.map(({ title, rate }) => ({
      title,
      ratePercentage: Number(rate),
      priceSet: toBag({ minor: 0, currency: line.total.currency }),
    }));
  const of = (...types: string[]) => order.lines.filter(({ type }) => types.includes(type));
  return {
    customerLocale: order.language,
    email: order.customer.email,
    customer: { id: `gid://shopify/Customer/${order.customer.id}` },
    billingAddress: toAdminAddress(order.billing),
    shippingAddress: toAdminAddress(order.shipping),
    lineItems: {
      nodes: of("product").map((line) => ({
        id: line.id,
        name: line.name,
        sku: line.sku,
        quantity: Math.ceil(Number(line.quantity)),
        currentQuantity: Math.ceil(Number(line.quantity)),
        requiresShipping: line.shippingRequired,
        discountedTotalSet: toBag(line.total),
        taxLines: taxLines(line),
      })),
    },
    shippingLines: {
      nodes: of("shipping").map((line) => ({
        id: line.id,
        title: line.name,
        discountedPriceSet: toBag(line.total),
        taxLines: taxLines(line),
      })),
    },
  };
}

function toSum({ transactions, currency }: MockOrder, kind: "SALE" | "REFUND"): Money {
  const moved = transactions.filter((one) => one.kind === kind).map(({ minor }) => ({ minor, currency }) as Money);
  return moved.reduce(add, toMoney("0", currency));
}

/** What stands for what in Shopify's admin. */
function toMeaning(order: MockOrder) {
  if (toSum(order, "SALE").minor > 0) return ["paid"] as const;
  return order.tags.size > 0 ? (["held", "declined"] as const) : (["open", "failed", "authorized", "voided"] as const);
}

async function createHarness({ gateway, shopId, now, createId }: ShopParts): Promise<ShopHarness> {
  const shop = await openTestShop({ gateway, shopId, now, createId, certificates, mode: "customApp" });
  const { mock, adapter, close } = shop;
  const toId = (reference: string) => reference.replace("order-", "");
  const find = (reference: string): MockOrder => {
    const order = mock.state.orders.get(toId(reference));
    if (order === undefined) throw new RangeError(`There is no order ${reference}`);
    return order;
  };
  const rows = new Map<string, string>();
  return {
    adapter,
    shop: {
      async order(order, { reference, test }) {
        const content = toContent(order);
        const name = order.merchantReference ?? "#1";
        let placed: MockOrder;
        if (reference === null) {
          placed = mock.orders.place({ ...toAmount(order), paymentMethod, test, name, content });
          await mock.work();
        } else {
          const known = find(reference);
          placed = { ...known, content: { ...known.content, ...content }, minor: order.total.minor };
          mock.state.orders.set(known.id, placed);
        }
        const answer = await gateway(mock.orders.toPayUrl(placed.id));
        return { reference: `order-${placed.id}` as PaymentReference, url: answer.headers.get("location") };
      },
      async press({ reference, amount, row }) {
        const order = find(reference);
        const whole = subtract(toSum(order, "SALE"), toSum(order, "REFUND"));
        const key = `${reference} ${row}`;
        const id = rows.get(key) ?? mock.orders.refund(order.id, toDecimal(amount === "rest" ? whole : amount));
        rows.set(key, id);
        await mock.work();
        return "successful";
      },
      async read(reference) {
        const order = find(reference);
        const effects: Record<string, number> = {};
        for (const { field, id, effect } of mock.state.calls) {
          if (effect === "changed" && id === order.id) effects[field] = (effects[field] ?? 0) + 1;
        }
        return {
          means: toMeaning(order),
          paid: toSum(order, "SALE"),
          refunded: toSum(order, "REFUND"),
          entries: order.refunds.flatMap(({ transactions }): ShopEntry[] =>
            transactions.map(({ minor }) => ({
              kind: "refund",
              amount: { ...toSum(order, "SALE"), minor },
              state: "done",
            })),
          ),
          notes: [...order.tags],
          effects,
        };
      },
      async break(fault, reference) {
        const faults: Readonly<Record<string, MockFault>> = { orderGone: "gone", orderClosed: "closed" };
        mock.break(fault === null ? null : (faults[fault] ?? (fault as MockFault)), toId(reference));
      },
    },
    async forge(command: ShopCommand, how) {
      if (command.kind !== "refund" || command.amount === "rest") throw new RangeError("Only refunds are forged");
      const order = find(command.reference);
      const minor = command.amount.minor;
      const id = String(900_000 + order.refunds.length);
      const transaction = { id, kind: "REFUND", status: "SUCCESS", gateway: "manual", processedAt: "", minor } as const;
      if (how === "genuine" || how === "stale") order.refunds.push({ id, note: null, transactions: [transaction] });
      const request = mock.toOrderWebhook("refunds/create", { id, order_id: order.id });
      const headers = new Headers(request.headers);
      if (how === "unsigned") headers.delete("x-shopify-hmac-sha256");
      if (how === "wrongSecret") headers.set("x-shopify-hmac-sha256", Buffer.alloc(32, 1).toString("base64"));
      const body = await request.text();
      const altered = how === "altered" ? body.replace(order.id, "1") : body;
      return new Request(request.url, { method: "POST", headers, body: altered });
    },
    close,
  };
}

async function withBench(test: (bench: Bench, order: MockOrder) => Promise<void>): Promise<void> {
  const bench = await createBench({ certificates, mode: "customApp" });
  try {
    const order = bench.mock.orders.place({ amount: "29.95", currency: "CHF", paymentMethod, test: false });
    await bench.settle();
    await bench.buyer({ payment: `order-${order.id}` }, "pay");
    await bench.settle();
    await test(bench, order);
  } finally {
    await bench.close();
  }
}

async function refundedOf(bench: Bench, order: MockOrder): Promise<number> {
  const transaction = await bench.transactionOf({ payment: `order-${order.id}` });
  return Number((await bench.control.transaction(transaction)).refundedAmount);
}

const recorded = "a refund of a manual payment is recorded in Shopify before anybody is asked";
/** Whatever happens on the way, the buyer gets it once. */
const onlyOnce: Deviation = {
  reason: `${recorded}; its webhook comes until it is taken, and the buyer gets it once`,
  test: () =>
    withBench(async (bench, order) => {
      const path = "/payment/refunds";
      await bench.control.addFaults({ on: "request", kind: "cutAfter", method: "POST", path, times: "always" });
      const refund = bench.mock.orders.refund(order.id, "10.00");
      await bench.mock.work();
      await bench.gateway(bench.mock.toOrderWebhook("refunds/create", { id: refund, order_id: order.id }));
      await bench.control.clearFaults();
      await bench.settle(600);
      expect(await refundedOf(bench, order)).toBe(10);
    }),
};
const toldWhenFailed: Deviation = {
  reason: `${recorded}; where the buyer does not get it, the merchant is told what to do`,
  test: () =>
    withBench(async (bench, order) => {
      bench.mock.orders.refund(order.id, "30.00");
      await bench.settle(60);
      expect(await refundedOf(bench, order)).toBe(0);
      expect(await bench.findings()).toMatchObject([
        { kind: "cannotShow", detail: expect.stringContaining("the buyer did not get it") },
      ]);
      expect([...order.tags]).toEqual([checkTag]);
    }),
};

const deviations: Readonly<Record<string, Deviation>> = {
  "order: reaches the service line by line, with its quantities, taxes and kinds": {
    reason: "Shopify counts whole pieces, so there is no quarter of one (admin-order.test.ts tells the lines)",
    test: () =>
      withBench(async (bench, order) => {
        const transaction = await bench.transactionOf({ payment: `order-${order.id}` });
        expect(await bench.control.transaction(transaction)).toMatchObject({ merchantReference: order.name });
      }),
  },
  "commands: a refused refund is told, and leaves nothing behind": toldWhenFailed,
  "commands: what was told as pending and then fails is undone": {
    ...toldWhenFailed,
    test: () =>
      withBench(async (bench, order) => {
        await bench.control.changeSpace("70001", { switches: { refundDelay: "PT1H", refundOutcome: "failed" } });
        bench.mock.orders.refund(order.id, "10.00");
        await bench.settle();
        expect(await bench.findings()).toEqual([]);
        await bench.advance(3600);
        await bench.settle(600);
        expect(await bench.findings()).toMatchObject([{ kind: "cannotShow" }]);
      }),
  },
  "commands: a refund whose answer is cut, pressed again with the row kept, is one": onlyOnce,
  "commands: a refund whose answer is cut, pressed again after the row was deleted, is one": onlyOnce,
  "commands: a refund whose answer does not reach the shop is pending there, and one": {
    ...onlyOnce,
    test: () =>
      withBench(async (bench, order) => {
        bench.isGatewayDown = true;
        bench.mock.orders.refund(order.id, "10.00");
        await bench.settle(60);
        expect(await refundedOf(bench, order)).toBe(0);
        bench.isGatewayDown = false;
        await bench.settle(600);
        expect(await refundedOf(bench, order)).toBe(10);
      }),
  },
  "authentication: a request signed an hour ago is refused as badSignature, and nothing is done": {
    reason:
      "Shopify's HMAC has no time, and a webhook may come hours late; it names, and what counts is read from Shopify",
    test: () =>
      withBench(async (bench, order) => {
        const refund = bench.mock.orders.refund(order.id, "10.00");
        const webhook = bench.mock.toOrderWebhook("refunds/create", { id: refund, order_id: order.id });
        await bench.settle(600);
        await bench.advance(3600);
        for (const one of [webhook.clone(), webhook]) expect((await bench.gateway(one)).status).toBe(200);
        await bench.settle(600);
        expect(await refundedOf(bench, order)).toBe(10);
      }),
  },
  "findings: a second payment of one order under a reference of its own is given back, and never shown as paid": {
    reason: "an order is one payment, whose reference stays; another order is another purchase",
    async test(bench) {
      for (const begun of [await bench.paid(anOrder), await bench.paid(anOrder)]) {
        const { means, paid, refunded } = await bench.view(begun);
        expect([means, paid, refunded.minor]).toEqual([["paid"], anOrder.total, 0]);
      }
    },
  },
};

testShopAdapter("the custom Shopify app", { createHarness, deviations });
