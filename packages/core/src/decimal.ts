import type { Decimal } from "./contract/ids.ts";

/**
 * Quantities, rates and prices are computed exactly, as a whole number of hundred-millionths: the service keeps eight
 * decimals. "1.5" is 150000000n.
 */
export type Ticks = bigint;

export const one: Ticks = 10n ** 8n;

/** Null for anything but plain notation. Decimals beyond the eighth are rounded half away from zero. */
export function toTicks(decimal: string): Ticks | null {
  const [, sign, whole, fraction = ""] = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(decimal) ?? [];
  if (whole === undefined) return null;
  const size = divide(BigInt(whole + fraction.padEnd(8, "0")), 10n ** BigInt(Math.max(fraction.length - 8, 0)));
  return sign === "-" ? -size : size;
}

/** Plain notation without zeros at the end: "1.5", "-10", "0". */
export function fromTicks(ticks: Ticks): Decimal {
  const digits = String(ticks < 0n ? -ticks : ticks).padStart(9, "0");
  const fraction = digits.slice(-8).replace(/0+$/, "");
  return `${ticks < 0n ? "-" : ""}${digits.slice(0, -8)}${fraction === "" ? "" : "."}${fraction}` as Decimal;
}

/** Rounded half away from zero. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const size = (2n * a + b) / (2n * b);
  return negative ? -size : size;
}
