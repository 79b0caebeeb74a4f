import type { FailureName } from "./failures.ts";
import type { Texts } from "./languages.ts";

/** What becomes of a payment by card: settled at once, or after the buyer's confirmation at the bank. */
export interface TestCard {
  readonly name: string;
  readonly number: string;
  readonly brand: "visa" | "mastercard";
  /** `challenge`: the buyer is asked on a page of its own. */
  readonly authentication: "none" | "passed" | "failed" | "challenge";
  readonly failure: FailureName | null;
  readonly about: Texts;
}

export const testCards: readonly TestCard[] = [
  {
    name: "success",
    number: "4111111111111111",
    brand: "visa",
    authentication: "none",
    failure: null,
    about: { de: "Erfolgreich", fr: "Réussi", it: "Riuscito", en: "Successful" },
  },
  {
    name: "mastercard",
    number: "5555555555554444",
    brand: "mastercard",
    authentication: "none",
    failure: null,
    about: {
      de: "Erfolgreich, Mastercard",
      fr: "Réussi, Mastercard",
      it: "Riuscito, Mastercard",
      en: "Successful, Mastercard",
    },
  },
  {
    name: "declined",
    number: "4000000000000002",
    brand: "visa",
    authentication: "none",
    failure: "declined",
    about: { de: "Abgelehnt", fr: "Refusé", it: "Rifiutato", en: "Declined" },
  },
  {
    name: "insufficientFunds",
    number: "4000000000009995",
    brand: "visa",
    authentication: "none",
    failure: "insufficientFunds",
    about: { de: "Limite überschritten", fr: "Limite dépassée", it: "Limite superato", en: "Insufficient funds" },
  },
  {
    name: "expired",
    number: "4000000000000069",
    brand: "visa",
    authentication: "none",
    failure: "expiredCard",
    about: { de: "Karte abgelaufen", fr: "Carte échue", it: "Carta scaduta", en: "Expired card" },
  },
  {
    name: "threeDSecurePassed",
    number: "4000000000003055",
    brand: "visa",
    authentication: "passed",
    failure: null,
    about: {
      de: "3-D Secure, ohne Rückfrage bestätigt",
      fr: "3-D Secure, confirmé sans question",
      it: "3-D Secure, confermato senza domanda",
      en: "3-D Secure, passed without asking",
    },
  },
  {
    name: "threeDSecureFailed",
    number: "4000000000003097",
    brand: "visa",
    authentication: "failed",
    failure: "authenticationFailed",
    about: {
      de: "3-D Secure fehlgeschlagen",
      fr: "3-D Secure échoué",
      it: "3-D Secure non riuscito",
      en: "3-D Secure failed",
    },
  },
  {
    name: "threeDSecureAsked",
    number: "4000000000003220",
    brand: "visa",
    authentication: "challenge",
    failure: null,
    about: {
      de: "3-D Secure, die Bank fragt nach",
      fr: "3-D Secure, la banque demande",
      it: "3-D Secure, la banca chiede",
      en: "3-D Secure, the bank asks",
    },
  },
];

/** By its name or its number, with or without spaces. */
export function findTestCard(nameOrNumber: string): TestCard | undefined {
  const digits = nameOrNumber.replace(/[\s-]/g, "");
  return testCards.find((card) => card.name === nameOrNumber || card.number === digits);
}

/** "4111111111111111" becomes "4111 11** **** 1111", as the service names a stored card. */
export function toMaskedNumber(number: string): string {
  const masked = number.slice(0, 6) + "*".repeat(Math.max(0, number.length - 10)) + number.slice(-4);
  return masked.replace(/(.{4})(?=.)/g, "$1 ");
}

/** Ids of the card brands. */
export const cardBrands: Readonly<Record<"visa" | "mastercard", { readonly id: string; readonly name: string }>> = {
  visa: { id: "1461144365052", name: "Visa" },
  mastercard: { id: "1461144371207", name: "Mastercard" },
};
