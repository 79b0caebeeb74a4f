import type { Currency, Decimal, Money, OrderGroup } from "./ids.ts";

/**
 * One line of the order as the shop states it.
 *
 * `total` is the whole line with tax and after its own discounts, negative for a discount or a gift card. Type
 * `rounding` is a rounding that the shop itself states, such as the Swiss 0.05.
 */
export interface LineItem {
  /** Unique in the order and stable over updates, because completions and refunds refer to it. At most 200 characters. */
  readonly id: string;
  readonly type: "product" | "shipping" | "fee" | "discount" | "tip" | "rounding";
  readonly name: string;
  readonly sku: string | null;
  /** Greater than 0; decimals are allowed ("1.5" kg). */
  readonly quantity: Decimal;
  readonly total: Money;
  /** Rates in percent; several are added up. */
  readonly taxes: readonly { readonly title: string; readonly rate: Decimal }[];
  readonly shippingRequired: boolean;
}

export interface Address {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly organization?: string;
  readonly street?: string;
  readonly postcode?: string;
  readonly city?: string;
  /** ISO 3166 alpha-2. */
  readonly country?: string;
  /** ISO 3166-2, "CH-ZH". */
  readonly state?: string;
  readonly email?: string;
  readonly phone?: string;
  /** YYYY-MM-DD; some invoice methods ask for it. */
  readonly dateOfBirth?: string;
  readonly salutation?: string;
  readonly vatNumber?: string;
}

/** What the shop wants paid. The sum of the lines is the total, to the last unit (ARCHITECTURE 5, rule 2). */
export interface ShopOrder {
  readonly group: OrderGroup | null;
  /** The order number people read; null where the shop has none yet. Not unique. */
  readonly merchantReference: string | null;
  readonly total: Money;
  readonly lines: readonly LineItem[];
  readonly customer: { readonly id: string | null; readonly email: string | null };
  readonly billing: Address | null;
  readonly shipping: Address | null;
  /** IETF tag: "de-CH". */
  readonly language: string;
}

/** A part of an order's line, in a completion or a refund. `amount` is the part's whole amount with tax. */
export interface LineAmount {
  readonly id: string;
  readonly quantity: Decimal;
  readonly amount: Money;
}

export type { Currency };
