import type { Decimal } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import type { Reduction } from "../state/payment.ts";
import type { LineItem } from "../state/transaction.ts";
import { compare, divide, multiply, round, subtract, sum, zero } from "../values/decimal.ts";
import { totalOf } from "./transaction-rules.ts";

/** What a refund gives back and what stays sold. */
export interface Reduced {
  readonly amount: Decimal;
  readonly given: readonly LineItem[];
  readonly remaining: readonly LineItem[];
}

type Problems = Record<string, string>;

/** quantity taken back × unit price + price cut × units that stay, rounded to the currency's digits. */
function amountOf(line: LineItem, { quantityReduction, unitPriceReduction }: Reduction, digits: number): Decimal {
  const taken =
    compare(quantityReduction, line.quantity) === 0
      ? line.amountIncludingTax
      : multiply(divide(line.amountIncludingTax, line.quantity), quantityReduction);
  const staying = subtract(line.quantity, quantityReduction);
  return round(sum([taken, multiply(unitPriceReduction, staying)]), digits);
}

function check(reduction: Reduction, line: LineItem | undefined, at: string, problems: Problems): line is LineItem {
  const { lineItemUniqueId, quantityReduction, unitPriceReduction } = reduction;
  if (line === undefined)
    problems[`${at}.lineItemUniqueId`] = `"${lineItemUniqueId}" is not a line item that can be refunded`;
  else if (compare(line.amountIncludingTax, zero) <= 0 || compare(line.quantity, zero) <= 0)
    problems[at] = "a line item without a positive amount cannot be reduced";
  else if (compare(quantityReduction, zero) < 0 || compare(quantityReduction, line.quantity) > 0) {
    problems[`${at}.quantityReduction`] = `must be between 0 and ${line.quantity}`;
  } else if (
    compare(unitPriceReduction, zero) < 0 ||
    compare(unitPriceReduction, divide(line.amountIncludingTax, line.quantity)) > 0
  ) {
    problems[`${at}.unitPriceReduction`] = `must be between 0 and the unit price`;
  } else return true;
  return false;
}

/** @throws ApiError 422 that names each reduction at fault */
export function reduceLines(base: readonly LineItem[], reductions: readonly Reduction[], digits: number): Reduced {
  const problems: Problems = {};
  const given = new Map<string, LineItem>();
  for (const [index, reduction] of reductions.entries()) {
    const line = base.find((candidate) => candidate.uniqueId === reduction.lineItemUniqueId);
    if (!check(reduction, line, `reductions[${index}]`, problems)) continue;
    const quantity = compare(reduction.quantityReduction, zero) === 0 ? line.quantity : reduction.quantityReduction;
    given.set(line.uniqueId, { ...line, quantity, amountIncludingTax: amountOf(line, reduction, digits) });
  }
  if (Object.keys(problems).length > 0)
    throw unprocessable("invalid_reduction", "The refund is not valid, see errors.", problems);
  const remaining = base.flatMap((line) => {
    const reduction = reductions.find((candidate) => candidate.lineItemUniqueId === line.uniqueId);
    const part = given.get(line.uniqueId);
    if (reduction === undefined || part === undefined) return [line];
    const amountIncludingTax = subtract(line.amountIncludingTax, part.amountIncludingTax);
    if (amountIncludingTax === zero) return [];
    return [{ ...line, quantity: subtract(line.quantity, reduction.quantityReduction), amountIncludingTax }];
  });
  return { amount: totalOf([...given.values()]), given: [...given.values()], remaining };
}

/** Takes an amount off the lines from the first on, so that lines and amount stay together. */
export function reduceAmount(base: readonly LineItem[], amount: Decimal): Reduced {
  let rest = amount;
  const given: LineItem[] = [];
  const remaining = base.flatMap((line) => {
    if (compare(rest, zero) <= 0 || compare(line.amountIncludingTax, zero) <= 0) return [line];
    const isWhole = compare(rest, line.amountIncludingTax) >= 0;
    const taken = isWhole ? line.amountIncludingTax : rest;
    given.push({ ...line, amountIncludingTax: taken });
    rest = subtract(rest, taken);
    return isWhole ? [] : [{ ...line, amountIncludingTax: subtract(line.amountIncludingTax, taken) }];
  });
  return { amount, given, remaining };
}
