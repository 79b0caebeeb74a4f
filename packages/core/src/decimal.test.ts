import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divide, fromTicks, toTicks } from "./decimal.ts";

describe("toTicks", () => {
  test.each([
    ["1.5", 150_000_000n],
    ["-10", -1_000_000_000n],
    ["0", 0n],
    ["0.00000001", 1n],
    ["0.000000014", 1n],
    ["0.000000015", 2n],
    ["-0.000000015", -2n],
    ["9007199254740993", 900719925474099300000000n],
  ])("reads %s", (decimal, ticks) => {
    expect(toTicks(decimal)).toBe(ticks);
  });

  test.each(["", "1.", ".5", "1e3", "+1", " 1", "01", "1,5", "NaN"])("knows that %j is no decimal", (text) => {
    expect(toTicks(text)).toBeNull();
  });

  test("reads what fromTicks writes", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (ticks) => {
        const text = fromTicks(ticks);
        expect(toTicks(text)).toBe(ticks);
        expect(text).not.toMatch(/\.\d*0$|\.$|^-0$/);
      }),
    );
  });
});

describe("divide", () => {
  test.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [5n, -2n, -3n],
    [-5n, -2n, 3n],
    [4n, 3n, 1n],
    [0n, -3n, 0n],
  ])("rounds %d / %d half away from zero to %d", (dividend, divisor, quotient) => {
    expect(divide(dividend, divisor)).toBe(quotient);
  });
});
