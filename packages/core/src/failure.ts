import type { FailureCategory } from "@checkout-plugins/client";
import type { Failure, FailureCode } from "./contract/index.ts";
import type { TransactionSnapshot } from "./snapshot.ts";

type Language = "de" | "fr" | "it" | "en";

/** What the buyer is told where the service has no sentence of its own. */
const buyerMessages: Readonly<Record<Language, Readonly<Partial<Record<FailureCode, string>> & { other: string }>>> = {
  de: {
    declined: "Die Zahlung wurde abgelehnt. Bitte versuchen Sie es mit einer anderen Zahlungsart.",
    cancelledByBuyer: "Sie haben die Zahlung abgebrochen.",
    timedOut: "Die Zeit für die Zahlung ist abgelaufen. Bitte versuchen Sie es noch einmal.",
    other: "Die Zahlung konnte nicht ausgeführt werden. Bitte versuchen Sie es später noch einmal.",
  },
  fr: {
    declined: "Le paiement a été refusé. Veuillez essayer un autre moyen de paiement.",
    cancelledByBuyer: "Vous avez annulé le paiement.",
    timedOut: "Le délai de paiement est écoulé. Veuillez réessayer.",
    other: "Le paiement n’a pas pu être effectué. Veuillez réessayer plus tard.",
  },
  it: {
    declined: "Il pagamento è stato rifiutato. Provi con un altro mezzo di pagamento.",
    cancelledByBuyer: "Ha annullato il pagamento.",
    timedOut: "Il tempo a disposizione per il pagamento è scaduto. Riprovi.",
    other: "Non è stato possibile eseguire il pagamento. Riprovi più tardi.",
  },
  en: {
    declined: "The payment was declined. Please try another means of payment.",
    cancelledByBuyer: "You cancelled the payment.",
    timedOut: "The time for this payment has run out. Please try again.",
    other: "The payment could not be made. Please try again later.",
  },
};

/** The sentence for the buyer in the language of an IETF tag; English where we do not speak it. */
export function toBuyerMessage(code: FailureCode, language: string): string {
  const tag = language.slice(0, 2).toLowerCase();
  const messages = buyerMessages[tag === "de" || tag === "fr" || tag === "it" ? tag : "en"];
  return messages[code] ?? messages.other;
}

const codes: Readonly<Record<FailureCategory, FailureCode>> = {
  END_USER: "declined",
  TEMPORARY_ISSUE: "temporary",
  INTERNAL: "temporary",
  CONFIGURATION: "configuration",
  DEVELOPER: "invalidRequest",
};

export interface ReasonedFailure {
  readonly userFailureMessage: string | null;
  readonly failureReason: TransactionSnapshot["failureReason"];
}

/** The service's failure reason in our words. It gives a category and a description, no finer code. */
export function toFailure(failed: ReasonedFailure, language: string): Failure {
  const { failureReason, userFailureMessage } = failed;
  const code = failureReason?.category ? codes[failureReason.category] : "declined";
  return {
    code,
    publicMessage: userFailureMessage ?? toBuyerMessage(code, language),
    merchantMessage: failureReason?.description ?? userFailureMessage ?? "The service gives no reason.",
    serviceReason: failureReason?.id ?? null,
  };
}

/** A refusal of our own, before the service was asked. */
export function refusal(code: FailureCode, language: string, merchantMessage: string): Failure {
  return { code, publicMessage: toBuyerMessage(code, language), merchantMessage, serviceReason: null };
}

/**
 * A failure that was written down before its order's language was known, or by an older version: what the buyer is told
 * is said anew in that language. What the service itself said stays as it is.
 */
export function inLanguage(failure: Failure, language: string): Failure {
  return failure.serviceReason === null
    ? { ...failure, publicMessage: toBuyerMessage(failure.code, language) }
    : failure;
}
