import type { Brand, Decimal, Instant, ServiceId, SpaceId } from "@checkout-plugins/client";

export type { Decimal, Instant, ServiceId, SpaceId };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type ShopId = Brand<string, "ShopId">;
/** Ours. `(shopId, reference)` is a payment's other key. */
export type PaymentId = Brand<string, "PaymentId">;
/** The shop's own handle of ONE amount owed, not of the order: WooCommerce order, Medusa or Shopify payment session. */
export type PaymentReference = Brand<string, "PaymentReference">;
/** What several references of one order have in common: Shopify group, Medusa payment collection, Saleor checkout. */
export type OrderGroup = Brand<string, "OrderGroup">;
export type AttemptId = Brand<string, "AttemptId">;
export type CommandId = Brand<string, "CommandId">;
/** The shop's own id of one refund, completion or void. */
export type ShopKey = Brand<string, "ShopKey">;
/** Ours, stable from the first mention: the command's id, else for instance `refund:930001`. */
export type OperationKey = Brand<string, "OperationKey">;
/** Id of a token at the service. */
export type StoredMeansId = Brand<string, "StoredMeansId">;
/** Id of a payment method configuration at the service. */
export type MethodId = Brand<string, "MethodId">;
/** Id of a payment terminal at the service. */
export type TerminalId = Brand<string, "TerminalId">;
/** Id of a terminal's final balance at the service; a newer one is a greater number. */
export type FinalBalanceId = Brand<string, "FinalBalanceId">;
/** ISO 4217, upper case. */
export type Currency = Brand<string, "Currency">;
export type Url = Brand<string, "Url">;
export type Seconds = number;

/** Minor units of `currency` (Rappen for CHF, yen for JPY, fils for KWD): a safe integer. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}
