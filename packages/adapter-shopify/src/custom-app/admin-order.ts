import {
  add,
  type Decimal,
  type LineItem,
  type Money,
  type ShopOrder,
  subtract,
  sum,
  toMoney,
} from "@checkout-plugins/core";
import { type Language, toLanguage } from "../language.ts";
import { toAddress } from "../shopify-address.ts";
import {
  type AdminAddress,
  type AdminLine,
  type AdminMoneyBag,
  type AdminOrder,
  type AdminShippingLine,
  toId,
} from "./admin-api.ts";

/** @throws PaymentError `invalidAmount` for an amount that its currency does not have. */
export function toAdminMoney({ presentmentMoney: { amount, currencyCode } }: AdminMoneyBag): Money {
  return toMoney(amount, currencyCode);
}

interface Names {
  readonly whole: string;
  readonly less: string;
  readonly more: string;
}

const names: Readonly<Record<Language, Names>> = {
  de: { whole: "Bestellung", less: "Rabatte und Gutscheine", more: "Gebühren und Rundung" },
  fr: { whole: "Commande", less: "Réductions et bons", more: "Frais et arrondi" },
  it: { whole: "Ordine", less: "Sconti e buoni", more: "Spese e arrotondamento" },
  en: { whole: "Order", less: "Discounts and gift cards", more: "Fees and rounding" },
};

type Taxed = Pick<AdminLine, "taxLines">;

function toTaxes({ taxLines }: Taxed): LineItem["taxes"] {
  return taxLines.flatMap(({ title, ratePercentage: rate }) =>
    rate === null || rate === 0 ? [] : [{ title, rate: String(rate) as Decimal }],
  );
}

/** With tax: prices have it already, or it is beside them. */
function toTotal(price: AdminMoneyBag, { taxLines }: Taxed, taxesIncluded: boolean): Money {
  const money = toAdminMoney(price);
  if (taxesIncluded) return money;
  return taxLines.map(({ priceSet }) => toAdminMoney(priceSet)).reduce(add, money);
}

function toProduct(line: AdminLine, taxesIncluded: boolean): LineItem {
  return {
    id: line.id,
    type: "product",
    name: line.name,
    sku: line.sku,
    quantity: String(line.quantity) as Decimal,
    total: toTotal(line.discountedTotalSet, line, taxesIncluded),
    taxes: toTaxes(line),
    shippingRequired: line.requiresShipping,
  };
}

function toShipping(line: AdminShippingLine, taxesIncluded: boolean): LineItem {
  return {
    ...plain(line.id, line.title, toTotal(line.discountedPriceSet, line, taxesIncluded)),
    type: "shipping",
    taxes: toTaxes(line),
  };
}

function plain(id: string, name: string, total: Money): Omit<LineItem, "type"> {
  return { id, name, total, sku: null, quantity: "1" as Decimal, taxes: [], shippingRequired: false };
}

/**
 * The order's lines, and one for what is left: gift cards, tips, duties, rounding. Of an order that was edited Shopify
 * gives no price of what is left of a line, so it is one line as a whole.
 */
function toLines(order: AdminOrder, total: Money, language: Language): readonly LineItem[] {
  const { lineItems, shippingLines, taxesIncluded } = order;
  const { whole, less, more } = names[language];
  const one: LineItem = {
    ...plain("order", whole, total),
    type: "product",
    shippingRequired: order.shippingAddress !== null,
  };
  if (lineItems.nodes.some(({ quantity, currentQuantity }) => quantity !== currentQuantity)) return [one];
  const lines = [
    ...lineItems.nodes.map((line) => toProduct(line, taxesIncluded)),
    ...shippingLines.nodes.map((line) => toShipping(line, taxesIncluded)),
  ].filter((line) => line.total.minor !== 0);
  const rest = subtract(
    total,
    sum(
      lines.map((line) => line.total),
      total.currency,
    ),
  );
  if (rest.minor === 0) return lines;
  if (lines.length === 0) return [one];
  const isLess = rest.minor < 0;
  return [...lines, { ...plain("rest", isLess ? less : more, rest), type: isLess ? "discount" : "fee" }];
}

function toAdminAddress(from: AdminAddress | null, email: string | null) {
  if (from === null) return null;
  return toAddress({
    givenName: from.firstName,
    familyName: from.lastName,
    company: from.company,
    lines: [from.address1, from.address2],
    city: from.city,
    postcode: from.zip,
    province: from.provinceCode,
    country: from.countryCodeV2,
    phone: from.phone,
    email,
  });
}

/** What is outstanding of an order. @throws PaymentError `invalidAmount`. */
export function toShopOrder(order: AdminOrder): ShopOrder {
  const { email, customer, customerLocale } = order;
  const total = toAdminMoney(order.totalOutstandingSet);
  const language = customerLocale ?? "en";
  return {
    group: null,
    merchantReference: order.name,
    total,
    lines: toLines(order, total, toLanguage(language)),
    customer: { id: customer === null ? null : toId(customer.id), email },
    billing: toAdminAddress(order.billingAddress, email),
    shipping: toAdminAddress(order.shippingAddress, null),
    language,
  };
}
