import { createHash } from "node:crypto";
import type { Decimal } from "./contract/ids.ts";
import type { ShopOrder } from "./contract/order.ts";
import { fromTicks, toTicks } from "./decimal.ts";

/**
 * 64 hexadecimal digits that are the same as long as the order is: whatever a shop lists its properties in, and however
 * it writes a quantity or a rate ("1", "1.00"). Any other change, be it of one minor unit, gives another.
 */
export function toFingerprint(order: ShopOrder): string {
  const lines = order.lines.map((line) => ({
    ...line,
    quantity: toNormal(line.quantity),
    taxes: line.taxes.map((tax) => ({ ...tax, rate: toNormal(tax.rate) })),
  }));
  return toDigest({ ...order, lines });
}

/** 64 hexadecimal digits of a Json value, whatever order its properties come in. */
export function toDigest(value: unknown): string {
  return createHash("sha256").update(toCanonicalJson(value)).digest("hex");
}

/** Keys in code unit order, no white space, undefined properties left out. */
function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const properties = Object.entries(value)
    .filter(([, property]) => property !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, property]) => `${JSON.stringify(key)}:${toCanonicalJson(property)}`);
  return `{${properties.join(",")}}`;
}

function toNormal(decimal: Decimal): string {
  const ticks = toTicks(decimal);
  return ticks === null ? decimal : fromTicks(ticks);
}
