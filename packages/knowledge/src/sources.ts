import type { Citation } from "./facts.ts";
import type { Language } from "./language.ts";

export type SourceId =
  | "questionsFr"
  | "questionsDe"
  | "questionsIt"
  | "questionsEn"
  | "newerQuestionsEn"
  | "documentation"
  | "webService"
  | "officialPlugins";

export interface Source {
  readonly publisher: "PostFinance";
  readonly title: string;
  readonly language: Language;
  /** Of the public page of questions: `earlier` and `newer` are known. null: not a page with editions. */
  readonly edition: "earlier" | "newer" | null;
  /** null: the source has no public address of its own. */
  readonly url: `https://${string}` | null;
}

export const sources: Readonly<Record<SourceId, Source>> = {
  questionsFr: {
    publisher: "PostFinance",
    title: "Questions sur les solutions de Checkout Flex et Checkout All-in-one",
    language: "fr",
    edition: "earlier",
    url: "https://www.postfinance.ch/fr/assistance/produits/onlineshop-pos/questions-sur-les-solutions-de-check-out.html",
  },
  questionsDe: {
    publisher: "PostFinance",
    title: "Fragen zu Checkout Flex und Checkout All-in-one",
    language: "de",
    edition: "earlier",
    url: "https://www.postfinance.ch/de/support/produkte/onlineshop-pos/fragen-zu-check-out-loesungen.html",
  },
  questionsIt: {
    publisher: "PostFinance",
    title: "Domande su Checkout Flex e Checkout All-in-one",
    language: "it",
    edition: "earlier",
    url: "https://www.postfinance.ch/it/assistenza/prodotti/onlineshop-pos/domande-su-soluzioni-di-checkout.html",
  },
  questionsEn: {
    publisher: "PostFinance",
    title: "Questions about Checkout Flex and Checkout All-in-one",
    language: "en",
    edition: "earlier",
    url: "https://www.postfinance.ch/en/support/products/onlineshop-pos/questions-about-checkout-solutions.html",
  },
  newerQuestionsEn: {
    publisher: "PostFinance",
    title: "Questions and answers about Checkout Flex and Checkout All-in-one",
    language: "en",
    edition: "newer",
    url: "https://www.postfinance.ch/en/support/products/onlineshop-pos/questions-about-checkout-solutions.html",
  },
  documentation: {
    publisher: "PostFinance",
    title: "PostFinance Checkout documentation",
    language: "en",
    edition: null,
    url: "https://checkout.postfinance.ch/doc",
  },
  webService: {
    publisher: "PostFinance",
    title:
      "PostFinance Checkout web service 2.0: operations, fields and errors as the official SDK 5.5.0 describes them",
    language: "en",
    edition: null,
    url: null,
  },
  officialPlugins: {
    publisher: "PostFinance",
    title: "Official PostFinance Checkout plug-ins for WooCommerce, Magento and Shopware, with their guides",
    language: "en",
    edition: null,
    url: "https://github.com/pfpayments",
  },
};

/** Most facts: the earlier edition, read in French. A fact that was read again gets its own date: `{ ...inQuestions, asOf }`. */
export const inQuestions: Citation = { source: "questionsFr", asOf: "2026-11-23" };
export const inNewerQuestions: Citation = { source: "newerQuestionsEn", asOf: "2026-11-23" };
export const inDocumentation: Citation = { source: "documentation", asOf: "2026-11-23" };
export const inWebService: Citation = { source: "webService", asOf: "2026-11-23" };
export const inOfficialPlugins: Citation = { source: "officialPlugins", asOf: "2026-11-23" };
