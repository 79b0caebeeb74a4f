import type { Address } from "@checkout-plugins/core";
import { isShippingChoice, type ShippingChoice } from "./prices.ts";

/** What is asked for one address field: the page and the check read the same rule. */
export interface FieldRule {
  readonly isRequired: boolean;
  readonly maxLength: number;
  readonly pattern?: RegExp;
  /** https://html.spec.whatwg.org/#autofill */
  readonly autocomplete: string;
  readonly type?: "email" | "tel";
}

export type AddressField =
  | "givenName"
  | "familyName"
  | "organization"
  | "street"
  | "postcode"
  | "city"
  | "country"
  | "email"
  | "phone";

/** We deliver to Switzerland and Liechtenstein, which share their postcodes. */
export const countries = ["CH", "LI"] as const;

export const fieldRules: Readonly<Record<AddressField, FieldRule>> = {
  givenName: { isRequired: true, maxLength: 100, autocomplete: "given-name" },
  familyName: { isRequired: true, maxLength: 100, autocomplete: "family-name" },
  organization: { isRequired: false, maxLength: 100, autocomplete: "organization" },
  street: { isRequired: true, maxLength: 200, autocomplete: "street-address" },
  postcode: { isRequired: true, maxLength: 4, pattern: /^[1-9]\d{3}$/, autocomplete: "postal-code" },
  city: { isRequired: true, maxLength: 100, autocomplete: "address-level2" },
  country: { isRequired: true, maxLength: 2, pattern: /^(?:CH|LI)$/, autocomplete: "country" },
  email: {
    isRequired: true,
    maxLength: 150,
    pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    autocomplete: "email",
    type: "email",
  },
  phone: { isRequired: false, maxLength: 30, pattern: /^[+\d][\d ()/.-]{5,}$/, autocomplete: "tel", type: "tel" },
};
export const billingFields = Object.keys(fieldRules) as readonly AddressField[];
export const deliveryFields: readonly AddressField[] = billingFields.filter((f) => f !== "email" && f !== "phone");

/** What was entered, by the name of the input (`billing.city`), as it was entered: the page shows it again. */
export type Entered = Readonly<Record<string, string>>;
export type Mistake = "missing" | "tooLong" | "invalid";
export type Mistakes = Readonly<Record<string, Mistake>>;

export interface Details {
  readonly billing: Address;
  /** null: to the billing address. */
  readonly delivery: Address | null;
  readonly shipping: ShippingChoice;
}

/** The details of an order, or the mistakes in what was entered by the name of the input. */
export function readDetails(entered: Entered): { readonly details: Details } | { readonly mistakes: Mistakes } {
  const mistakes: Record<string, Mistake> = {};
  const read = (part: string, fields: readonly AddressField[]): Address => {
    const address: Record<string, string> = {};
    for (const field of fields) {
      const name = `${part}.${field}`;
      const value = (entered[name] ?? "").trim();
      const mistake = findMistake(value, fieldRules[field]);
      if (mistake !== null) mistakes[name] = mistake;
      else if (value !== "") address[field] = value;
    }
    return address;
  };
  const { shipping } = entered;
  if (!isShippingChoice(shipping)) return { mistakes: { shipping: "missing" } };
  const billing = read("billing", billingFields);
  const delivery = isElsewhere(entered) ? read("delivery", deliveryFields) : null;
  return Object.keys(mistakes).length > 0 ? { mistakes } : { details: { billing, delivery, shipping } };
}

/** Does the parcel go to another address than the bill? */
export function isElsewhere(entered: Entered): boolean {
  return entered.elsewhere === "yes" && entered.shipping !== "pickup";
}

function findMistake(value: string, rule: FieldRule): Mistake | null {
  if (value === "") return rule.isRequired ? "missing" : null;
  if (value.length > rule.maxLength) return "tooLong";
  return rule.pattern === undefined || rule.pattern.test(value) ? null : "invalid";
}
