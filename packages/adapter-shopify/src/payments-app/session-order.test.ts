import { readFileSync } from "node:fs";
import { isPaymentError } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { toShopOrder } from "./session-order.ts";
import { parseSession } from "./session-request.ts";

const text = readFileSync(new URL("__fixtures__/payment-session.json", import.meta.url), "utf8");
const fixture = JSON.parse(text) as Record<string, unknown>;
const order = (changes: Record<string, unknown> = {}) =>
  toShopOrder(parseSession("payment", JSON.stringify({ ...fixture, ...changes })));

describe("toShopOrder", () => {
  it("takes the buyer's addresses, language and amount, and the session's id as reference", () => {
    const total = { minor: 12300, currency: "CHF" };
    expect(order()).toEqual({
      group: fixture.group,
      merchantReference: fixture.id,
      total,
      lines: [
        {
          id: "order",
          type: "product",
          name: "Commande",
          sku: null,
          quantity: "1",
          total,
          taxes: [],
          shippingRequired: true,
        },
      ],
      customer: { id: null, email: "anna.muster@example.ch" },
      billing: {
        givenName: "Anna",
        familyName: "Muster",
        organization: "Muster AG",
        street: "Bahnhofstrasse 1\n3. Stock",
        postcode: "8001",
        city: "Zürich",
        country: "CH",
        state: "CH-ZH",
        email: "anna.muster@example.ch",
        phone: "+41441234567",
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
    });
  });

  it("does without a customer, as for draft orders, in the merchant's language", () => {
    expect(order({ customer: null })).toMatchObject({
      customer: { id: null, email: null },
      billing: null,
      shipping: null,
      language: "de",
      lines: [{ name: "Bestellung", shippingRequired: false }],
    });
  });

  it.each([
    ["1500", "JPY", 1500],
    ["1500.00", "JPY", 1500],
    ["10.005", "KWD", 10_005],
    ["8.2", "CHF", 820],
  ])("reads %s %s exactly", (amount, currency, minor) => {
    expect(order({ amount, currency }).total).toEqual({ minor, currency });
  });

  it.each([
    [{ amount: "10.005" }, "invalidAmount"],
    [{ amount: "1e3" }, "invalidAmount"],
    [{ currency: "chf" }, "invalidAmount"],
    [{ amount: 12 }, "badRequest"],
    [{ kind: "gift" }, "badRequest"],
    [{ gid: "gid://shopify/PaymentSession/another" }, "badRequest"],
    [{ id: "../../x" }, "badRequest"],
  ])("refuses %j as %s", (changes, code) => {
    let caught: unknown;
    try {
      order(changes);
    } catch (error) {
      caught = error;
    }
    expect(isPaymentError(caught) && caught.code).toBe(code);
  });
});
