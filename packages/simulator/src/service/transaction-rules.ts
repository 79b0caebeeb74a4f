import type { Decimal } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import type { Switches } from "../state/switches.ts";
import type { LineItem, TransactionContent } from "../state/transaction.ts";
import { currencyDigits, isCurrency } from "../values/currency.ts";
import { compare, fractionDigitsOf, sum, zero } from "../values/decimal.ts";

export function totalOf(lines: readonly LineItem[]): Decimal {
  return sum(lines.map((line) => line.amountIncludingTax));
}

type Problems = Record<string, string>;

function checkLine(line: LineItem, at: string, digits: number | null, problems: Problems): void {
  if (compare(line.quantity, zero) <= 0) problems[`${at}.quantity`] = "must be greater than 0";
  if (digits !== null && fractionDigitsOf(line.amountIncludingTax) > digits) {
    problems[`${at}.amountIncludingTax`] = `must have at most ${digits} digits after the point`;
  }
}

/** Rules over line items, whoever sends them: unique ids, quantities above 0, a sum that is not negative. */
export function checkLines(lines: readonly LineItem[], digits: number | null, problems: Problems): void {
  if (lines.length === 0) problems.lineItems = "must contain at least one line item";
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.uniqueId)) problems[`lineItems[${index}].uniqueId`] = `"${line.uniqueId}" is used twice`;
    seen.add(line.uniqueId);
    checkLine(line, `lineItems[${index}]`, digits, problems);
  }
  if (compare(totalOf(lines), zero) < 0)
    problems.lineItems = `must not sum up to a negative amount, is ${totalOf(lines)}`;
}

function checkMetaData(metaData: Readonly<Record<string, string>>, problems: Problems): void {
  for (const [key, value] of Object.entries(metaData)) {
    if (!/^[A-Za-z0-9_]{1,40}$/.test(key))
      problems[`metaData.${key}`] = "a key has 1 to 40 of the characters A-Z a-z 0-9 _";
    if (value.length > 512) problems[`metaData.${key}`] = `must be at most 512 characters, is ${value.length}`;
  }
}

/** What no single field can tell. @throws ApiError 422 that names every field at fault */
export function checkContent(content: TransactionContent, switches: Switches): void {
  const problems: Problems = {};
  if (!isCurrency(content.currency)) problems.currency = `"${content.currency}" is not a currency of ISO 4217`;
  checkLines(
    content.lineItems,
    switches.amountDigits === "refused" ? currencyDigits(content.currency) : null,
    problems,
  );
  if (switches.metaDataLimits === "enforced") checkMetaData(content.metaData ?? {}, problems);
  if (Object.keys(problems).length > 0) {
    throw unprocessable("invalid_transaction", "The transaction is not valid, see errors.", problems);
  }
}
