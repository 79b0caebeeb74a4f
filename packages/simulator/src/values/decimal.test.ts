import type { Decimal } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, divide, fractionDigitsOf, multiply, readDecimal, round, subtract, sum } from "./decimal.ts";

const decimal = (text: string): Decimal => {
  const value = readDecimal(text);
  if (value === null) throw new Error(`not a decimal: ${text}`);
  return value;
};
const units = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const cents = units.map((value) => decimal(`${value}e-2`));

describe("decimals", () => {
  it("adds without the noise of floats", () => {
    expect(sum([decimal("29.95"), decimal("7.00")])).toBe("36.95");
    expect(sum([decimal("0.1"), decimal("0.2")])).toBe("0.3");
  });

  it("reads exponents and drops trailing zeros", () => {
    expect(decimal("1.50e2")).toBe("150");
    expect(decimal("-0.0100")).toBe("-0.01");
    expect(decimal("-0")).toBe("0");
  });

  it.each(["0.123456789", "1e-9", "abc", "1e99", "", "1,5"])("refuses %s", (text) => {
    expect(readDecimal(text)).toBeNull();
  });

  it("derives unit price and tax with eight digits, half away from zero", () => {
    expect(divide(decimal("119.80"), decimal("1.081"))).toBe("110.82331175");
    expect(divide(decimal("8.97668825"), decimal("2"))).toBe("4.48834413");
    expect(divide(decimal("-8.97668825"), decimal("2"))).toBe("-4.48834413");
    expect(round(decimal("1.005"), 2)).toBe("1.01");
    expect(fractionDigitsOf(decimal("1.005"))).toBe(3);
  });

  it("takes away what it added", () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(subtract(sum([a, b]), b)).toBe(a);
        expect(Math.sign(compare(a, b))).toBe(-compare(b, a) + 0);
      }),
    );
  });

  it("multiplies whole numbers exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), cents, (times, amount) => {
        const product = multiply(decimal(String(times)), amount);
        const added = sum(Array.from({ length: Math.abs(times) }, () => amount));
        expect(product).toBe(times < 0 ? subtract(decimal("0"), added) : added);
      }),
      { numRuns: 30 },
    );
  });
});
