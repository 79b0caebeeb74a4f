import { type Address, type Decimal, type OrderGroup, type ShopOrder, toMoney } from "@checkout-plugins/core";
import { type Language, toLanguage } from "../language.ts";
import { toAddress } from "../shopify-address.ts";
import type { PaymentSession, SessionAddress } from "./session-request.ts";

const names: Readonly<Record<Language, string>> = {
  de: "Bestellung",
  fr: "Commande",
  it: "Ordine",
  en: "Order",
};

function toSessionAddress(from: SessionAddress | null | undefined, email: string | null): Address | null {
  if (from === null || from === undefined) return null;
  return toAddress({
    givenName: from.given_name,
    familyName: from.family_name,
    company: from.company,
    lines: [from.line1, from.line2],
    city: from.city,
    postcode: from.postal_code,
    province: from.province,
    country: from.country_code,
    phone: from.phone_number,
    email,
  });
}

/**
 * What Shopify wants paid. A payment session has no lines and no order number: one line of the whole amount, and the
 * session's id, by which both sides find it. `customer` is missing for draft orders.
 *
 * @throws PaymentError `invalidAmount` for an amount that its currency does not have.
 */
export function toShopOrder(session: PaymentSession): ShopOrder {
  const { customer, amount, currency } = session;
  const email = customer?.email ?? null;
  const total = toMoney(amount, currency);
  const language = customer?.locale ?? session.merchant_locale ?? "en";
  const shipping = toSessionAddress(customer?.shipping_address, null);
  return {
    group: session.group as OrderGroup,
    merchantReference: session.id,
    total,
    lines: [
      {
        id: "order",
        type: "product",
        name: names[toLanguage(language)],
        sku: null,
        quantity: "1" as Decimal,
        total,
        taxes: [],
        shippingRequired: shipping !== null,
      },
    ],
    customer: { id: null, email },
    billing: toSessionAddress(customer?.billing_address, email),
    shipping,
    language,
  };
}
