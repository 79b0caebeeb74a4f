import type { FindingKind, Standing } from "@checkout-plugins/core";
import { de } from "./texts.de.ts";
import { en } from "./texts.en.ts";
import { fr } from "./texts.fr.ts";
import { it } from "./texts.it.ts";

/** Everything the console says, in one language; the rest are names and numbers. */
export interface Texts {
  /** IETF tag for numbers and dates. */
  readonly locale: string;
  /** The language's own name. */
  readonly language: string;
  readonly languages: string;
  readonly title: string;
  readonly asOf: string;
  readonly summary: { readonly payments: string; readonly due: string; readonly findings: string };
  readonly shops: {
    readonly heading: string;
    readonly shop: string;
    readonly space: string;
    readonly live: string;
    readonly test: string;
    readonly webhooks: string;
    readonly connected: string;
    readonly connecting: string;
    readonly notConnected: string;
  };
  readonly payments: {
    readonly heading: string;
    readonly reference: string;
    readonly amount: string;
    readonly standing: string;
    readonly refunded: string;
    readonly shown: string;
    readonly next: string;
    readonly isShown: string;
    readonly notShownSince: string;
    readonly nothingShown: string;
    readonly now: string;
    readonly never: string;
    readonly mayShip: string;
    readonly test: string;
    readonly empty: string;
    /** Before the address to which the shop sends its commands. */
    readonly emptyNext: string;
    readonly newest: string;
  };
  readonly findings: {
    readonly heading: string;
    readonly empty: string;
    readonly since: string;
    readonly detail: string;
    readonly kinds: Readonly<Record<FindingKind, string>>;
  };
  readonly messages: {
    readonly heading: string;
    readonly email: string;
    readonly webhook: string;
    readonly nobody: string;
    readonly test: string;
    readonly sent: string;
    readonly failed: string;
  };
  readonly buyers: {
    readonly heading: string;
    readonly explanation: string;
    readonly by: string;
    readonly email: string;
    readonly customer: string;
    readonly value: string;
    readonly sure: string;
    readonly export: string;
    readonly erase: string;
    readonly erased: string;
    readonly held: string;
  };
  readonly standings: Readonly<Record<Standing, string>>;
}

export type Language = "de" | "fr" | "it" | "en";
export const languages: readonly Language[] = ["de", "fr", "it", "en"];
export const texts: Readonly<Record<Language, Texts>> = { de, fr, it, en };
