import type { Language } from "../console/texts.ts";
import type { FieldFault, ShopField } from "./shop-input.ts";
import { de } from "./texts.de.ts";
import { en } from "./texts.en.ts";
import { fr } from "./texts.fr.ts";
import { it } from "./texts.it.ts";

/** Everything the pages for managing shops say, in one language. */
export interface ManageTexts {
  readonly title: string;
  readonly payments: string;
  readonly shops: string;
  readonly signIn: {
    readonly heading: string;
    readonly label: string;
    readonly hint: string;
    readonly button: string;
    readonly out: string;
    readonly wrong: string;
    /** `{seconds}` */
    readonly wait: string;
  };
  readonly list: {
    readonly empty: string;
    readonly otherPlatform: string;
    readonly add: string;
    readonly next: string;
    readonly shop: string;
    readonly platform: string;
    readonly mode: string;
    readonly connection: string;
    readonly fixed: string;
    readonly removed: string;
    readonly notPaired: string;
  };
  readonly modes: { readonly live: string; readonly test: string };
  readonly states: {
    readonly connected: string;
    readonly connecting: string;
    readonly notConnected: string;
    readonly noSpace: string;
  };
  readonly form: {
    readonly heading: string;
    readonly aboutSpaces: string;
    readonly space: { readonly test: string; readonly live: string };
    readonly labels: Readonly<Record<ShopField, string>>;
    readonly keyKept: string;
    readonly integrations: { readonly page: string; readonly lightbox: string; readonly iframe: string };
    readonly completions: { readonly configured: string; readonly immediate: string; readonly deferred: string };
    readonly doublePayments: { readonly resolve: string; readonly tell: string };
    readonly save: string;
    readonly wrong: string;
    readonly faults: Readonly<Record<FieldFault, string>>;
    readonly changed: string;
    readonly saved: string;
  };
  readonly switch: {
    readonly heading: string;
    readonly isTest: string;
    readonly isLive: string;
    readonly toLive: string;
    readonly toTest: string;
    readonly noLive: string;
    readonly noTest: string;
  };
  readonly pairing: {
    readonly heading: string;
    readonly how: string;
    readonly button: string;
    readonly once: string;
    readonly again: string;
  };
  readonly methods: {
    readonly heading: string;
    readonly empty: string;
    readonly hidden: string;
    readonly reasons: { readonly inactive: string; readonly currency: string; readonly unknown: string };
    readonly fault: string;
  };
  readonly remove: {
    readonly heading: string;
    readonly what: string;
    readonly confirm: string;
    readonly button: string;
    readonly unconfirmed: string;
    readonly done: string;
  };
  readonly notFound: string;
  readonly forged: string;
}

export const manageTexts: Readonly<Record<Language, ManageTexts>> = { de, fr, it, en };
