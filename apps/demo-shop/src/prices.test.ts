import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney, spread, toChf, vatWithin } from "./money.ts";
import { type Cart, discounts, shippingChoices, shippingPrices, sumOf, toOrderLines, toVatShares } from "./prices.ts";
import { products } from "./products.ts";

const anyCart: fc.Arbitrary<Cart> = fc.record({
  lines: fc.uniqueArray(
    fc.record({ product: fc.constantFrom(...products), quantity: fc.integer({ min: 1, max: 20 }) }),
    {
      selector: (line) => line.product.id,
      minLength: 1,
    },
  ),
  discount: fc.constantFrom(null, ...Object.keys(discounts)),
  shipping: fc.constantFrom(...shippingChoices),
});

describe("toOrderLines", () => {
  it("adds up to goods minus discount plus shipping, to the last Rappen", () => {
    fc.assert(
      fc.property(anyCart, (cart) => {
        const lines = toOrderLines(cart, "de");
        const goods = cart.lines.reduce((sum, line) => sum + line.product.price * line.quantity, 0);
        const discount = cart.discount === null ? 0 : (discounts[cart.discount] ?? 0);
        expect(sumOf(lines)).toBe(goods - discount + shippingPrices[cart.shipping]);
        expect(sumOf(lines)).toBeGreaterThan(0);
        for (const line of lines) expect(Number.isSafeInteger(line.total)).toBe(true);
        expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
      }),
    );
  });

  it("shares discount and shipping between the rates of the goods", () => {
    const tea = products.find((product) => product.id === "herbal-tea");
    const mug = products.find((product) => product.id === "enamel-mug");
    if (tea === undefined || mug === undefined) throw new Error("The catalogue has changed");
    const cart: Cart = {
      lines: [
        { product: mug, quantity: 1 },
        { product: tea, quantity: 2 },
      ],
      discount: "WELCOME",
      shipping: "economy",
    };
    expect(toOrderLines(cart, "en").map(({ id, total }) => [id, total])).toEqual([
      ["enamel-mug", 2400],
      ["herbal-tea", 2500],
      ["discount-8.1", -490],
      ["discount-2.6", -510],
      ["shipping-8.1", 343],
      ["shipping-2.6", 357],
    ]);
    const onlyTea = toOrderLines({ ...cart, lines: [{ product: tea, quantity: 2 }] }, "en");
    expect(onlyTea.map((line) => line.vat)).toEqual(["2.6", "2.6", "2.6"]);
  });

  it("has no lines for an empty cart", () => {
    expect(toOrderLines({ lines: [], discount: "WELCOME", shipping: "economy" }, "de")).toEqual([]);
  });

  it("sells nothing for less than a discount takes off", () => {
    const most = Math.max(...Object.values(discounts));
    for (const product of products) expect(product.price).toBeGreaterThan(most);
  });
});

describe("toVatShares", () => {
  it("covers the whole total", () => {
    fc.assert(
      fc.property(anyCart, (cart) => {
        const lines = toOrderLines(cart, "de");
        const shares = toVatShares(lines);
        expect(shares.reduce((sum, share) => sum + share.gross, 0)).toBe(sumOf(lines));
        for (const { gross, vat } of shares) expect(vat).toBeLessThan(gross);
      }),
    );
  });
});

describe("money", () => {
  it("finds the tax within a price", () => {
    expect(vatWithin(10810, "8.1")).toBe(810);
    expect(vatWithin(10260, "2.6")).toBe(260);
    expect(vatWithin(7900, "8.1")).toBe(592);
  });

  it("spreads an amount to the last Rappen, each part at most one Rappen off", () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }).filter((all) => all.some((w) => w > 0));
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (amount, shares) => {
        const parts = spread(amount, shares);
        const whole = shares.reduce((sum, share) => sum + share, 0);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        parts.forEach((part, index) => {
          expect(Math.abs(part - (amount * (shares[index] ?? 0)) / whole)).toBeLessThan(1);
        });
      }),
    );
    expect(() => spread(1, [0, 0])).toThrow(/nothing to spread/);
  });

  it("writes amounts as Switzerland does, without a float on the way", () => {
    expect(formatMoney(toChf(123450), "de")).toMatch(/^CHF\s1’234\.50$/);
    expect(formatMoney(toChf(-1000), "en")).toMatch(/^−CHF\s10\.00$/);
    expect(formatMoney(toChf(5), "it")).toMatch(/^CHF\s0\.05$/);
    expect(formatMoney({ minor: 1234, currency: "JPY" as never }, "en")).toMatch(/1.?234$/);
    expect(() => toChf(0.5)).toThrow(/whole Rappen/);
  });
});
