import { languages, type Texts } from "../language.ts";

export type CardBrand =
  | "visa"
  | "mastercard"
  | "maestro"
  | "vPay"
  | "americanExpress"
  | "diners"
  | "chinaUnionPay"
  | "discover"
  | "jcb";

export type PaymentMethod =
  | "card"
  | "postFinanceCard"
  | "postFinanceEFinance"
  | "postFinancePay"
  | "twint"
  | "invoice"
  | "payPal";

/** What an acceptance partner can accept: a method, or one brand of `card`. */
export type Acceptable = Exclude<PaymentMethod, "card"> | CardBrand;

export const cardBrands: readonly CardBrand[] = [
  "visa",
  "mastercard",
  "maestro",
  "vPay",
  "americanExpress",
  "diners",
  "chinaUnionPay",
  "discover",
  "jcb",
];

export const paymentMethods: readonly PaymentMethod[] = [
  "card",
  "postFinanceCard",
  "postFinanceEFinance",
  "postFinancePay",
  "twint",
  "invoice",
  "payPal",
];

const same = (name: string): Texts => ({ de: name, fr: name, it: name, en: name });

/** Proper names; only the invoice is translated. */
export const methodNames: Readonly<Record<Acceptable, Texts>> = {
  postFinanceCard: same("PostFinance Card"),
  postFinanceEFinance: same("PostFinance E-Finance"),
  postFinancePay: same("PostFinance Pay"),
  twint: same("TWINT"),
  invoice: { de: "Rechnung", fr: "facture", it: "fattura", en: "invoice" },
  payPal: same("PayPal"),
  visa: same("Visa"),
  mastercard: same("Mastercard"),
  maestro: same("Maestro"),
  vPay: same("V PAY"),
  americanExpress: same("American Express"),
  diners: same("Diners Club"),
  chinaUnionPay: same("China UnionPay"),
  discover: same("Discover"),
  jcb: same("JCB"),
};

/** What a card is called in the titles of the service's methods: no proper name, so not among `methodNames`. */
export const cardWords: readonly string[] = ["card", "karte", "carte", "carta"];

/** What the title of a method holds, in any language. Look for `card` last: its words are in the titles of others too. */
export function namesOf(method: PaymentMethod): readonly string[] {
  if (method === "card") return cardWords;
  return [...new Set(languages.map((language) => methodNames[method][language]))];
}
