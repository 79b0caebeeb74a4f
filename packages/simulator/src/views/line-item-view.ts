import type { Decimal } from "@checkout-plugins/client";
import type { Address, LineItem, Tax } from "../state/transaction.ts";
import { divide, subtract, sum, zero } from "../values/decimal.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import { filled } from "./common.ts";

const one = "1" as Decimal;
const hundred = "100" as Decimal;

/** All amounts with eight decimals at most; excluding tax = including tax / (1 + sum of the rates / 100). */
export function lineItemView(line: LineItem): JsonObject {
  const taxes = line.taxes ?? [];
  const rate = sum(taxes.map((tax) => tax.rate));
  const factor = sum([one, divide(rate, hundred)]);
  const net = (amount: Decimal) => divide(amount, factor);
  const each = (amount: Decimal) => (line.quantity === zero ? zero : divide(amount, line.quantity));
  const amount = line.amountIncludingTax;
  const discount = line.discountIncludingTax ?? zero;
  const undiscounted = sum([amount, discount]);
  const tax = subtract(amount, net(amount));
  return {
    uniqueId: line.uniqueId,
    sku: line.sku ?? null,
    name: line.name,
    type: line.type,
    quantity: numberText(line.quantity),
    shippingRequired: line.shippingRequired ?? null,
    amountIncludingTax: numberText(amount),
    amountExcludingTax: numberText(net(amount)),
    unitPriceIncludingTax: numberText(each(amount)),
    unitPriceExcludingTax: numberText(net(each(amount))),
    taxAmount: numberText(tax),
    taxAmountPerUnit: numberText(subtract(each(amount), net(each(amount)))),
    aggregatedTaxRate: numberText(rate),
    discountIncludingTax: numberText(discount),
    discountExcludingTax: numberText(net(discount)),
    undiscountedAmountIncludingTax: numberText(undiscounted),
    undiscountedAmountExcludingTax: numberText(net(undiscounted)),
    undiscountedUnitPriceIncludingTax: numberText(each(undiscounted)),
    undiscountedUnitPriceExcludingTax: numberText(net(each(undiscounted))),
    taxes: taxes.map(taxView),
    attributes: Object.fromEntries(Object.entries(line.attributes ?? {}).map(([key, value]) => [key, { ...value }])),
  };
}

export function taxView(tax: Tax): JsonObject {
  return { title: tax.title, rate: numberText(tax.rate) };
}

/** What of the lines is tax. */
export function taxAmountOf(lines: readonly LineItem[]): Decimal {
  const taxes = lines.map((line) => {
    const rate = sum((line.taxes ?? []).map((tax) => tax.rate));
    return subtract(line.amountIncludingTax, divide(line.amountIncludingTax, sum([one, divide(rate, hundred)])));
  });
  return sum(taxes);
}

const addressFields = [
  "city",
  "commercialRegisterNumber",
  "country",
  "dateOfBirth",
  "dependentLocality",
  "emailAddress",
  "familyName",
  "gender",
  "givenName",
  "mobilePhoneNumber",
  "organizationName",
  "phoneNumber",
  "postalState",
  "postcode",
  "salesTaxNumber",
  "salutation",
  "socialSecurityNumber",
  "sortingCode",
  "street",
] as const;

export function addressView(address: Address | null | undefined): JsonObject | null {
  if (address === null || address === undefined) return null;
  const { legalOrganizationForm, ...texts } = address;
  const form = legalOrganizationForm === undefined ? null : { id: numberText(legalOrganizationForm) };
  return { ...filled(addressFields, texts), legalOrganizationForm: form };
}
