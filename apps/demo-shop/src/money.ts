import { type Currency, type Money, toDecimal } from "@checkout-plugins/core";
import type { Language, Translated } from "./language.ts";

/** An amount in Rappen (1/100 CHF), with VAT: a safe integer. The whole shop counts in these, and in nothing else. */
export type Rappen = number;

/** The two rates of this shop, in percent: the standard one, and the reduced one of food and books (MWSTG Art. 25). */
export type VatRate = "8.1" | "2.6";
export const vatRates: readonly VatRate[] = ["8.1", "2.6"];

export const vatNames: Translated = { de: "MWST", fr: "TVA", it: "IVA", en: "VAT" };

const perMille: Readonly<Record<VatRate, number>> = { "8.1": 81, "2.6": 26 };

/** @throws RangeError when `rappen` is not a safe integer. */
export function toChf(rappen: Rappen): Money {
  if (!Number.isSafeInteger(rappen)) throw new RangeError(`An amount must be whole Rappen, got ${rappen}`);
  return { minor: rappen, currency: "CHF" as Currency };
}

/** The tax contained in `gross`, rounded half up to the Rappen. */
export function vatWithin(gross: Rappen, rate: VatRate): Rappen {
  return Math.round((gross * perMille[rate]) / (1000 + perMille[rate]));
}

/**
 * Splits `amount` in proportion to `weights`, to the last Rappen: the parts' sum is the amount. Leftover Rappen go to
 * the largest remainders, the first of equals. Weights are not negative, and at least one is greater than 0.
 */
export function spread(amount: Rappen, weights: readonly number[]): Rappen[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole <= 0) throw new RangeError("There is nothing to spread an amount over");
  const parts = weights.map((weight) => Math.floor((amount * weight) / whole));
  const remainders = weights.map((weight, index) => ({ index, rest: (amount * weight) % whole }));
  remainders.sort((a, b) => b.rest - a.rest || a.index - b.index);
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  for (const { index } of remainders.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** "CHF 1’234.50", as the buyer's part of Switzerland writes it; the sign comes first: "−CHF 10.00". */
export function formatMoney({ minor, currency }: Money, language: Language): string {
  const format = new Intl.NumberFormat(`${language}-CH`, { style: "currency", currency });
  const decimal = toDecimal({ minor: Math.abs(minor), currency });
  const amount = format.format(decimal as Intl.StringNumericLiteral).replaceAll("'", "’");
  return `${minor < 0 ? "−" : ""}${amount}`;
}

/** "8.1 %", "2,6 %": as the language writes it. */
export function formatRate(rate: VatRate, language: Language): string {
  return new Intl.NumberFormat(`${language}-CH`, { style: "percent", minimumFractionDigits: 1 }).format(
    perMille[rate] / 1000,
  );
}
