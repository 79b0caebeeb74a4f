import type { Currency, Decimal, Money } from "./contract/ids.ts";
import type { LineAmount } from "./contract/order.ts";
import { divide, fromTicks, one, type Ticks, toTicks } from "./decimal.ts";
import { compare, toDecimal } from "./money.ts";
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

/** Takes `quantityReduction × unit price + unitPriceReduction × (quantity − quantityReduction)` off a line. */
export interface LineItemReductionCreate {
  readonly lineItemUniqueId: string;
  readonly quantityReduction: Decimal;
  /** Of each unit that stays, not a total. At most eight decimals. */
  readonly unitPriceReduction: Decimal;
}

/** What a refund is measured against. */
export interface RefundBasis {
  /** What the buyer paid for: the lines of the completed transaction. */
  readonly lines: readonly ServiceLine[];
  /** What earlier refunds were asked to take by line, the pending ones included. A refund by amount takes from none. */
  readonly refunded: readonly LineAmount[];
  /**
   * `reducedLineItems` of the latest successful refund, on which the service computes the next one. null: there is no
   * refund yet, or it was not read.
   */
  readonly reduced: readonly ServiceLine[] | null;
  /** What can be refunded at all: completed less refunded, and less what is pending. */
  readonly remaining: Money;
}

/** How to ask the service for a refund: `reductions` and `amount` must not be sent together. */
export type RefundPlan =
  | { readonly kind: "lines"; readonly amount: Money; readonly reductions: readonly LineItemReductionCreate[] }
  | { readonly kind: "amount"; readonly amount: Money }
  | { readonly kind: "refused"; readonly refusals: readonly LineRefusal[] };

/**
 * Plans a refund of exactly `amount`, to the last minor unit.
 *
 * By line where lines are given, add up to the amount and can be put in the service's terms; else by amount alone,
 * which is the same money: where part of a discount is taken back (the service reduces no line of a negative amount),
 * where an earlier refund by amount left too little on a line, where eight decimals are too few, and where the lines
 * that the service computes on are not known, which shows by their sum not being `remaining`.
 *
 * A line's quantity goes along when its price does not exceed the amount wanted. Where it does (the whole line but for a
 * handling fee, or 3.33 of 10.00 for one of three), only the price is reduced and the quantity stays.
 *
 * Refused, by line: more than is left of it by amount or quantity, lines that are not part of the payment or named
 * twice; and as a whole: more than `remaining`, or nothing.
 *
 * @throws PaymentError `unknownState` when the service's lines cannot be read or the basis contradicts itself
 */
export function planRefund(
  basis: RefundBasis,
  wanted: { readonly amount: Money | "rest"; readonly lines: readonly LineAmount[] | null },
): RefundPlan {
  const { remaining } = basis;
  const { currency } = remaining;
  const amount = wanted.amount === "rest" ? remaining : wanted.amount;
  const bought = toRemainingLines(basis.lines, basis.refunded, currency);
  const refusals = [...findWholeRefusals(amount, remaining), ...findRefusals(bought, wanted.lines ?? [])];
  if (refusals.length > 0) return { kind: "refused", refusals };
  if (wanted.lines === null || compare(totalOf(wanted.lines, currency), amount) !== 0)
    return { kind: "amount", amount };
  const lines = toRemainingLines(basis.reduced ?? basis.lines, [], currency);
  const isCurrent = compare(totalOf(lines, currency), remaining) === 0;
  const reductions = isCurrent ? toReductions(lines, wanted.lines, currency) : null;
  return reductions === null ? { kind: "amount", amount } : { kind: "lines", amount, reductions };
}

function findWholeRefusals(amount: Money, remaining: Money): readonly LineRefusal[] {
  const { currency } = remaining;
  if (amount.currency !== currency) {
    return [
      refuseWhole("invalidRequest", `A refund in ${amount.currency} of a payment in ${currency} is not possible.`),
    ];
  }
  if (remaining.minor <= 0) return [refuseWhole("exceedsAmount", "Nothing is left to refund.")];
  if (amount.minor <= 0) {
    return [refuseWhole("invalidRequest", `A refund of ${toDecimal(amount)} ${currency} is not possible.`)];
  }
  if (compare(amount, remaining) <= 0) return [];
  const left = `${toDecimal(remaining)} ${currency}`;
  return [refuseWhole("exceedsAmount", `${left} are left to refund, asked for: ${toDecimal(amount)} ${currency}.`)];
}

/** null: cannot be said by line. */
function toReductions(
  lines: readonly RemainingLine[],
  wanted: readonly LineAmount[],
  currency: Currency,
): readonly LineItemReductionCreate[] | null {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const reductions: LineItemReductionCreate[] = [];
  let total: Effect = [0n, 0n];
  for (const part of wanted) {
    if (part.amount.minor === 0) continue;
    const line = byId.get(toUniqueId(part.id));
    if (line === undefined || line.quantity <= 0n || !isPartOf(part.amount.minor, line.amount.minor)) return null;
    const quantity = toQuantityReduction(line, part);
    const price = toPriceReduction(line, quantity, part.amount);
    const effect = toEffect(line, quantity, price);
    if (!isExactly(effect, part.amount)) return null;
    total = [total[0] + effect[0], total[1] + effect[1]];
    reductions.push({
      lineItemUniqueId: line.id,
      quantityReduction: fromTicks(quantity),
      unitPriceReduction: fromTicks(price),
    });
  }
  return isExactly(total, totalOf(wanted, currency)) ? reductions : null;
}

/** As wanted, as long as what stays is no dearer by the unit than before: a price reduction is never negative. */
function toQuantityReduction(line: RemainingLine, part: LineAmount): Ticks {
  const quantity = toTicks(part.quantity) ?? 0n;
  if (quantity > line.quantity) return 0n;
  const price = quantity * BigInt(line.amount.minor);
  const paid = line.quantity * BigInt(part.amount.minor);
  // No unit stays whose price could be reduced, so the line has to go for its whole amount.
  return quantity === line.quantity ? (price === paid ? quantity : 0n) : price <= paid ? quantity : 0n;
}

function toPriceReduction(line: RemainingLine, quantity: Ticks, amount: Money): Ticks {
  const kept = line.quantity - quantity;
  if (kept === 0n) return 0n;
  const rest = toTicksOf(amount) * line.quantity - quantity * toTicksOf(line.amount);
  return divide(rest * one, line.quantity * kept);
}

/** What a reduction takes off a line, in 10^-16: computed with the exact unit price, and with one of eight decimals. */
type Effect = readonly [bigint, bigint];

function toEffect(line: RemainingLine, quantity: Ticks, price: Ticks): Effect {
  const ofPrice = price * (line.quantity - quantity);
  const amount = toTicksOf(line.amount) * one;
  return [divide(quantity * amount, line.quantity) + ofPrice, quantity * divide(amount, line.quantity) + ofPrice];
}

/** We do not know which of the two the service computes, so both must be the amount. */
function isExactly(effect: Effect, amount: Money): boolean {
  const minorUnit = (10n ** 16n * toTicksOf({ minor: 1, currency: amount.currency })) / one;
  return effect.every((taken) => divide(taken, minorUnit) === BigInt(amount.minor));
}

function isPartOf(part: number, whole: number): boolean {
  return part > 0 && part <= whole;
}

function toTicksOf(amount: Money): Ticks {
  return toTicks(toDecimal(amount)) ?? 0n;
}
