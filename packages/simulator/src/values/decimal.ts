import type { Decimal } from "@checkout-plugins/client";

/** Decimals of the service have at most eight digits after the point; here they are integers of 10^-8. */
const digits = 8;
const one = 10n ** BigInt(digits);

/** Reads a JSON number such as `29.95`, `-1e2`. Null when it has more than eight decimals. */
export function readDecimal(text: string): Decimal | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent) + digits - fraction.length;
  if (Math.abs(shift) > 40) return null;
  const mantissa = BigInt(whole + fraction);
  const scale = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && mantissa % scale !== 0n) return null;
  const units = shift < 0 ? mantissa / scale : mantissa * scale;
  return fromUnits(sign === "-" ? -units : units);
}

function toUnits(decimal: Decimal): bigint {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? decimal.slice(1) : decimal).split(".");
  const units = BigInt(whole) * one + BigInt(fraction.padEnd(digits, "0"));
  return negative ? -units : units;
}

function fromUnits(units: bigint): Decimal {
  const absolute = units < 0n ? -units : units;
  const fraction = (absolute % one).toString().padStart(digits, "0").replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${absolute / one}${fraction === "" ? "" : `.${fraction}`}` as Decimal;
}

/** Half away from zero, as amounts are rounded in Switzerland. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const above = dividend < 0n ? -dividend : dividend;
  const below = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * above + below) / (2n * below);
  return negative ? -quotient : quotient;
}

export const zero: Decimal = "0" as Decimal;

export function sum(values: readonly Decimal[]): Decimal {
  return fromUnits(values.reduce((total, value) => total + toUnits(value), 0n));
}

export function subtract(from: Decimal, value: Decimal): Decimal {
  return fromUnits(toUnits(from) - toUnits(value));
}

/** Rounded to eight decimals. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return fromUnits(divideRounded(toUnits(left) * toUnits(right), one));
}

/** Rounded to eight decimals. @throws RangeError when the divisor is zero. */
export function divide(dividend: Decimal, divisor: Decimal): Decimal {
  return fromUnits(divideRounded(toUnits(dividend) * one, toUnits(divisor)));
}

/** Rounded to so many digits after the point. */
export function round(value: Decimal, fractionDigits: number): Decimal {
  const unit = 10n ** BigInt(digits - fractionDigits);
  return fromUnits(divideRounded(toUnits(value), unit) * unit);
}

/** Negative, zero or positive, as the comparison function of a sort. */
export function compare(left: Decimal, right: Decimal): number {
  const difference = toUnits(left) - toUnits(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function fractionDigitsOf(value: Decimal): number {
  return value.split(".")[1]?.length ?? 0;
}
