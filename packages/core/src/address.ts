import type { AddressCreate } from "@checkout-plugins/client";
import type { Address } from "./contract/order.ts";
import { cutText, toSingleLine } from "./text.ts";

/**
 * An address within the service's limits. A text that is too long is cut, because a buyer shall not fail to pay over a
 * long company name. What would be another value when cut, or is not one at all, is left out instead: an e-mail address,
 * a country that is not ISO 3166 alpha-2, a state that is not of that country, a date that is not in the calendar.
 *
 * Undefined when nothing is left.
 */
export function toAddressCreate(address: Address | null): AddressCreate | undefined {
  if (address === null) return undefined;
  const country = toCountry(address.country);
  const fields: { readonly [Field in keyof AddressCreate]: string | undefined } = {
    givenName: toField(address.givenName, 100),
    familyName: toField(address.familyName, 100),
    organizationName: toField(address.organization, 100),
    street: toStreet(address.street),
    postcode: toField(address.postcode, 40),
    city: toField(address.city, 100),
    country,
    postalState: toPostalState(address.state, country),
    emailAddress: toEmail(address.email),
    phoneNumber: toField(address.phone, 100),
    dateOfBirth: toDate(address.dateOfBirth),
    salutation: toField(address.salutation, 20),
    salesTaxNumber: toField(address.vatNumber, 100),
  };
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** For `customerEmailAddress` too: at most 254 characters with one @; undefined for anything else. */
export function toEmail(text: string | null | undefined): string | undefined {
  const email = text?.trim() ?? "";
  return email.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email) ? email : undefined;
}

/**
 * The order number as acquirers accept it: printable ASCII, at most 100 characters. Letters lose their accents
 * ("Zürich-7" becomes "Zurich-7"), what has no ASCII form is left out. Undefined when nothing is left.
 */
export function toMerchantReference(text: string | null): string | undefined {
  const ascii = toSingleLine(text ?? "")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "");
  return toSingleLine(ascii).slice(0, 100).trimEnd() || undefined;
}

function toField(text: string | undefined, max: number): string | undefined {
  return text === undefined ? undefined : cutText(toSingleLine(text), max);
}

/** The one field that may have several lines. */
function toStreet(text: string | undefined): string | undefined {
  const lines = text?.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map(toSingleLine);
  return lines === undefined ? undefined : cutText(lines.filter((line) => line !== "").join("\n"), 300);
}

function toCountry(text: string | undefined): string | undefined {
  const country = text?.trim().toUpperCase();
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined;
}

/** "CH-ZH"; a bare "ZH" gets its country. */
function toPostalState(text: string | undefined, country: string | undefined): string | undefined {
  const state = text?.trim().toUpperCase() ?? "";
  if (country === undefined) return /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(state) ? state : undefined;
  const code = state.startsWith(`${country}-`) ? state.slice(3) : state;
  return /^[A-Z0-9]{1,3}$/.test(code) ? `${country}-${code}` : undefined;
}

function toDate(text: string | undefined): string | undefined {
  const date = text?.trim() ?? "";
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(date)) return undefined;
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date) ? date : undefined;
}
