import { describe, expect, it } from "vitest";
import type { AdminOrder } from "./admin-api.ts";
import { toShopOrder } from "./admin-order.ts";

const chf = (amount: string) => ({ presentmentMoney: { amount, currencyCode: "CHF" } });
const vat = (amount: string) => [{ title: "MwSt.", ratePercentage: 8.1, priceSet: chf(amount) }];
const address = {
  firstName: "Anna",
  lastName: "Muster",
  company: null,
  address1: "Bahnhofstrasse 1",
  address2: "3. Stock",
  city: "Zürich",
  zip: "8001",
  provinceCode: "ZH",
  countryCodeV2: "CH",
  phone: null,
};
const line = {
  id: "gid://shopify/LineItem/1",
  name: "Rucksack - 28 l",
  sku: "R-28",
  quantity: 2,
  currentQuantity: 2,
  requiresShipping: true,
  discountedTotalSet: chf("119.80"),
  taxLines: vat("8.98"),
};
const order: AdminOrder = {
  id: "gid://shopify/Order/450789469",
  name: "#1001",
  confirmationNumber: "XPAV284CT",
  test: false,
  cancelledAt: null,
  canMarkAsPaid: true,
  paymentGatewayNames: ["PostFinance"],
  statusPageUrl: "https://alpenladen.ch/orders/1",
  taxesIncluded: true,
  tags: [],
  email: "anna.muster@example.ch",
  customerLocale: "fr-CH",
  customer: { id: "gid://shopify/Customer/88" },
  totalOutstandingSet: chf("126.80"),
  billingAddress: address,
  shippingAddress: { ...address, firstName: "Beat" },
  lineItems: { nodes: [line] },
  shippingLines: {
    nodes: [
      { id: "gid://shopify/ShippingLine/1", title: "Post", discountedPriceSet: chf("7.00"), taxLines: vat("0.52") },
    ],
  },
  transactions: [],
  refunds: [],
};

describe("toShopOrder", () => {
  it("tells lines, shipping, taxes, addresses and what people call the order", () => {
    expect(toShopOrder(order)).toMatchObject({
      merchantReference: "#1001",
      total: { minor: 12680, currency: "CHF" },
      lines: [
        {
          type: "product",
          name: "Rucksack - 28 l",
          sku: "R-28",
          quantity: "2",
          total: { minor: 11980 },
          taxes: [{ title: "MwSt.", rate: "8.1" }],
        },
        { type: "shipping", name: "Post", quantity: "1", total: { minor: 700 }, taxes: [{ rate: "8.1" }] },
      ],
      customer: { id: "88", email: "anna.muster@example.ch" },
      billing: {
        givenName: "Anna",
        street: "Bahnhofstrasse 1\n3. Stock",
        state: "CH-ZH",
        email: "anna.muster@example.ch",
      },
      shipping: { givenName: "Beat" },
      language: "fr-CH",
    });
  });

  it("adds the taxes to prices that are without them", () => {
    const net = { ...order, taxesIncluded: false, totalOutstandingSet: chf("136.30") };
    expect(toShopOrder(net).lines.map(({ total }) => total.minor)).toEqual([12878, 752]);
  });

  it.each([
    ["100.00", { type: "discount", name: "Réductions et bons", total: { minor: -2680 } }],
    ["130.00", { type: "fee", name: "Frais et arrondi", total: { minor: 320 } }],
  ])("says what is left to CHF %s in a line of its own", (outstanding, rest) => {
    const { lines } = toShopOrder({ ...order, totalOutstandingSet: chf(outstanding) });
    expect(lines.at(-1)).toMatchObject(rest);
    expect(lines).toHaveLength(3);
  });

  it("is one line where the order was edited, or has none", () => {
    const edited = {
      ...order,
      lineItems: { nodes: [{ ...line, currentQuantity: 1 }] },
      totalOutstandingSet: chf("66.90"),
    };
    const empty = { ...order, lineItems: { nodes: [] }, shippingLines: { nodes: [] } };
    expect(toShopOrder(edited).lines).toMatchObject([{ id: "order", name: "Commande", total: { minor: 6690 } }]);
    expect(toShopOrder(empty).lines).toMatchObject([{ id: "order", total: { minor: 12680 } }]);
  });

  it("does without a customer and addresses", () => {
    const bare = {
      ...order,
      customer: null,
      email: null,
      billingAddress: null,
      shippingAddress: null,
      customerLocale: null,
    };
    expect(toShopOrder(bare)).toMatchObject({
      customer: { id: null, email: null },
      billing: null,
      shipping: null,
      language: "en",
    });
  });
});
