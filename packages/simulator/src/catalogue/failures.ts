import type { FailureCategory } from "@checkout-plugins/client";
import type { Texts } from "./languages.ts";

export interface Failure {
  /** Synthetic: the service's own ids are not published. */
  readonly id: string;
  readonly category: FailureCategory;
  readonly name: string;
  readonly description: string;
  /** What the buyer reads. */
  readonly message: Texts;
}

const declined: Texts = {
  de: "Die Zahlung wurde abgelehnt. Bitte wählen Sie ein anderes Zahlungsmittel.",
  fr: "Le paiement a été refusé. Veuillez choisir un autre moyen de paiement.",
  it: "Il pagamento è stato rifiutato. Scelga un altro mezzo di pagamento.",
  en: "The payment was declined. Please choose another means of payment.",
};

export type FailureName =
  | "declined"
  | "insufficientFunds"
  | "expiredCard"
  | "authenticationFailed"
  | "cancelledByBuyer"
  | "cardRemoved"
  | "timedOut"
  | "refusedByProcessor"
  | "refusedManually";

export const failures: Readonly<Record<FailureName, Failure>> = {
  declined: {
    id: "1457000000001",
    category: "END_USER",
    name: "Declined",
    description: "The card issuer or the payment method declined the payment.",
    message: declined,
  },
  insufficientFunds: {
    id: "1457000000002",
    category: "END_USER",
    name: "Insufficient funds",
    description: "The account or card has not enough money or its limit is reached.",
    message: {
      de: "Das Guthaben oder die Limite reicht nicht aus. Bitte wählen Sie ein anderes Zahlungsmittel.",
      fr: "Le solde ou la limite est insuffisant. Veuillez choisir un autre moyen de paiement.",
      it: "Il saldo o il limite non è sufficiente. Scelga un altro mezzo di pagamento.",
      en: "There is not enough money or the limit is reached. Please choose another means of payment.",
    },
  },
  expiredCard: {
    id: "1457000000003",
    category: "END_USER",
    name: "Expired card",
    description: "The card is no longer valid.",
    message: {
      de: "Diese Karte ist abgelaufen. Bitte verwenden Sie eine andere Karte.",
      fr: "Cette carte est arrivée à échéance. Veuillez utiliser une autre carte.",
      it: "Questa carta è scaduta. Utilizzi un'altra carta.",
      en: "This card has expired. Please use another card.",
    },
  },
  authenticationFailed: {
    id: "1457000000004",
    category: "END_USER",
    name: "Authentication failed",
    description: "The cardholder could not be authenticated (3-D Secure).",
    message: {
      de: "Die Bestätigung bei Ihrer Bank ist fehlgeschlagen. Bitte versuchen Sie es noch einmal.",
      fr: "La confirmation auprès de votre banque a échoué. Veuillez réessayer.",
      it: "La conferma presso la Sua banca non è riuscita. Riprovi.",
      en: "The confirmation with your bank failed. Please try again.",
    },
  },
  cancelledByBuyer: {
    id: "1457000000005",
    category: "END_USER",
    name: "Cancelled",
    description: "The buyer cancelled the payment.",
    message: {
      de: "Sie haben die Zahlung abgebrochen.",
      fr: "Vous avez annulé le paiement.",
      it: "Ha annullato il pagamento.",
      en: "You cancelled the payment.",
    },
  },
  cardRemoved: {
    id: "1457000000009",
    category: "END_USER",
    name: "Card removed",
    description: "The card was removed from the terminal before the payment was finished.",
    message: {
      de: "Die Karte wurde zu früh entfernt. Bitte versuchen Sie es noch einmal.",
      fr: "La carte a été retirée trop tôt. Veuillez réessayer.",
      it: "La carta è stata rimossa troppo presto. Riprovi.",
      en: "The card was removed too early. Please try again.",
    },
  },
  timedOut: {
    id: "1457000000006",
    category: "END_USER",
    name: "Timed out",
    description: "The payment was not finished in time.",
    message: {
      de: "Die Zeit für diese Zahlung ist abgelaufen.",
      fr: "Le délai pour ce paiement est écoulé.",
      it: "Il tempo per questo pagamento è scaduto.",
      en: "The time for this payment is over.",
    },
  },
  refusedByProcessor: {
    id: "1457000000007",
    category: "TEMPORARY_ISSUE",
    name: "Refused by the processor",
    description: "The processor did not carry out the operation.",
    message: declined,
  },
  refusedManually: {
    id: "1457000000008",
    category: "END_USER",
    name: "Marked as failed",
    description: "A person marked the operation as failed.",
    message: declined,
  },
};
