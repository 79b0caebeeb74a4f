import type { Texts } from "./languages.ts";

/** How the payment page asks for a method: a card form, a button that leads to the buyer's app, or an invoice. */
export type MethodKind = "card" | "app" | "invoice";

export interface PaymentMethod {
  /** The service's own id of the method. */
  readonly id: string;
  readonly kind: MethodKind;
  readonly title: Texts;
  readonly description: Texts;
  /** Path of its picture below /resource/. */
  readonly image: string;
}

const same = (text: string): Texts => ({ de: text, fr: text, it: text, en: text });
const app = (id: string, image: string, title: string): PaymentMethod => ({
  id,
  kind: "app",
  title: same(title),
  description: {
    de: `Sie bestätigen die Zahlung mit ${title}.`,
    fr: `Vous confirmez le paiement avec ${title}.`,
    it: `Conferma il pagamento con ${title}.`,
    en: `You confirm the payment with ${title}.`,
  },
  image: `web/image/payment/method/${image}.svg`,
});

/** By the key that a space's list of methods uses; the ids are those of the service. */
export const paymentMethods: Readonly<Record<string, PaymentMethod>> = {
  postFinancePay: app("1689233132073", "postfinance-pay", "PostFinance Pay"),
  card: {
    id: "1457546097597",
    kind: "card",
    title: {
      de: "Kredit-/Debitkarte",
      fr: "Carte de crédit/débit",
      it: "Carta di credito/debito",
      en: "Credit / Debit Card",
    },
    description: {
      de: "Visa oder Mastercard.",
      fr: "Visa ou Mastercard.",
      it: "Visa o Mastercard.",
      en: "Visa or Mastercard.",
    },
    image: "web/image/payment/method/credit-debit-card.svg",
  },
  twint: app("1457546097639", "twint", "TWINT"),
  invoice: {
    id: "1457546097598",
    kind: "invoice",
    title: { de: "Rechnung", fr: "Facture", it: "Fattura", en: "Invoice" },
    description: {
      de: "Sie erhalten die Rechnung und bezahlen innert 30 Tagen.",
      fr: "Vous recevez la facture et payez dans les 30 jours.",
      it: "Riceve la fattura e paga entro 30 giorni.",
      en: "You receive the invoice and pay within 30 days.",
    },
    image: "web/image/payment/method/invoice.svg",
  },
  payPal: app("1457546097613", "paypal", "PayPal"),
  sepaDirectDebit: app("1457546097601", "sepa-direct-debit", "SEPA"),
  bankTransfer: app("1457546097602", "bank-transfer", "Bank transfer"),
  sofort: app("1457546097603", "sofort", "Sofort"),
  eps: app("1457546097609", "eps", "EPS"),
  giropay: app("1457546097610", "giropay", "Giropay"),
  paysafecard: app("1457546097612", "paysafecard", "paysafecard"),
  skrill: app("1457546097614", "skrill", "Skrill"),
  alipay: app("1457546097615", "alipay", "Alipay"),
  przelewy24: app("1457546097617", "przelewy24", "Przelewy24"),
  trustly: app("1457546097619", "trustly", "Trustly"),
  masterPass: app("1457546097621", "masterpass", "MasterPass"),
  paydirekt: app("1457546097640", "paydirekt", "Paydirekt"),
  onlineBanking: app("1460954915005", "online-banking", "Online banking"),
  ideal: app("1461674005576", "ideal", "iDEAL"),
  directDebitUk: app("1464254757862", "direct-debit-uk", "Direct Debit"),
  paylib: app("1476259715349", "paylib", "Paylib"),
  tenpay: app("1477574502344", "tenpay", "Tenpay"),
  paybox: app("1484231986107", "paybox", "paybox"),
};

export const defaultMethods: readonly string[] = ["postFinancePay", "card", "twint", "invoice"];

/** The method of a key that is known to be in the catalogue. */
export function paymentMethod(key: string): PaymentMethod {
  const method = paymentMethods[key];
  if (method === undefined) {
    throw new TypeError(`"${key}" is not a payment method; choose of ${Object.keys(paymentMethods).join(", ")}`);
  }
  return method;
}
