import type { Language } from "./language.ts";
import type { SourceId } from "./sources.ts";

/** ISO 8601 date, such as "2026-11-23". */
export type IsoDate = `${number}-${number}-${number}`;

export type Product = "allInOne" | "flex" | "posPaymentFlex";

/** online: in the shop's checkout. counter: at a payment terminal. */
export type Channel = "online" | "counter";

/** Where a fact stands and when it was read there. No fact is without. */
export interface Citation {
  readonly source: SourceId;
  /** The day the source was read, not the day the fact began to hold. */
  readonly asOf: IsoDate;
}

interface Dated extends Citation {
  /** Unique within its entry. */
  readonly id: string;
  /** Editions of the source differ here: each edition's word is its own fact, and a newer one may differ again. */
  readonly volatile: boolean;
  /** Absent: the source does not tie the fact to a product. */
  readonly products?: readonly Product[];
  /** Absent: the source does not tie the fact to a channel. */
  readonly channel?: Channel;
}

export interface PriceFact extends Dated {
  readonly kind: "price";
  /** Minor units of CHF: 24900 is CHF 249.00. */
  readonly minor: number;
  readonly currency: "CHF";
  readonly vat: "excluded" | "notStated";
  readonly per: "once" | "month" | "minute";
  /** The price of each further space, not of the plan. */
  readonly each?: "furtherSpace";
  /** The source names an upper limit, not the price itself. */
  readonly atMost?: true;
}

export interface DurationFact extends Dated {
  readonly kind: "duration";
  readonly atLeast?: number;
  readonly atMost: number;
  readonly unit: "days" | "workingDays";
  /** The source says "usually". */
  readonly usual?: true;
}

export interface CountFact extends Dated {
  readonly kind: "count";
  readonly what: "includedSpaces";
  readonly count: number;
}

export interface PhoneFact extends Dated {
  readonly kind: "phone";
  /** For dialling: +41 and digits only. */
  readonly number: `+41${number}`;
  /** As the source prints it. */
  readonly printed: string;
}

export interface EmailFact extends Dated {
  readonly kind: "email";
  readonly address: `${string}@${string}`;
}

export interface UrlFact extends Dated {
  readonly kind: "url";
  readonly url: `https://${string}`;
  /** As the source prints it; it stands in the answer in this form. */
  readonly printed: string;
}

export interface NamesFact extends Dated {
  readonly kind: "names";
  readonly what:
    | "collectingPartner"
    | "methods"
    | "shopSystems"
    | "directIntegration"
    | "hidingConditions"
    | "settings";
  /** Empty: this edition names none. */
  readonly names: readonly string[];
}

/** A path through the back office, with the labels of that language's edition. */
export interface MenuPathFact extends Dated {
  readonly kind: "menuPath";
  readonly language: Language;
  readonly path: readonly string[];
}

/** What no figure holds, for developers; people read the answer. */
export interface StatementFact extends Dated {
  readonly kind: "statement";
  readonly statement: string;
}

export type Fact =
  | PriceFact
  | DurationFact
  | CountFact
  | PhoneFact
  | EmailFact
  | UrlFact
  | NamesFact
  | MenuPathFact
  | StatementFact;
