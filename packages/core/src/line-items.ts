import type { LineItemCreate, LineItemType, TaxCreate } from "@checkout-plugins/client";
import type { Decimal } from "./contract/ids.ts";
import type { LineItem, ShopOrder } from "./contract/order.ts";
import { fromTicks, one, toTicks } from "./decimal.ts";
import { PaymentError } from "./errors.ts";
import { explainDifference } from "./line-item-difference.ts";
import { nameOf } from "./line-item-names.ts";
import { subtract, sum, toDecimal } from "./money.ts";
import { cutText, toSingleLine } from "./text.ts";
import { toUniqueIds } from "./unique-ids.ts";

/**
 * The line items of an order at the service: the same for availability, payment, completion and refund. Pure. Their sum
 * is `order.total` to the last minor unit, because the service knows no total of its own.
 *
 * - Every line keeps its place and, unless another line has it already or it is too long, its id (`toUniqueIds`).
 * - Lines of amount 0 are kept, since free goods belong on the packing slip; only a rounding of 0 is left out.
 * - The service takes negative amounts as DISCOUNT only, so a negative line of any type becomes one. There is no type
 *   for gift cards: they are discounts.
 * - A rounding that the shop states is a line of exactly that size. What then differs from the total, at most half a
 *   minor unit per line and per tax of a line, becomes one line more: negative as DISCOUNT, positive as FEE.
 * - Names, SKUs and tax titles are cut to the service's limits; empty names are replaced in the order's language.
 *   Quantities and rates are rounded to eight decimals.
 *
 * An order of total 0 has lines too, but does not go to the service.
 *
 * @throws PaymentError `invalidOrder` that names the line at fault: another currency than the order's, a positive
 * discount, a quantity or rate out of range, an empty id; and where the sum differs by more than roundings explain.
 * @throws PaymentError `invalidAmount` for a currency or amount that cannot be counted.
 */
export function toLineItems(order: ShopOrder): readonly LineItemCreate[] {
  if (order.total.minor < 0) throw invalid(`The total is ${toDecimal(order.total)}: it must not be negative.`);
  for (const line of order.lines) checkLine(line, order);
  const stated = order.lines.filter((line) => !(line.type === "rounding" && line.total.minor === 0));
  const lines = [...stated, ...toDifference(order)];
  const ids = toUniqueIds(lines.map((line) => line.id));
  return lines.map((line, index) => ({ uniqueId: ids[index] ?? line.id, ...toContent(line, order.language) }));
}

function checkLine(line: LineItem, order: ShopOrder): void {
  const where = `Line "${line.id}" (${line.name})`;
  const { currency } = order.total;
  if (line.id === "") throw invalid(`The line "${line.name}" has no id: give each line a stable one.`);
  if (line.total.currency !== currency) {
    throw invalid(`${where} is in ${line.total.currency}, the order in ${currency}: give all lines in ${currency}.`);
  }
  if (!Number.isSafeInteger(line.total.minor)) {
    throw invalid(`${where} has an amount of ${line.total.minor} minor units: give a whole number.`);
  }
  if (line.type === "discount" && line.total.minor > 0) {
    throw invalid(
      `${where} is a discount of +${toDecimal(line.total)} ${currency}: give discounts as negative amounts.`,
    );
  }
  const quantity = toTicks(line.quantity);
  if (quantity === null || quantity <= 0n) {
    throw invalid(`${where} has the quantity "${line.quantity}": give a decimal greater than 0, such as "1.5".`);
  }
  for (const { title, rate } of line.taxes) {
    const percent = toTicks(rate);
    if (percent === null || percent < 0n || percent > 100n * one) {
      throw invalid(`${where} has the tax "${title}" of "${rate}" %: give a decimal from 0 to 100.`);
    }
  }
}

/** What the lines lack of the total, as one line; none when they lack nothing. */
function toDifference(order: ShopOrder): readonly LineItem[] {
  const { total, lines, language } = order;
  const difference = subtract(
    total,
    sum(
      lines.map((line) => line.total),
      total.currency,
    ),
  );
  if (difference.minor === 0) return [];
  const allowed = roundingsOf(lines);
  if (Math.abs(difference.minor) > allowed) throw invalid(explainDifference(order, difference, allowed));
  return [
    {
      id: "rounding-difference",
      type: "rounding",
      name: nameOf("roundingDifference", language),
      sku: null,
      quantity: "1" as Decimal,
      total: difference,
      taxes: [],
      shippingRequired: false,
    },
  ];
}

/** Minor units that a shop can lose by rounding late: half a unit for each net amount and for each tax on it. */
function roundingsOf(lines: readonly LineItem[]): number {
  const rounded = lines.filter((line) => line.type !== "rounding");
  return Math.floor(rounded.reduce((halves, line) => halves + 1 + line.taxes.length, 0) / 2);
}

function toContent(line: LineItem, language: string): Omit<LineItemCreate, "uniqueId"> {
  const sku = cutText(toSingleLine(line.sku ?? ""), 200);
  return {
    type: toType(line),
    name: cutText(toSingleLine(line.name), 150) || nameOf(line.type, language),
    ...(sku === "" ? {} : { sku }),
    quantity: toRounded(line.quantity),
    amountIncludingTax: toDecimal(line.total),
    taxes: line.taxes.map(({ title, rate }) => ({ title: toTaxTitle(title, language), rate: toRounded(rate) })),
    shippingRequired: line.shippingRequired,
  };
}

const positiveTypes: Readonly<Record<LineItem["type"], LineItemType>> = {
  product: "PRODUCT",
  shipping: "SHIPPING",
  fee: "FEE",
  discount: "DISCOUNT",
  tip: "TIP",
  rounding: "FEE",
};

function toType(line: LineItem): LineItemType {
  return line.total.minor < 0 ? "DISCOUNT" : positiveTypes[line.type];
}

/** 2 to 40 characters: a title of one, such as "A", says little more to a buyer than it does to the service. */
function toTaxTitle(title: string, language: string): TaxCreate["title"] {
  const clean = cutText(toSingleLine(title), 40);
  return clean.length >= 2 ? clean : `${nameOf("tax", language)} ${clean}`.trimEnd();
}

/** Checked before. */
function toRounded(decimal: Decimal): Decimal {
  return fromTicks(toTicks(decimal) ?? 0n);
}

function invalid(message: string): PaymentError {
  return new PaymentError("invalidOrder", message);
}
