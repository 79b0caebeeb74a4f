import type { Money } from "./contract/ids.ts";
import type { LineItem, ShopOrder } from "./contract/order.ts";
import { divide, one, type Ticks, toTicks } from "./decimal.ts";
import { subtract, toDecimal } from "./money.ts";

/**
 * Says why the lines do not add up to the total: names the one line whose likely mistake is as large as the difference,
 * or lists the lines where none or several could be it.
 *
 * @param difference total − sum of the lines, minor units
 * @param allowed what roundings can explain, minor units
 */
export function explainDifference(order: ShopOrder, difference: Money, allowed: number): string {
  const text = (minor: number) => toDecimal({ minor, currency: order.total.currency });
  const facts =
    `The lines add up to ${toDecimal(subtract(order.total, difference))} ${order.total.currency}, the total is ` +
    `${toDecimal(order.total)}: ${text(Math.abs(difference.minor))} ${difference.minor < 0 ? "too much" : "are missing"}, ` +
    `roundings explain ${text(allowed)} at most.`;
  const suspects = order.lines.flatMap((line) => {
    const mistake = mistakes.find(({ sizeOf }) => isNear(sizeOf(line), difference.minor, allowed));
    return mistake === undefined ? [] : [`${describe(line)} ${mistake.text}.`];
  });
  if (suspects.length === 1) return `${facts} Probably the line ${suspects[0]}`;
  const listed = order.lines.slice(0, 50).map(describe);
  return `${facts} Check the lines: ${listed.join(", ")}${listed.length < order.lines.length ? " …" : ""}.`;
}

/** What shops get wrong in one line, and the difference that makes: right amount − given amount, minor units. */
const mistakes: readonly { readonly text: string; readonly sizeOf: (line: LineItem) => bigint }[] = [
  {
    text: "has the price of one piece instead of the whole line's",
    sizeOf: (line) => divide(minorOf(line) * (ticksOf(line.quantity) - one), one),
  },
  { text: "lacks its tax", sizeOf: (line) => divide(minorOf(line) * rateOf(line), 100n * one) },
  {
    text: "has its tax added twice",
    sizeOf: (line) => -divide(minorOf(line) * rateOf(line), 100n * one + rateOf(line)),
  },
  { text: "is not part of the total", sizeOf: (line) => -minorOf(line) },
  { text: "has the wrong sign", sizeOf: (line) => -2n * minorOf(line) },
];

function isNear(size: bigint, difference: number, allowed: number): boolean {
  return Math.abs(Number(size) - difference) <= allowed;
}

function describe(line: LineItem): string {
  return `"${line.id}" (${line.name}, quantity ${line.quantity}, ${toDecimal(line.total)})`;
}

function minorOf(line: LineItem): bigint {
  return BigInt(line.total.minor);
}

function rateOf(line: LineItem): Ticks {
  return line.taxes.reduce((rates, tax) => rates + ticksOf(tax.rate), 0n);
}

/** The builder has checked it. */
function ticksOf(decimal: string): Ticks {
  return toTicks(decimal) ?? 0n;
}
