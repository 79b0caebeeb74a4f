import { toLineItems } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { type MedusaCart, toShopOrder } from "./medusa-order.ts";

const cart: MedusaCart = {
  id: "cart_1",
  total: 43.2456,
  currency_code: "chf",
  email: "anna@example.ch",
  locale: "de-CH",
  customer_id: "cus_1",
  items: [
    {
      id: "cali_1",
      title: "One",
      product_title: "Mug",
      variant_title: "Blue",
      variant_sku: "MUG-B",
      quantity: 3,
      total: 38.2456,
      requires_shipping: true,
      tax_lines: [{ rate: 8.1, code: "mwst", description: "MwSt." }],
    },
  ],
  shipping_methods: [{ id: "casm_1", name: "Post", total: 9, tax_lines: [{ rate: "8.1", code: "mwst" }] }],
  credit_lines: [{ id: "cacl_1", amount: { value: "4", precision: 20 }, reference: "Gutschein" }],
  shipping_address: {
    first_name: "Anna",
    last_name: "Müller",
    address_1: "Länggassstrasse 12",
    address_2: "c/o Keller",
    postal_code: "3012",
    city: "Bern",
    country_code: "ch",
    province: "ch-be",
    phone: "+41310000000",
  },
};
const owed = { group: "pay_col_1", amount: 43.2456, currencyCode: "chf", cart, language: "en-US" };

describe("a cart", () => {
  it("becomes lines that add up to what is owed", () => {
    const order = toShopOrder(owed);
    expect(order.total).toEqual({ minor: 4325, currency: "CHF" });
    expect(order.lines).toMatchObject([
      { id: "cali_1", type: "product", name: "Mug (Blue)", sku: "MUG-B", quantity: "3", total: { minor: 3825 } },
      { id: "casm_1", type: "shipping", name: "Post", total: { minor: 900 } },
      { id: "cacl_1", type: "discount", name: "Gutschein", total: { minor: -400 } },
    ]);
    expect(order.lines[0]?.taxes).toEqual([{ title: "MwSt.", rate: "8.1" }]);
    expect(order.lines[1]?.taxes).toEqual([{ title: "mwst", rate: "8.1" }]);
    const sum = toLineItems(order).reduce((all, line) => all + Number(line.amountIncludingTax) * 100, 0);
    expect(Math.round(sum)).toBe(4325);
  });

  it("tells who buys, where to, and in which language", () => {
    const order = toShopOrder(owed);
    expect(order).toMatchObject({
      group: "pay_col_1",
      merchantReference: null,
      language: "de-CH",
      customer: { id: "cus_1", email: "anna@example.ch" },
    });
    expect(order.shipping).toEqual({
      givenName: "Anna",
      familyName: "Müller",
      street: "Länggassstrasse 12\nc/o Keller",
      postcode: "3012",
      city: "Bern",
      country: "CH",
      state: "CH-BE",
      email: "anna@example.ch",
      phone: "+41310000000",
    });
    expect(order.billing).toEqual(order.shipping);
  });

  it.each([
    ["fr_ch", "fr-CH"],
    ["de", "en-US"],
    [null, "en-US"],
  ])("with the locale %s is paid in %s", (locale, language) => {
    expect(toShopOrder({ ...owed, cart: { ...cart, locale } }).language).toBe(language);
  });

  it("whose state is no code, or whose address is missing, says nothing of it", () => {
    const address = { ...cart.shipping_address, province: "Bern" };
    expect(toShopOrder({ ...owed, cart: { ...cart, shipping_address: address } }).shipping).not.toHaveProperty("state");
    expect(toShopOrder({ ...owed, cart: { ...cart, shipping_address: null } }).shipping).toBeNull();
  });
});

describe("what is owed beside the cart's total", () => {
  it.each([
    ["a part of an order", { ...cart, display_id: 12 }, "#12", "12"],
    ["a session of neither", null, "", null],
  ])("is one line: %s", (_name, one, name, number) => {
    const order = toShopOrder({ ...owed, amount: "5", cart: one });
    expect(order.merchantReference).toBe(number);
    expect(order.lines).toMatchObject([{ id: "amount-due", name, total: { minor: 500 } }]);
  });
});
