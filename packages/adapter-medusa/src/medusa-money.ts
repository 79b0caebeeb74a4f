import { currencyDigits, type Money, PaymentError, toCurrency, toDecimal, toMoney } from "@checkout-plugins/core";
import type { BigNumberInput } from "@medusajs/framework/types";
import { MathBN } from "@medusajs/framework/utils";

/** BigNumber.js: half up, away from zero. */
const halfUp = 4;

/**
 * Medusa counts in major units and beyond the currency's digits (a third of CHF 10 is 3.3333…), and gives a refund as
 * `{ value, precision }`. What can be paid has the currency's own digits: CHF 2, JPY 0, KWD 3. Its codes are lower case.
 *
 * @throws PaymentError `invalidAmount` for a currency that is not in ISO 4217, or an amount that is no number.
 */
export function toCoreMoney(amount: BigNumberInput, currencyCode: string): Money {
  const currency = toCurrency(currencyCode.toUpperCase());
  const decimal = MathBN.convert(amount).toFixed(currencyDigits.get(currency) ?? 0, halfUp);
  if (!/^-?\d/.test(decimal)) {
    throw new PaymentError("invalidAmount", `Medusa gives ${JSON.stringify(amount)} ${currency}, which is no amount.`);
  }
  return toMoney(/^-0(\.0*)?$/.test(decimal) ? "0" : decimal, currency);
}

/** Major units as text, which Medusa takes for any amount without loss. */
export function toMedusaAmount(amount: Money): string {
  return toDecimal(amount);
}
