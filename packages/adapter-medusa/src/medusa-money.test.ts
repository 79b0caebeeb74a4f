import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCoreMoney, toMedusaAmount } from "./medusa-money.ts";

describe("money", () => {
  it.each([
    [10.5, "chf", 1050, "10.50"],
    ["10.5", "chf", 1050, "10.50"],
    [{ value: "2.25", precision: 20 }, "chf", 225, "2.25"],
    [1200, "jpy", 1200, "1200"],
    [{ value: "1.005", precision: 20 }, "kwd", 1005, "1.005"],
    [0, "chf", 0, "0.00"],
    [-0.001, "chf", 0, "0.00"],
    ["3.335", "chf", 334, "3.34"],
    ["-3.335", "chf", -334, "-3.34"],
    ["1200.5", "jpy", 1201, "1201"],
  ])("%j %s is %i minor units", (amount, currency, minor, back) => {
    const money = toCoreMoney(amount, currency);
    expect(money).toEqual({ minor, currency: currency.toUpperCase() });
    expect(toMedusaAmount(money)).toBe(back);
  });

  it("comes back as it went, in every currency's own digits", () => {
    const amounts = fc.record({ minor: fc.maxSafeInteger(), currency: fc.constantFrom("CHF", "JPY", "KWD", "CLF") });
    fc.assert(
      fc.property(amounts, ({ minor, currency }) => {
        const text = toMedusaAmount({ minor, currency: currency as never });
        expect(toCoreMoney(text, currency.toLowerCase())).toEqual({ minor: minor + 0, currency });
      }),
    );
  });

  it.each([
    [Number.NaN, "chf"],
    ["12", "zzz"],
  ])("refuses %s %s", (amount, currency) => {
    expect(() => toCoreMoney(amount, currency)).toThrow(expect.objectContaining({ code: "invalidAmount" }));
  });
});
