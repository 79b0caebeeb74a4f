export type * from "./contract/index.ts";
export { createCore } from "./core.ts";
export { currencyDigits } from "./currency-digits.ts";
export { isPaymentError, PaymentError, type PaymentErrorCode, type PaymentErrorOptions } from "./errors.ts";
export { toLineItems } from "./line-items.ts";
export { add, compare, isZero, negate, subtract, sum, toCurrency, toDecimal, toMoney, zero } from "./money.ts";
export { toUniqueId } from "./unique-ids.ts";
