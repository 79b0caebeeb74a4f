import type { Currency, Decimal, Money } from "./contract/ids.ts";
import type { LineAmount } from "./contract/order.ts";
import { divide, fromTicks, type Ticks, toTicks } from "./decimal.ts";
import { compare, isZero, subtract, toDecimal } from "./money.ts";
import {
  findRefusals,
  type LineRefusal,
  type RemainingLine,
  refuseWhole,
  type ServiceLine,
  toRemainingLines,
  totalOf,
} from "./remaining-lines.ts";
import { toUniqueId } from "./unique-ids.ts";

/** A part of a line to be completed; `amount` is the whole part in major units, with tax. */
export interface CompletionLineItemCreate {
  readonly uniqueId: string;
  readonly quantity: Decimal;
  readonly amount: Decimal;
}

/** What a completion is measured against. */
export interface CompletionBasis {
  readonly currency: Currency;
  /** The lines of the authorized transaction. */
  readonly lines: readonly ServiceLine[];
  /** What earlier completions took by line, those still pending included. */
  readonly completed: readonly LineAmount[];
}

export type CompletionPlan =
  | {
      readonly kind: "lines";
      readonly lines: readonly CompletionLineItemCreate[];
      readonly amount: Money;
      /** What is still authorized after it; zero: the payment is complete. */
      readonly remaining: Money;
      /** No other one follows: as wanted, or because nothing remains. */
      readonly last: boolean;
    }
  | { readonly kind: "refused"; readonly refusals: readonly LineRefusal[] };

/**
 * Plans a completion of exactly `amount`, to the last minor unit. The service completes by line only.
 *
 * An amount without lines is spread over all that is left, in proportion, and by largest remainder to the last unit. A
 * line of which only a part of the amount is taken keeps a part of its quantity, so that the rest can follow; of the last
 * completion, as `last` says or because nothing remains, quantities are sent as wanted.
 *
 * Refused, by line: more than is left of it by amount or quantity, lines that are not part of the payment or named
 * twice; and as a whole: more than is left, nothing, or lines that do not add up to the amount.
 *
 * @throws PaymentError `unknownState` when the service's lines cannot be read or the basis contradicts itself
 */
export function planCompletion(
  basis: CompletionBasis,
  wanted: { readonly amount: Money | "rest"; readonly lines: readonly LineAmount[] | null; readonly last: boolean },
): CompletionPlan {
  const { currency } = basis;
  const lines = toRemainingLines(basis.lines, basis.completed, currency);
  const left = totalOf(lines, currency);
  const amount = wanted.amount === "rest" ? left : wanted.amount;
  const refusals = [...findWholeRefusals(amount, left), ...findRefusals(lines, wanted.lines ?? [])];
  if (refusals.length > 0) return { kind: "refused", refusals };
  const parts = wanted.lines === null ? spread(lines, amount, left) : toParts(lines, wanted.lines);
  const total = totalOf(parts, currency);
  if (compare(total, amount) !== 0) return { kind: "refused", refusals: [differs(total, amount)] };
  const remaining = subtract(left, amount);
  const last = wanted.last || isZero(remaining);
  return {
    kind: "lines",
    lines: parts.filter(isWorthSending).map((part) => toCreate(part, last)),
    amount,
    remaining,
    last,
  };
}

function findWholeRefusals(amount: Money, left: Money): readonly LineRefusal[] {
  const { currency } = left;
  if (amount.currency !== currency) {
    return [
      refuseWhole("invalidRequest", `A completion in ${amount.currency} of a payment in ${currency} is not possible.`),
    ];
  }
  if (left.minor <= 0) return [refuseWhole("exceedsAmount", "Nothing is left to complete.")];
  if (amount.minor <= 0) {
    return [refuseWhole("invalidRequest", `A completion of ${toDecimal(amount)} ${currency} is not possible.`)];
  }
  if (compare(amount, left) <= 0) return [];
  const texts = `${toDecimal(left)} ${currency} are left to complete, asked for: ${toDecimal(amount)} ${currency}.`;
  return [refuseWhole("exceedsAmount", texts)];
}

function differs(total: Money, amount: Money): LineRefusal {
  const texts = `The lines add up to ${toDecimal(total)} ${total.currency}, the amount is ${toDecimal(amount)}`;
  return refuseWhole("invalidRequest", `${texts}: give lines of that amount, or the amount alone.`);
}

/** A part of a line, and what there was of it. */
interface Part {
  readonly line: RemainingLine;
  readonly quantity: Ticks;
  readonly amount: Money;
}

function toParts(lines: readonly RemainingLine[], wanted: readonly LineAmount[]): readonly Part[] {
  const byId = new Map(wanted.map((part) => [toUniqueId(part.id), part]));
  return lines.flatMap((line) => {
    const part = byId.get(line.id);
    return part === undefined ? [] : [{ line, quantity: toTicks(part.quantity) ?? 0n, amount: part.amount }];
  });
}

function spread(lines: readonly RemainingLine[], amount: Money, left: Money): readonly Part[] {
  if (compare(amount, left) === 0) return lines.map((line) => ({ ...line, line }));
  const shares = toShares(
    lines.map((line) => BigInt(line.amount.minor)),
    BigInt(amount.minor),
    BigInt(left.minor),
  );
  return lines.map((line, index) => ({
    line,
    quantity: 0n,
    amount: { minor: Number(shares[index] ?? 0n), currency: amount.currency },
  }));
}

/** `amount` in proportion to `weights`, whose sum is `whole`: rounded down, and what is then missing to the largest remainders. */
function toShares(weights: readonly bigint[], amount: bigint, whole: bigint): readonly bigint[] {
  const shares = weights.map((weight, index) => {
    const remainder = (((weight * amount) % whole) + whole) % whole;
    return { index, share: (weight * amount - remainder) / whole, remainder };
  });
  const missing = Number(amount - shares.reduce((total, { share }) => total + share, 0n));
  const byRemainder = shares.toSorted((a, b) => Number(b.remainder - a.remainder));
  const raised = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return shares.map(({ index, share }) => (raised.has(index) ? share + 1n : share));
}

/** Nothing of a line is not worth a word; free goods are. */
function isWorthSending(part: Part): boolean {
  return !isZero(part.amount) || (isZero(part.line.amount) && part.quantity > 0n);
}

function toCreate(part: Part, last: boolean): CompletionLineItemCreate {
  return {
    uniqueId: part.line.id,
    quantity: fromTicks(toQuantity(part, last)),
    amount: toDecimal(part.amount),
  };
}

function toQuantity({ line, quantity, amount }: Part, last: boolean): Ticks {
  const isWhole = compare(amount, line.amount) === 0;
  const leavesNothing = quantity === line.quantity && !isWhole && !last;
  if (quantity > 0n && !leavesNothing) return quantity;
  if (isWhole || line.quantity <= 1n) return line.quantity;
  const share = divide(line.quantity * BigInt(amount.minor), BigInt(line.amount.minor));
  return clamp(share, 1n, line.quantity - 1n);
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}
