import type { ExplanationTexts } from "./explanation.ts";

export type PaymentFailureCode =
  | "declined"
  | "cancelledByBuyer"
  | "timedOut"
  | "authenticationFailed"
  | "insufficientFunds"
  | "expiredCard"
  | "suspectedFraud"
  | "temporary"
  | "configuration"
  | "invalidRequest";

/** What the service said of a payment that failed. */
export const paymentFailures: Readonly<Record<PaymentFailureCode, ExplanationTexts>> = {
  declined: {
    happened: {
      de: "Die Zahlung wurde abgelehnt. Einen genaueren Grund nennt der Dienst nicht.",
      fr: "Le paiement a été refusé. Le service n’indique pas de raison plus précise.",
      it: "Il pagamento è stato rifiutato. Il servizio non indica un motivo più preciso.",
      en: "The payment was declined. The service gives no more precise reason.",
    },
    todo: {
      de: "Bitten Sie die Kundschaft, es noch einmal oder mit einer anderen Zahlungsart zu versuchen.",
      fr: "Priez votre client de réessayer ou de choisir un autre mode de paiement.",
      it: "Inviti il cliente a riprovare o a scegliere un’altra modalità di pagamento.",
      en: "Ask your customer to try again or to use another payment method.",
    },
    call: "buyer",
  },
  cancelledByBuyer: {
    happened: {
      de: "Die Käuferin oder der Käufer hat die Zahlung abgebrochen.",
      fr: "L’acheteur a interrompu le paiement.",
      it: "L’acquirente ha interrotto il pagamento.",
      en: "The buyer cancelled the payment.",
    },
    todo: {
      de: "Nichts. Solange der Shop es zulässt, kann die Bestellung erneut bezahlt werden.",
      fr: "Rien. Tant que la boutique le permet, la commande peut être payée à nouveau.",
      it: "Nulla. Finché lo shop lo consente, l’ordine può essere pagato di nuovo.",
      en: "Nothing. As long as the shop allows it, the order can be paid again.",
    },
    call: "nobody",
  },
  timedOut: {
    happened: {
      de: "Die Zahlung wurde nicht rechtzeitig abgeschlossen; der Dienst hat sie beendet.",
      fr: "Le paiement n’a pas été terminé à temps; le service y a mis fin.",
      it: "Il pagamento non è stato concluso in tempo; il servizio lo ha terminato.",
      en: "The payment was not finished in time; the service ended it.",
    },
    todo: {
      de: "Nichts. Die Kundschaft kann es erneut versuchen.",
      fr: "Rien. Votre client peut réessayer.",
      it: "Nulla. Il cliente può riprovare.",
      en: "Nothing. Your customer can try again.",
    },
    call: "nobody",
  },
  authenticationFailed: {
    happened: {
      de: "Die Bestätigung durch die Bank der Käuferin oder des Käufers (etwa 3-D Secure) ist gescheitert.",
      fr: "La confirmation par la banque de l’acheteur (3-D Secure, par exemple) a échoué.",
      it: "La conferma tramite la banca dell’acquirente (ad esempio 3-D Secure) non è riuscita.",
      en: "The confirmation through the buyer’s bank (such as 3-D Secure) failed.",
    },
    todo: {
      de: "Bitten Sie die Kundschaft, die Zahlung noch einmal zu bestätigen oder eine andere Zahlungsart zu wählen.",
      fr: "Priez votre client de confirmer à nouveau le paiement ou de choisir un autre mode de paiement.",
      it: "Inviti il cliente a confermare di nuovo il pagamento o a scegliere un’altra modalità.",
      en: "Ask your customer to confirm the payment once more or to choose another method.",
    },
    call: "buyer",
  },
  insufficientFunds: {
    happened: {
      de: "Das Konto oder die Limite der Karte reicht nicht aus.",
      fr: "Le solde du compte ou la limite de la carte ne suffit pas.",
      it: "Il saldo del conto o il limite della carta non è sufficiente.",
      en: "The account balance or the card’s limit is not sufficient.",
    },
    todo: {
      de: "Bitten Sie die Kundschaft, eine andere Karte oder Zahlungsart zu wählen.",
      fr: "Priez votre client de choisir une autre carte ou un autre mode de paiement.",
      it: "Inviti il cliente a scegliere un’altra carta o un’altra modalità di pagamento.",
      en: "Ask your customer to use another card or payment method.",
    },
    call: "buyer",
  },
  expiredCard: {
    happened: {
      de: "Die Karte ist abgelaufen.",
      fr: "La carte est expirée.",
      it: "La carta è scaduta.",
      en: "The card has expired.",
    },
    todo: {
      de: "Bitten Sie die Kundschaft um eine gültige Karte. Ist eine Karte gespeichert, so muss sie erneuert werden.",
      fr: "Demandez à votre client une carte valable. Si une carte est enregistrée, elle doit être renouvelée.",
      it: "Chieda al cliente una carta valida. Se una carta è memorizzata, deve essere aggiornata.",
      en: "Ask your customer for a valid card. A stored card must be renewed.",
    },
    call: "buyer",
  },
  suspectedFraud: {
    happened: {
      de: "Die Zahlung wurde wegen Verdachts auf Missbrauch abgelehnt.",
      fr: "Le paiement a été refusé pour soupçon d’abus.",
      it: "Il pagamento è stato rifiutato per sospetto di abuso.",
      en: "The payment was refused on suspicion of fraud.",
    },
    todo: {
      de: "Liefern Sie nicht. Verlangen Sie bei Zweifeln eine andere Zahlungsart.",
      fr: "Ne livrez pas. En cas de doute, exigez un autre mode de paiement.",
      it: "Non consegni. In caso di dubbio richieda un’altra modalità di pagamento.",
      en: "Do not ship. When in doubt, ask for another payment method.",
    },
    call: "acceptancePartner",
  },
  temporary: {
    happened: {
      de: "Der Dienst meldet eine vorübergehende Störung.",
      fr: "Le service signale une perturbation passagère.",
      it: "Il servizio segnala un disturbo temporaneo.",
      en: "The service reports a temporary problem.",
    },
    todo: {
      de: "Warten Sie einige Minuten und versuchen Sie es dann noch einmal.",
      fr: "Attendez quelques minutes, puis réessayez.",
      it: "Attenda qualche minuto e poi riprovi.",
      en: "Wait a few minutes, then try again.",
    },
    call: "nobody",
  },
  configuration: {
    happened: {
      de: "Der Dienst meldet, dass an den Einstellungen etwas nicht stimmt.",
      fr: "Le service signale que quelque chose ne va pas dans les réglages.",
      it: "Il servizio segnala che qualcosa nelle impostazioni non è corretto.",
      en: "The service reports that something in the settings is wrong.",
    },
    todo: {
      de: "Prüfen Sie im Space die Zahlungsart, ihren Konnektor und den Prozessor sowie den Vertrag mit dem Akzeptanzpartner.",
      fr: "Vérifiez dans le Space le mode de paiement, son connecteur et le processeur, ainsi que le contrat avec le partenaire d’acceptation.",
      it: "Verifichi nello Space la modalità di pagamento, il suo connettore e il processore, nonché il contratto con il partner di accettazione.",
      en: "Check the payment method, its connector and the processor in the space, and the contract with the acceptance partner.",
    },
    call: "acceptancePartner",
  },
  invalidRequest: {
    happened: {
      de: "Der Dienst meldet, dass die Angaben des Plugins unzulässig waren.",
      fr: "Le service signale que les données envoyées par le plug-in n’étaient pas admises.",
      it: "Il servizio segnala che i dati inviati dal plug-in non erano ammessi.",
      en: "The service reports that what the plug-in sent was not acceptable.",
    },
    todo: {
      de: "Geben Sie die Meldung des Dienstes weiter. Ein erneuter Versuch mit denselben Angaben hilft nicht.",
      fr: "Transmettez le message du service. Un nouvel essai avec les mêmes données ne sert à rien.",
      it: "Inoltri il messaggio del servizio. Un nuovo tentativo con gli stessi dati non serve.",
      en: "Pass on the service’s message. Another try with the same data will not help.",
    },
    call: "shopCare",
  },
};
