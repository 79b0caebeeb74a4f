import type { ExplanationTexts } from "./explanation.ts";

export type RequestFailureCode =
  | "refusedByService"
  | "oneStillOpen"
  | "notPossibleNow"
  | "exceedsAmount"
  | "unknownPayment"
  | "unknownMeans"
  | "notSupported"
  | "other";

/** What was refused before anything happened, by the service or by this software. */
export const requestFailures: Readonly<Record<RequestFailureCode, ExplanationTexts>> = {
  refusedByService: {
    happened: {
      de: "Der Dienst hat den Auftrag nicht angenommen. Es ist nichts geschehen.",
      fr: "Le service n’a pas accepté l’ordre. Rien n’a été exécuté.",
      it: "Il servizio non ha accettato l’incarico. Non è stato eseguito nulla.",
      en: "The service did not accept the request. Nothing has happened.",
    },
    todo: {
      de: "Lesen Sie die Meldung des Dienstes und den Stand der Zahlung im Backoffice, und versuchen Sie es erst danach noch einmal.",
      fr: "Lisez le message du service et l’état du paiement dans le back-office, et ne réessayez qu’ensuite.",
      it: "Legga il messaggio del servizio e lo stato del pagamento nel back office e riprovi solo dopo.",
      en: "Read the service’s message and the state of the payment in the back office, and only then try again.",
    },
    call: "shopCare",
  },
  oneStillOpen: {
    happened: {
      de: "Ein Auftrag derselben Art zu dieser Zahlung ist noch nicht entschieden.",
      fr: "Un ordre du même type pour ce paiement n’est pas encore tranché.",
      it: "Un incarico dello stesso tipo per questo pagamento non è ancora deciso.",
      en: "A request of the same kind for this payment is still undecided.",
    },
    todo: {
      de: "Warten Sie, bis der erste entschieden ist. Wiederholen Sie ihn nicht, sonst erstatten Sie vielleicht doppelt.",
      fr: "Attendez que le premier soit tranché. Ne le répétez pas, vous risqueriez de rembourser deux fois.",
      it: "Attenda che il primo sia deciso. Non lo ripeta, altrimenti rischia di rimborsare due volte.",
      en: "Wait until the first is decided. Do not repeat it, or you may refund twice.",
    },
    call: "nobody",
  },
  notPossibleNow: {
    happened: {
      de: "Beim jetzigen Stand der Zahlung ist dies nicht möglich.",
      fr: "Dans l’état actuel du paiement, cela n’est pas possible.",
      it: "Nello stato attuale del pagamento ciò non è possibile.",
      en: "In the payment’s present state this is not possible.",
    },
    todo: {
      de: "Sehen Sie den Stand der Zahlung an: Verbuchen und freigeben lässt sich nur, was reserviert ist; zurückerstatten nur, was eingenommen ist.",
      fr: "Consultez l’état du paiement: on n’encaisse et ne libère que ce qui est réservé, on ne rembourse que ce qui est encaissé.",
      it: "Guardi lo stato del pagamento: si incassa e si libera solo ciò che è riservato, si rimborsa solo ciò che è incassato.",
      en: "Look at the payment’s state: only what is reserved can be completed or voided, only what was taken can be refunded.",
    },
    call: "nobody",
  },
  exceedsAmount: {
    happened: {
      de: "Der verlangte Betrag ist höher als das, was bei dieser Zahlung noch übrig ist.",
      fr: "Le montant demandé dépasse ce qui reste sur ce paiement.",
      it: "L’importo richiesto supera quanto resta di questo pagamento.",
      en: "The amount asked for is more than what is left of this payment.",
    },
    todo: {
      de: "Ziehen Sie ab, was bereits zurückerstattet oder verbucht ist, und wählen Sie einen kleineren Betrag.",
      fr: "Déduisez ce qui a déjà été remboursé ou encaissé et choisissez un montant plus petit.",
      it: "Detragga quanto è già stato rimborsato o incassato e scelga un importo inferiore.",
      en: "Subtract what was already refunded or completed, and choose a smaller amount.",
    },
    call: "nobody",
  },
  unknownPayment: {
    happened: {
      de: "Zu dieser Bestellung ist keine Zahlung bekannt.",
      fr: "Aucun paiement n’est connu pour cette commande.",
      it: "Per questo ordine non è noto alcun pagamento.",
      en: "No payment is known for this order.",
    },
    todo: {
      de: "Prüfen Sie, ob die Bestellung über PostFinance Checkout und über diesen Shop bezahlt wurde.",
      fr: "Vérifiez si la commande a été payée avec PostFinance Checkout et dans cette boutique.",
      it: "Verifichi se l’ordine è stato pagato con PostFinance Checkout e in questo shop.",
      en: "Check whether the order was paid with PostFinance Checkout and through this shop.",
    },
    call: "shopCare",
  },
  unknownMeans: {
    happened: {
      de: "Dieses gespeicherte Zahlungsmittel gibt es nicht mehr, oder es gehört nicht zu diesem Kunden.",
      fr: "Ce moyen de paiement enregistré n’existe plus ou n’appartient pas à ce client.",
      it: "Questo mezzo di pagamento salvato non esiste più o non appartiene a questo cliente.",
      en: "These stored means of payment no longer exist, or are not this customer’s.",
    },
    todo: {
      de: "Laden Sie die Liste der gespeicherten Zahlungsmittel des Kunden neu, oder lassen Sie ihn selbst bezahlen.",
      fr: "Rechargez la liste des moyens de paiement enregistrés du client ou laissez-le payer lui-même.",
      it: "Ricarichi l’elenco dei mezzi di pagamento salvati del cliente o lo lasci pagare di persona.",
      en: "Load the list of the customer’s stored means again, or let him pay himself.",
    },
    call: "nobody",
  },
  notSupported: {
    happened: {
      de: "Diese Zahlungsart oder dieser Shop unterstützt das Gewünschte nicht.",
      fr: "Ce mode de paiement ou cette boutique ne permet pas cette opération.",
      it: "Questa modalità di pagamento o questo shop non supporta l’operazione richiesta.",
      en: "This payment method or this shop does not support what was asked for.",
    },
    todo: {
      de: "Erledigen Sie es auf anderem Weg, zum Beispiel im Backoffice oder mit einer Überweisung, und vermerken Sie es im Shop.",
      fr: "Procédez autrement, par exemple dans le back-office ou par virement, et notez-le dans la boutique.",
      it: "Proceda in altro modo, ad esempio nel back office o con un bonifico, e lo annoti nello shop.",
      en: "Do it another way, for instance in the back office or by bank transfer, and note it in the shop.",
    },
    call: "nobody",
  },
  other: {
    happened: {
      de: "Dies ist aus einem Grund nicht gelungen, den diese Version noch nicht kennt. Sein Wortlaut steht dabei.",
      fr: "Cela n’a pas abouti pour une raison que cette version ne connaît pas encore. Son texte y est joint.",
      it: "L’operazione non è riuscita per un motivo che questa versione non conosce ancora. Il suo testo è riportato.",
      en: "This failed for a reason that this version does not know yet. Its text stands beside it.",
    },
    todo: {
      de: "Lesen Sie den Wortlaut, und aktualisieren Sie das Plugin Ihres Shops.",
      fr: "Lisez ce texte et mettez à jour le plugin de votre boutique.",
      it: "Legga il testo e aggiorni il plugin del Suo shop.",
      en: "Read the text, and update your shop’s plugin.",
    },
    call: "shopCare",
  },
};
