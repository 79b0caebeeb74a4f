export type * from "./contract/adapter.ts";
export type * from "./contract/commands.ts";
export type * from "./contract/core.ts";
export type * from "./contract/ids.ts";
export type * from "./contract/order.ts";
export type * from "./contract/payment.ts";
export type * from "./contract/store.ts";
export { isPaymentError, PaymentError, type PaymentErrorCode, type PaymentErrorOptions } from "./errors.ts";
