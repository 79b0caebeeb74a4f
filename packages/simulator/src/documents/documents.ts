import type { Decimal } from "@checkout-plugins/client";
import { type Texts, toLanguage } from "../catalogue/languages.ts";
import type { LineItem, Time, TransactionRow } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import type { JsonObject } from "../values/json.ts";
import { createPdf, type PdfText } from "./pdf.ts";

export type DocumentKind = "invoice" | "packing slip" | "refund";

/** The service titles its documents in English, whatever their language. */
const titles: Readonly<Record<DocumentKind, Texts>> = {
  invoice: { de: "Rechnung", fr: "Facture", it: "Fattura", en: "Invoice" },
  "packing slip": { de: "Lieferschein", fr: "Bulletin de livraison", it: "Bolla di consegna", en: "Packing slip" },
  refund: { de: "Gutschrift", fr: "Note de crédit", it: "Nota di credito", en: "Credit note" },
};
const total: Texts = { de: "Total", fr: "Total", it: "Totale", en: "Total" };
const warning: Texts = {
  de: "Aus dem Simulator: kein Beleg.",
  fr: "Produit par le simulateur : sans valeur de pièce.",
  it: "Prodotto dal simulatore: non è un documento valido.",
  en: "Made by the simulator: not a receipt.",
};

export interface DocumentContent {
  readonly kind: DocumentKind;
  readonly transaction: TransactionRow;
  readonly shopName: string;
  readonly date: Time;
  readonly lines: readonly LineItem[];
  readonly amount: Decimal;
}

/** A RenderedDocument: a PDF of one page, Base64. */
export function renderDocument({ kind, transaction, shopName, date, lines, amount }: DocumentContent): JsonObject {
  const { currency, merchantReference = transaction.id, language: tag } = transaction.content;
  const language = toLanguage(tag);
  const digits = currencyDigits(currency);
  const format = new Intl.NumberFormat("de-CH", { minimumFractionDigits: digits, maximumFractionDigits: 8 });
  const money = (value: Decimal) => format.format(value as Intl.StringNumericLiteral).replace("−", "-");
  const hasAmounts = kind !== "packing slip";
  const title = `${titles[kind][language]} ${merchantReference}`;
  const rows = lines.flatMap((line, index): PdfText[] => {
    const y = 210 + index * 18;
    const right = { x: 535, y, size: 10, isRight: true };
    return [
      { text: `${line.quantity} x ${line.name}`, x: 60, y, size: 10 },
      ...(hasAmounts ? [{ ...right, text: money(line.amountIncludingTax) }] : []),
    ];
  });
  const end = 225 + lines.length * 18;
  const sum: PdfText[] = [
    { text: `${total[language]} ${currency}`, x: 60, y: end, size: 11, isBold: true },
    { text: money(amount), x: 535, y: end, size: 11, isBold: true, isRight: true },
  ];
  const pdf = createPdf(title, [
    { text: shopName, x: 60, y: 80, size: 11 },
    { text: title, x: 60, y: 130, size: 18, isBold: true },
    { text: new Date(date).toISOString().slice(0, 10), x: 60, y: 155, size: 10 },
    ...rows,
    ...(hasAmounts ? sum : []),
    { text: warning[language], x: 60, y: 790, size: 9 },
  ]);
  return {
    data: Buffer.from(pdf).toString("base64"),
    documentTemplateType: null,
    mimeType: "application/pdf",
    title: `${kind} ${merchantReference}`,
  };
}
