import type { Address, Decimal, LineItem, Money, OrderGroup, ShopOrder } from "@checkout-plugins/core";
import { negate } from "@checkout-plugins/core";
import type { BigNumberInput } from "@medusajs/framework/types";
import { MathBN } from "@medusajs/framework/utils";
import { toCoreMoney } from "./medusa-money.ts";

interface TaxLine {
  readonly rate: BigNumberInput;
  readonly code?: string | null;
  readonly description?: string | null;
}
interface Item {
  readonly id: string;
  readonly title?: string | null;
  readonly product_title?: string | null;
  readonly variant_title?: string | null;
  readonly variant_sku?: string | null;
  readonly quantity: BigNumberInput;
  readonly total: BigNumberInput;
  readonly requires_shipping?: boolean | null;
  readonly tax_lines?: readonly TaxLine[] | null;
}
interface ShippingMethod {
  readonly id: string;
  readonly name: string;
  readonly total: BigNumberInput;
  readonly tax_lines?: readonly TaxLine[] | null;
}
interface CreditLine {
  readonly id: string;
  readonly amount: BigNumberInput;
  readonly reference?: string | null;
}
interface MedusaAddress {
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly company?: string | null;
  readonly address_1?: string | null;
  readonly address_2?: string | null;
  readonly city?: string | null;
  readonly postal_code?: string | null;
  readonly country_code?: string | null;
  readonly province?: string | null;
  readonly phone?: string | null;
}

/** A cart or an order, as far as a payment needs it. */
export interface MedusaCart {
  readonly id: string;
  /** Only an order has one. */
  readonly display_id?: number | null;
  readonly total: BigNumberInput;
  readonly currency_code: string;
  readonly email?: string | null;
  readonly locale?: string | null;
  readonly customer_id?: string | null;
  readonly items?: readonly Item[] | null;
  readonly shipping_methods?: readonly ShippingMethod[] | null;
  readonly credit_lines?: readonly CreditLine[] | null;
  readonly billing_address?: MedusaAddress | null;
  readonly shipping_address?: MedusaAddress | null;
}

/** What is asked of Medusa's query, for a cart as for an order. */
export const cartFields: readonly string[] = [
  "id",
  "total",
  "currency_code",
  "email",
  "locale",
  "customer_id",
  "items.*",
  "items.total",
  "items.tax_lines.*",
  "shipping_methods.*",
  "shipping_methods.total",
  "shipping_methods.tax_lines.*",
  "credit_lines.*",
  "billing_address.*",
  "shipping_address.*",
];

export interface Owed {
  readonly group: string;
  /** Of the payment session. */
  readonly amount: BigNumberInput;
  readonly currencyCode: string;
  /** null: the session belongs to neither a cart nor an order. */
  readonly cart: MedusaCart | null;
  /** Where the cart has no locale. IETF tag. */
  readonly language: string;
}

/**
 * The order as the service is told it. The session's amount is what is owed; where it is not the cart's total (what an
 * edited order still lacks, a share of an order) one line says so, since the cart's lines would not add up to it.
 *
 * @throws PaymentError `invalidAmount`.
 */
export function toShopOrder({ group, amount, currencyCode, cart, language }: Owed): ShopOrder {
  const total = toCoreMoney(amount, currencyCode);
  const isWhole = cart !== null && toCoreMoney(cart.total, cart.currency_code).minor === total.minor;
  const number = typeof cart?.display_id === "number" ? String(cart.display_id) : null;
  return {
    group: group as OrderGroup,
    merchantReference: number,
    total,
    lines: isWhole ? toLines(cart) : [toWhole(total, number)],
    customer: { id: cart?.customer_id ?? null, email: cart?.email ?? null },
    billing: toAddress(cart?.billing_address ?? cart?.shipping_address, cart?.email),
    shipping: toAddress(cart?.shipping_address, cart?.email),
    language: toLanguage(cart?.locale) ?? language,
  };
}

function toLines({ currency_code: currency, items, shipping_methods, credit_lines }: MedusaCart): readonly LineItem[] {
  const products = (items ?? []).map(
    (item): LineItem => ({
      id: item.id,
      type: "product",
      name: toName(item),
      sku: item.variant_sku ?? null,
      quantity: MathBN.convert(item.quantity).toFixed() as Decimal,
      total: toCoreMoney(item.total, currency),
      taxes: toTaxes(item.tax_lines),
      shippingRequired: item.requires_shipping ?? false,
    }),
  );
  const shipping = (shipping_methods ?? []).map(
    (method): LineItem => ({
      ...single(method.id, "shipping", method.name, toCoreMoney(method.total, currency)),
      taxes: toTaxes(method.tax_lines),
    }),
  );
  const credits = (credit_lines ?? []).map((line) => toCredit(line, toCoreMoney(line.amount, currency)));
  return [...products, ...shipping, ...credits];
}

/** A credit lowers what is owed, as store credit and gift cards do; a negative one raises it. */
function toCredit({ id, reference }: CreditLine, amount: Money): LineItem {
  return single(id, amount.minor < 0 ? "fee" : "discount", reference ?? "", negate(amount));
}

function toWhole(total: Money, number: string | null): LineItem {
  return single("amount-due", "product", number === null ? "" : `#${number}`, total);
}

function single(id: string, type: LineItem["type"], name: string, total: Money): LineItem {
  return { id, type, name, sku: null, quantity: "1" as Decimal, total, taxes: [], shippingRequired: false };
}

function toName({ product_title, title, variant_title }: Item): string {
  const name = product_title ?? title ?? "";
  return variant_title && variant_title !== name ? `${name} (${variant_title})` : name;
}

function toTaxes(lines: readonly TaxLine[] | null | undefined): LineItem["taxes"] {
  return (lines ?? []).map(({ rate, code, description }) => ({
    title: description || code || "",
    rate: MathBN.convert(rate).toFixed() as Decimal,
  }));
}

function toAddress(address: MedusaAddress | null | undefined, email: string | null | undefined): Address | null {
  if (!address) return null;
  const country = address.country_code?.toUpperCase();
  const fields: Record<keyof Address, string | null | undefined> = {
    givenName: address.first_name,
    familyName: address.last_name,
    organization: address.company,
    street: [address.address_1, address.address_2].filter(Boolean).join("\n"),
    postcode: address.postal_code,
    city: address.city,
    country,
    state: toState(address.province, country),
    email,
    phone: address.phone,
    dateOfBirth: null,
    salutation: null,
    vatNumber: null,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Address;
}

/** Medusa keeps "ch-zh", or what the buyer wrote; only a code of ISO 3166-2 is understood. */
function toState(province: string | null | undefined, country: string | undefined): string | undefined {
  const code = province?.toUpperCase();
  return code !== undefined && country !== undefined && code.startsWith(`${country}-`) ? code : undefined;
}

function toLanguage(locale: string | null | undefined): string | undefined {
  const [, language, country] = /^([a-z]{2})[-_]([A-Za-z]{2})$/.exec(locale ?? "") ?? [];
  return language && country ? `${language}-${country.toUpperCase()}` : undefined;
}
