import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { thrown } from "../test/thrown.ts";
import type { Currency, Money } from "./contract/ids.ts";
import { currencyDigits } from "./currency-digits.ts";
import {
  add,
  compare,
  inCurrency,
  isZero,
  negate,
  subtract,
  sum,
  toCurrency,
  toDecimal,
  toMoney,
  zero,
} from "./money.ts";

const currencies = fc.constantFrom("CHF", "EUR", "JPY", "KWD", "CLF").map(toCurrency);
const minors = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });

function amounts(currency: fc.Arbitrary<Currency>): fc.Arbitrary<Money> {
  return fc.record({ minor: minors, currency }, { noNullPrototype: true });
}

/** Two or three amounts of one currency. */
const triples = currencies.chain((currency) => {
  const amount = amounts(fc.constant(currency));
  return fc.tuple(amount, amount, amount);
});

describe("currencyDigits", () => {
  test("knows the digits of every kind of currency", () => {
    const known = ["CHF", "EUR", "JPY", "KRW", "KWD", "TND", "CLF", "ISK", "HUF", "XCG", "BGN"];
    expect(known.map((code) => currencyDigits.get(code))).toEqual([2, 2, 0, 0, 3, 3, 4, 0, 2, 2, 2]);
  });

  test("names each code once", () => {
    const codes = [...currencyDigits.keys()];
    expect(codes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
    expect(codes).toHaveLength(171);
  });
});

describe("toMoney", () => {
  test.each([
    ["29.95", "CHF", 2995],
    ["29.950", "CHF", 2995],
    ["29.9", "CHF", 2990],
    ["29", "CHF", 2900],
    ["-0.05", "CHF", -5],
    ["0.29", "EUR", 29],
    ["100", "JPY", 100],
    ["100.00", "JPY", 100],
    ["1.5", "KWD", 1500],
    ["-0", "CHF", 0],
    ["90071992547409.91", "CHF", Number.MAX_SAFE_INTEGER],
  ])("reads %s %s", (decimal, currency, minor) => {
    expect(toMoney(decimal, currency)).toStrictEqual({ minor, currency });
  });

  test.each([
    ["29.951", "CHF"],
    ["0.5", "JPY"],
    ["1.0001", "KWD"],
    ["1e2", "CHF"],
    ["1E2", "CHF"],
    [" 1", "CHF"],
    ["1 ", "CHF"],
    ["1\n", "CHF"],
    ["+1", "CHF"],
    ["--1", "CHF"],
    ["1.", "CHF"],
    [".5", "CHF"],
    ["007", "CHF"],
    ["1'000", "CHF"],
    ["1,50", "CHF"],
    ["", "CHF"],
    ["NaN", "CHF"],
    ["Infinity", "CHF"],
    ["٣", "CHF"],
    ["90071992547409.92", "CHF"],
    ["9007199254740993", "JPY"],
  ])("refuses %j %s", (decimal, currency) => {
    expect(thrown(() => toMoney(decimal, currency)).code).toBe("invalidAmount");
  });

  test.each(["chf", "XXX", "XAU", "CH", "", "toString"])("refuses the currency %j by name", (currency) => {
    const error = thrown(() => toMoney("1", currency));
    expect(error.code).toBe("invalidAmount");
    expect(error.message).toContain(`"${currency}"`);
  });

  test("says what is wrong and what to give", () => {
    expect(thrown(() => toMoney("1,50", "CHF")).message).toMatch(/^"1,50" is not an amount: give .* "29\.95"/);
    expect(thrown(() => toMoney("0.005", "CHF")).message).toMatch(/^0\.005 CHF has more than the 2 decimals.*round it/);
    expect(thrown(() => toMoney("1", "chf")).message).toMatch(
      /^"chf" is not a currency we know: give an ISO 4217 code/,
    );
    expect(thrown(() => toMoney("9007199254740993", "JPY")).message).toMatch(/units of JPY .*at most 2\^53 - 1/);
    expect(thrown(() => toCurrency("chf")).code).toBe("invalidAmount");
  });

  test("is exact for every decimal the currency can hold", () => {
    fc.assert(
      fc.property(currencies, minors, fc.nat(3), (currency, minor, zeros) => {
        const digits = currencyDigits.get(currency) ?? 0;
        const size = BigInt(Math.abs(minor));
        const scale = 10n ** BigInt(digits);
        const fraction = (digits === 0 ? "" : String(size % scale).padStart(digits, "0")) + "0".repeat(zeros);
        const decimal = `${minor < 0 ? "-" : ""}${size / scale}${fraction === "" ? "" : "."}${fraction}`;
        expect(toMoney(decimal, currency)).toStrictEqual({ minor, currency });
      }),
    );
  });

  test("refuses every digit the currency has not", () => {
    fc.assert(
      fc.property(currencies, minors, fc.integer({ min: 1, max: 9 }), (currency, minor, digit) => {
        const decimal = toDecimal({ minor, currency });
        const longer = `${decimal}${decimal.includes(".") ? "" : "."}${digit}`;
        expect(thrown(() => toMoney(longer, currency)).code).toBe("invalidAmount");
      }),
    );
  });
});

describe("toDecimal", () => {
  test.each([
    [2995, "CHF", "29.95"],
    [-5, "CHF", "-0.05"],
    [0, "CHF", "0.00"],
    [100, "JPY", "100"],
    [-1, "JPY", "-1"],
    [1500, "KWD", "1.500"],
    [1, "CLF", "0.0001"],
    [-0, "CHF", "0.00"],
  ])("writes %d %s as %s", (minor, currency, decimal) => {
    expect(toDecimal({ minor, currency: toCurrency(currency) })).toBe(decimal);
  });

  test("is read back as the same amount", () => {
    fc.assert(
      fc.property(amounts(currencies), (amount) => {
        expect(toMoney(toDecimal(amount), amount.currency)).toStrictEqual(amount);
      }),
    );
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses %d minor units", (minor) => {
    expect(thrown(() => toDecimal({ minor, currency: toCurrency("CHF") })).code).toBe("invalidAmount");
  });
});

describe("arithmetic", () => {
  test("adds and subtracts without loss, in any order", () => {
    fc.assert(
      fc.property(triples, ([a, b, c]) => {
        expect(subtract(add(a, b), b)).toStrictEqual(a);
        expect(add(a, b)).toStrictEqual(add(b, a));
        expect(add(add(a, b), c)).toStrictEqual(add(a, add(b, c)));
        expect(sum([a, b, c], a.currency)).toStrictEqual(sum([c, a, b], a.currency));
        expect(isZero(add(a, negate(a)))).toBe(true);
      }),
    );
  });

  test("compares as numbers do", () => {
    fc.assert(
      fc.property(triples, ([a, b]) => {
        expect(compare(a, b)).toBe(Math.sign(a.minor - b.minor));
        expect(compare(b, a)).toBe(Math.sign(b.minor - a.minor));
        expect(compare(a, { ...a })).toBe(0);
      }),
    );
  });

  test("takes of many amounts those in one currency", () => {
    const [francs, euros] = [toMoney("1", "CHF"), toMoney("1", "EUR")];
    expect(inCurrency([francs, null, euros, francs], "CHF")).toEqual([francs, francs]);
  });

  test("gives a zero no sign", () => {
    expect(negate(zero("CHF"))).toStrictEqual({ minor: 0, currency: "CHF" });
    expect(sum([], "JPY")).toStrictEqual({ minor: 0, currency: "JPY" });
  });

  test("refuses two currencies", () => {
    const francs = toMoney("1", "CHF");
    const euros = toMoney("1", "EUR");
    for (const run of [add, subtract, compare]) {
      expect(thrown(() => run(francs, euros))).toMatchObject({
        code: "invalidAmount",
        message: "Amounts in CHF and EUR cannot be combined.",
      });
    }
    expect(thrown(() => sum([francs], "EUR")).code).toBe("invalidAmount");
  });

  test("refuses a result that cannot be counted exactly", () => {
    const most = { minor: Number.MAX_SAFE_INTEGER, currency: toCurrency("JPY") };
    expect(thrown(() => add(most, toMoney("1", "JPY"))).code).toBe("invalidAmount");
    expect(thrown(() => subtract(negate(most), toMoney("1", "JPY"))).code).toBe("invalidAmount");
  });
});
