import { type Language, toLanguage } from "../catalogue/languages.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import { type PageTexts, pageTexts } from "./texts.ts";

/** What every part of a payment page needs. */
export interface PageContext {
  readonly transaction: TransactionRow;
  readonly shopName: string;
  readonly texts: PageTexts;
  readonly language: Language;
  /** An amount of the order's currency as people read it; exact, however many digits it has. */
  money(amount: string): string;
  /** Where the page's forms go: its own address. */
  readonly action: string;
}

const locales: Readonly<Record<Language, string>> = { de: "de-CH", fr: "fr-CH", it: "it-CH", en: "en-CH" };

export function createPageContext(transaction: TransactionRow, shopName: string, action: string): PageContext {
  const language = toLanguage(transaction.content.language);
  const { currency } = transaction.content;
  const digits = currencyDigits(currency);
  const format = new Intl.NumberFormat(locales[language], {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: 8,
  });
  return {
    transaction,
    shopName,
    language,
    texts: pageTexts[language],
    money: (amount) => format.format(amount as Intl.StringNumericLiteral),
    action,
  };
}
