import type { Address } from "@checkout-plugins/core";

/** An address in the words that both of Shopify's forms have in common. */
export interface ShopifyAddress {
  readonly givenName: string | null | undefined;
  readonly familyName: string | null | undefined;
  readonly company: string | null | undefined;
  readonly lines: readonly (string | null | undefined)[];
  readonly city: string | null | undefined;
  readonly postcode: string | null | undefined;
  /** The part after the country in ISO 3166-2, "ZH"; a name of the province is left out. */
  readonly province: string | null | undefined;
  readonly country: string | null | undefined;
  readonly phone: string | null | undefined;
  readonly email: string | null | undefined;
}

/** What Shopify does not know is left out. */
export function toAddress(from: ShopifyAddress): Address {
  const { country, province } = from;
  const isCode = province !== null && province !== undefined && /^[A-Z0-9]{1,3}$/.test(province);
  const fields: Partial<Record<keyof Address, string | null | undefined>> = {
    givenName: from.givenName,
    familyName: from.familyName,
    organization: from.company,
    street: from.lines.filter((line) => line).join("\n"),
    postcode: from.postcode,
    city: from.city,
    country,
    state: isCode && country ? `${country}-${province}` : null,
    email: from.email,
    phone: from.phone,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Address;
}
