import type { Currency, Decimal, Money } from "./contract/ids.ts";
import { currencyDigits } from "./currency-digits.ts";
import { PaymentError } from "./errors.ts";

/** @throws PaymentError `invalidAmount` for anything but an upper case ISO 4217 code with known minor units. */
export function toCurrency(code: string): Currency {
  digitsOf(code);
  return code as Currency;
}

/**
 * Reads an amount in major units: "29.95" is 2995 Rappen, "100" in JPY is 100 yen. Zeros beyond the currency's digits
 * carry nothing and are accepted ("29.950" in CHF).
 *
 * @throws PaymentError `invalidAmount` for an unknown currency, for anything but plain notation (no exponent, space,
 * plus sign, grouping or leading zero), for digits the currency does not have, and beyond 2^53 - 1 minor units.
 */
export function toMoney(decimal: string, currency: string): Money {
  const digits = digitsOf(currency);
  const [, sign, whole, fraction = ""] = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(decimal) ?? [];
  if (whole === undefined) {
    throw invalid(`"${decimal}" is not an amount: give major units in plain notation, such as "29.95".`);
  }
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw invalid(`${decimal} ${currency} has more than the ${digits} decimals of this currency: round it first.`);
  }
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  return money(sign === "-" ? -minor : minor, currency as Currency);
}

/**
 * Major units with exactly the currency's digits: "29.95" CHF, "100" JPY, "1.500" KWD.
 *
 * @throws PaymentError `invalidAmount` when `minor` is not a safe integer or the currency is unknown.
 */
export function toDecimal(amount: Money): Decimal {
  const { minor, currency } = money(amount.minor, amount.currency);
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = digits === 0 ? "" : `.${text.slice(-digits)}`;
  return `${minor < 0 ? "-" : ""}${whole}${fraction}` as Decimal;
}

/** @throws PaymentError `invalidAmount` for an unknown currency. */
export function zero(currency: string): Money {
  return money(0, toCurrency(currency));
}

/** @throws PaymentError `invalidAmount` for two currencies, and for a result beyond 2^53 - 1 minor units. */
export function add(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return money(a.minor + b.minor, a.currency);
}

/** @throws PaymentError `invalidAmount` for two currencies, and for a result beyond 2^53 - 1 minor units. */
export function subtract(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return money(a.minor - b.minor, a.currency);
}

export function negate(amount: Money): Money {
  return money(-amount.minor, amount.currency);
}

/** @throws PaymentError `invalidAmount` for two currencies. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  requireSameCurrency(a, b);
  if (a.minor === b.minor) return 0;
  return a.minor < b.minor ? -1 : 1;
}

/**
 * The sum in `currency`, which is zero for no amounts.
 *
 * @throws PaymentError `invalidAmount` for an amount of another currency, and beyond 2^53 - 1 minor units.
 */
export function sum(amounts: Iterable<Money>, currency: string): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

/** What of these is in `currency`: amounts that were asked for in another one are refused and count for nothing. */
export function inCurrency(amounts: readonly (Money | null)[], currency: string): readonly Money[] {
  return amounts.flatMap((amount) => (amount === null || amount.currency !== currency ? [] : [amount]));
}

export function isZero(amount: Money): boolean {
  return amount.minor === 0;
}

function digitsOf(currency: string): number {
  const digits = currencyDigits.get(currency);
  if (digits !== undefined) return digits;
  throw invalid(`"${currency}" is not a currency we know: give an ISO 4217 code in upper case, such as "CHF".`);
}

function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) {
    throw invalid(`${minor} minor units of ${currency} is not a whole number we can count exactly (at most 2^53 - 1).`);
  }
  // A zero has no sign: -0 would differ from 0 in Object.is and in stored comparisons.
  return { minor: minor === 0 ? 0 : minor, currency };
}

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw invalid(`Amounts in ${a.currency} and ${b.currency} cannot be combined.`);
}

function invalid(message: string): PaymentError {
  return new PaymentError("invalidAmount", message);
}
