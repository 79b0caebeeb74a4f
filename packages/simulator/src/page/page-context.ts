import { type Language, toLanguage } from "../catalogue/languages.ts";
import type { TransactionRow, UserInterface } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import { type PageTexts, pageTexts } from "./texts.ts";

/** How the page stands: in a window of its own, or in a frame of a shop's page. */
export interface Stand {
  readonly userInterface: UserInterface;
  /** Origin of the shop's page around it. */
  readonly parent: string | null;
}
export const ownWindow: Stand = { userInterface: "PAYMENT_PAGE", parent: null };

/** What every part of a payment page needs. */
export interface PageContext {
  readonly transaction: TransactionRow;
  readonly shopName: string;
  readonly texts: PageTexts;
  readonly language: Language;
  readonly stand: Stand;
  /** An amount of the order's currency as people read it; exact, however many digits it has. */
  money(amount: string): string;
  /** Where the page's forms go: its own address. */
  readonly action: string;
}

const locales: Readonly<Record<Language, string>> = { de: "de-CH", fr: "fr-CH", it: "it-CH", en: "en-CH" };

export function createPageContext(transaction: TransactionRow, shopName: string, stand: Stand): PageContext {
  const { id, space, securityToken, content } = transaction;
  const language = toLanguage(content.language);
  const digits = currencyDigits(content.currency);
  const format = new Intl.NumberFormat(locales[language], {
    style: "currency",
    currency: content.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: 8,
  });
  const path = stand.userInterface === "IFRAME" ? "form" : "pay";
  const frame = stand.parent === null ? "" : `&parent=${encodeURIComponent(stand.parent)}`;
  const view = stand.userInterface === "LIGHTBOX" ? "&view=lightbox" : "";
  return {
    transaction,
    shopName,
    language,
    stand,
    texts: pageTexts[language],
    money: (amount) => format.format(amount as Intl.StringNumericLiteral),
    action: `/s/${space}/payment/transaction/${path}/${id}?securityToken=${securityToken}${view}${frame}`,
  };
}
