import {
  type Currency,
  type Decimal,
  type LineItem,
  type Money,
  type ShopOrder,
  toMoney,
} from "@checkout-plugins/core";

type Line = readonly [id: string, type: LineItem["type"], quantity: string, total: string, ...rates: string[]];

function toOrder(currency: string, lines: readonly Line[], total: string): ShopOrder {
  return {
    group: null,
    merchantReference: "ORDER-1001",
    total: toMoney(total, currency),
    lines: lines.map(([id, type, quantity, amount, ...rates]) => ({
      id,
      type,
      name: `Article ${id}`,
      sku: type === "product" ? id.toUpperCase() : null,
      quantity: quantity as Decimal,
      total: toMoney(amount, currency),
      taxes: rates.map((rate) => ({ title: "VAT", rate: rate as Decimal })),
      shippingRequired: type === "product",
    })),
    customer: { id: "cust-88", email: "anna.muster@example.ch" },
    billing: {
      givenName: "Anna",
      familyName: "Muster",
      street: "Bahnhofstrasse 1",
      postcode: "8001",
      city: "Zürich",
      country: "CH",
      email: "anna.muster@example.ch",
    },
    shipping: {
      givenName: "Beat",
      familyName: "Muster",
      street: "Rue du Lac 2",
      postcode: "1003",
      city: "Lausanne",
      country: "CH",
    },
    language: "fr-CH",
  };
}

/** CHF 29.95 in three lines, of which two have awkward prices. */
export const anOrder: ShopOrder = toOrder(
  "CHF",
  [
    ["mug", "product", "3", "20.20", "8.1"],
    ["tea", "product", "0.25", "2.75", "2.6"],
    ["shipping", "shipping", "1", "7.00", "8.1"],
  ],
  "29.95",
);

/** The same order with another mug: CHF 36.70. */
export const aLargerOrder: ShopOrder = toOrder(
  "CHF",
  [
    ["mug", "product", "4", "26.95", "8.1"],
    ["tea", "product", "0.25", "2.75", "2.6"],
    ["shipping", "shipping", "1", "7.00", "8.1"],
  ],
  "36.70",
);

/** Orders whose money is easily got wrong, by what is special about each. */
export const awkwardOrders: Readonly<Record<string, ShopOrder>> = {
  "in yen, which have no decimals": toOrder(
    "JPY",
    [
      ["mug", "product", "3", "4999", "10"],
      ["shipping", "shipping", "1", "801"],
    ],
    "5800",
  ),
  "in dinars, which have three decimals": toOrder(
    "KWD",
    [
      ["mug", "product", "3", "10.001"],
      ["shipping", "shipping", "1", "1.234"],
    ],
    "11.235",
  ),
  "with a Swiss rounding, a discount and a tip": toOrder(
    "CHF",
    [
      ["mug", "product", "3", "20.19", "8.1"],
      ["coupon", "discount", "1", "-4.04", "8.1"],
      ["tip", "tip", "1", "1.13"],
      ["cash-rounding", "rounding", "1", "0.02"],
    ],
    "17.30",
  ),
  "of amounts that a float cannot hold": toOrder(
    "CHF",
    [
      ["one", "product", "1", "1.10", "8.1"],
      ["two", "product", "1", "2.20", "8.1"],
      ["three", "product", "1", "4.90", "8.1"],
    ],
    "8.20",
  ),
  "in euros, whose taxes were reckoned on the sum of net prices": toOrder(
    "EUR",
    [
      ["one", "product", "1", "3.96", "19"],
      ["two", "product", "1", "3.96", "19"],
    ],
    "7.93",
  ),
  "with a gift card": toOrder(
    "CHF",
    [
      ["mug", "product", "2", "40.40", "8.1"],
      ["shipping", "shipping", "1", "7.00", "8.1"],
      ["gift-card", "discount", "1", "-25.00"],
    ],
    "22.40",
  ),
  "with two taxes on one line": toOrder(
    "CHF",
    [
      ["mug", "product", "1", "22.99", "5", "9.975"],
      ["shipping", "shipping", "1", "5.75", "5", "9.975"],
    ],
    "28.74",
  ),
};

export function chf(decimal: string): Money {
  return toMoney(decimal, "CHF");
}

export function none(currency: Currency): Money {
  return { minor: 0, currency };
}
