import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDecimal, toServiceId } from "../ids.ts";
import { ExactNumber, parseJson, toRawNumber } from "./json.ts";

describe("numbers of the service", () => {
  it("keep every digit of an id above 2^53, both ways", () => {
    const value = parseJson('{"id":12345678901234567890}') as { id: ExactNumber };
    expect(value.id).toEqual(new ExactNumber("12345678901234567890"));
    const id = toServiceId(value.id.source);
    expect(JSON.stringify({ id: toRawNumber(id), text: id })).toBe(
      '{"id":12345678901234567890,"text":"12345678901234567890"}',
    );
  });

  it("survive as decimals whatever their notation and length", () => {
    const digits = fc.tuple(fc.bigInt(0n, 10n ** 19n - 1n), fc.integer({ min: 0, max: 8 }), fc.boolean());
    fc.assert(
      fc.property(digits, fc.constantFrom("", "e0", "E+1", "e-1", "E-12"), ([integer, scale, negative], exponent) => {
        const text = integer.toString().padStart(scale + 1, "0");
        const point = text.length - scale;
        const source = `${negative ? "-" : ""}${text.slice(0, point)}${scale === 0 ? "" : `.${text.slice(point)}`}${exponent}`;
        const value = parseJson(`{"x":${source}}`) as { x: number | ExactNumber };
        const read = toDecimal(typeof value.x === "number" ? value.x : value.x.source);
        expect(scaled(read)).toBe(scaled(source));
        expect(JSON.stringify(toRawNumber(read))).toBe(read);
      }),
    );
  });

  it("are an error, not zero or infinity, when even their size cannot be held", () => {
    for (const source of ["1E-400", "1e400"]) {
      const { x } = parseJson(`{"x":${source}}`) as { x: ExactNumber };
      expect(x).toEqual(new ExactNumber(source));
      expect(() => toDecimal(x.source)).toThrow(TypeError);
    }
  });

  it("are never made from text that is no number", () => {
    for (const text of ["", "1e3", "NaN", '"1"', "01", "1.", ".5", "+1", "1,5", "null", "1\n", "١"]) {
      expect(() => toRawNumber(text)).toThrow(TypeError);
    }
  });
});

describe("toDecimal", () => {
  it.each([
    ["29.90", "29.9"],
    ["1E-8", "0.00000001"],
    ["-1.50e+2", "-150"],
    ["12.5E1", "125"],
    ["0.000", "0"],
    ["-0.0", "0"],
    ["007", "7"],
    [0.1, "0.1"],
    [1e21, "1000000000000000000000"],
    [10n, "10"],
  ])("writes %s as %s", (value, plain) => {
    expect(toDecimal(value)).toBe(plain);
  });

  it.each(["", " 1", "1 ", "1'000", "1,5", "0x10", "NaN", "Infinity", "1e999", "--1", "9".repeat(81)])(
    "refuses %j",
    (value) => {
      expect(() => toDecimal(value)).toThrow(TypeError);
    },
  );
});

describe("parseJson", () => {
  it("repeats nothing of what is not JSON", () => {
    expect(() => parseJson("secret{")).toThrow(/^it is not JSON$/);
  });

  it("does not let a body reach a prototype", () => {
    const value = parseJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("turns nesting that exhausts the stack into an error", () => {
    expect(() => parseJson(`${"[".repeat(200_000)}1234567890123456789`)).toThrow(TypeError);
  });
});

/** As an integer number of 10^-20. */
function scaled(text: string): bigint {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction) * 10n ** BigInt(20 - fraction.length + Number(exponent));
}
