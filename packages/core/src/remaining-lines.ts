import type { LineItem } from "@checkout-plugins/client";
import type { Currency, Decimal, Money } from "./contract/ids.ts";
import type { LineAmount } from "./contract/order.ts";
import type { FailureCode } from "./contract/payment.ts";
import { currencyDigits } from "./currency-digits.ts";
import { divide, fromTicks, type Ticks, toTicks } from "./decimal.ts";
import { PaymentError } from "./errors.ts";
import { subtract, sum, toDecimal, zero } from "./money.ts";
import { toUniqueId } from "./unique-ids.ts";

/** A line of the service as far as it is needed here; refunds tell their lines without a name. */
export type ServiceLine = Pick<LineItem, "uniqueId" | "quantity" | "amountIncludingTax"> & { readonly name?: string };

/** What is left of one line item. `amount` and `quantity` are zero when nothing is. */
export interface RemainingLine {
  /** `uniqueId` at the service. */
  readonly id: string;
  readonly name: string;
  readonly quantity: Ticks;
  readonly amount: Money;
}

/** Why a completion or refund cannot be what was asked for, by line. */
export interface LineRefusal {
  readonly code: Extract<FailureCode, "exceedsAmount" | "invalidRequest">;
  /** null: the whole. */
  readonly line: { readonly id: string; readonly name: string } | null;
  /** What could be taken at most, where that is the reason. */
  readonly left: { readonly quantity: Decimal; readonly amount: Money } | null;
  /** In English; names the line, what was asked for and what is left. */
  readonly message: string;
}

/**
 * The line items of the service less what was taken from them, in their order. More than there was leaves nothing: in
 * the back office lines can be taken in ways nobody planned.
 *
 * Amounts of the service are rounded to the currency's digits: it computes with eight decimals.
 *
 * @param taken what is not yet taken off `lines`; a line may be named several times
 * @throws PaymentError `unknownState` for numbers that cannot be read, and for parts of a line that does not exist
 */
export function toRemainingLines(
  lines: readonly ServiceLine[],
  taken: readonly LineAmount[],
  currency: Currency,
): readonly RemainingLine[] {
  const remaining = new Map(lines.map((line) => [line.uniqueId, readLine(line, currency)]));
  for (const part of taken) {
    const line = remaining.get(toUniqueId(part.id));
    const quantity = toTicks(part.quantity);
    if (line === undefined || quantity === null) {
      throw unknown(`Quantity "${part.quantity}" was taken of the line "${part.id}", which the service does not have.`);
    }
    remaining.set(line.id, {
      ...line,
      quantity: quantity < line.quantity ? line.quantity - quantity : 0n,
      amount: isWithin(line, line.quantity, part.amount) ? subtract(line.amount, part.amount) : zero(currency),
    });
  }
  return [...remaining.values()];
}

/** What is wrong with the wanted parts of these lines; empty when they can be taken, one by one and together. */
export function findRefusals(lines: readonly RemainingLine[], wanted: readonly LineAmount[]): readonly LineRefusal[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const seen = new Set<string>();
  return wanted.flatMap((part) => {
    const id = toUniqueId(part.id);
    const line = byId.get(id);
    const isRepeated = seen.has(id);
    seen.add(id);
    if (line === undefined) return [refuse(part, null, "is not a line of this payment")];
    if (isRepeated)
      return [refuse(part, line, "is named twice: give each line once, with its whole quantity and amount")];
    return findPartRefusals(line, part);
  });
}

function findPartRefusals(line: RemainingLine, part: LineAmount): readonly LineRefusal[] {
  const quantity = toTicks(part.quantity);
  if (quantity === null || quantity < 0n) {
    return [refuse(part, line, `has the quantity "${part.quantity}": give a decimal of at least 0`)];
  }
  if (!Number.isSafeInteger(part.amount.minor)) {
    return [refuse(part, line, `has ${part.amount.minor} minor units: give a whole number`)];
  }
  if (part.amount.currency !== line.amount.currency) {
    return [refuse(part, line, `is wanted in ${part.amount.currency}: the payment is in ${line.amount.currency}`)];
  }
  return isWithin(line, quantity, part.amount) ? [] : [exceeds(part, line)];
}

/** Between nothing and all of it; all of a discount is negative. */
function isWithin(line: RemainingLine, quantity: Ticks, amount: Money): boolean {
  if (amount.currency !== line.amount.currency || quantity < 0n || quantity > line.quantity) return false;
  const [wanted, left] = [amount.minor, line.amount.minor];
  return left < 0 ? left <= wanted && wanted <= 0 : 0 <= wanted && wanted <= left;
}

function exceeds(part: LineAmount, line: RemainingLine): LineRefusal {
  const quantity = fromTicks(line.quantity);
  const asked = `${part.quantity} for ${toDecimal(part.amount)}`;
  return {
    code: "exceedsAmount",
    line: { id: line.id, name: line.name },
    left: { quantity, amount: line.amount },
    message: `The line "${line.id}" (${line.name}) has ${quantity} for ${toDecimal(line.amount)} left, asked for: ${asked}.`,
  };
}

function refuse(part: LineAmount, line: RemainingLine | null, problem: string): LineRefusal {
  return {
    code: "invalidRequest",
    line: { id: part.id, name: line?.name ?? part.id },
    left: null,
    message: `The line "${part.id}"${line === null ? "" : ` (${line.name})`} ${problem}.`,
  };
}

/** A refusal that no single line is the reason of. */
export function refuseWhole(code: LineRefusal["code"], message: string): LineRefusal {
  return { code, line: null, left: null, message };
}

export function totalOf(parts: readonly { readonly amount: Money }[], currency: Currency): Money {
  return sum(
    parts.map((part) => part.amount),
    currency,
  );
}

function readLine(line: ServiceLine, currency: Currency): RemainingLine {
  const quantity = toTicks(line.quantity);
  const amount = toTicks(line.amountIncludingTax);
  const digits = currencyDigits.get(currency);
  if (quantity === null || amount === null || digits === undefined) {
    throw unknown(
      `The line "${line.uniqueId}" has the quantity "${line.quantity}" and amount "${line.amountIncludingTax}".`,
    );
  }
  const minor = Number(divide(amount, 10n ** BigInt(8 - digits)));
  return { id: line.uniqueId, name: line.name ?? line.uniqueId, quantity, amount: { minor, currency } };
}

function unknown(message: string): PaymentError {
  return new PaymentError("unknownState", message);
}
