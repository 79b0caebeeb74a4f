import type { Language } from "@checkout-plugins/knowledge";

/** What our own errors say to a merchant or a customer, beside what core and knowledge say. */
export interface Messages {
  readonly savedByPaying: string;
  readonly mustNotShip: Readonly<Record<"denied" | "inReview" | "held", string>>;
}

const messages: Readonly<Record<Language, Messages>> = {
  de: {
    savedByPaying:
      "Ein Zahlungsmittel wird gespeichert, indem Sie damit bezahlen und auf der Zahlungsseite ankreuzen, dass es gespeichert werden soll.",
    mustNotShip: {
      denied:
        "Die Prüfung dieser Zahlung wurde abgelehnt: Bitte liefern Sie die Ware nicht. Erstatten Sie die Zahlung, oder stornieren Sie die Bestellung.",
      inReview:
        "Diese Zahlung wird noch geprüft: Bitte liefern Sie erst, wenn entschieden ist. Sie entscheiden auf der Seite der Bestellung, unter PostFinance Checkout.",
      held: "Das Geld dieser Zahlung ist da, aber eine Kontrolle ist fehlgeschlagen: Bitte liefern Sie die Ware nicht. Was zu tun ist, steht auf der Seite der Bestellung, unter PostFinance Checkout.",
    },
  },
  en: {
    savedByPaying:
      "A means of payment is saved by paying with it and ticking on the payment page that it shall be kept.",
    mustNotShip: {
      denied:
        "The review of this payment was denied: please do not ship the goods. Refund the payment, or cancel the order.",
      inReview:
        "This payment is still being reviewed: please ship once it is decided. You decide on the page of the order, under PostFinance Checkout.",
      held: "The money of this payment is there, but a check failed: please do not ship the goods. What to do is said on the page of the order, under PostFinance Checkout.",
    },
  },
  fr: {
    savedByPaying:
      "Un moyen de paiement est enregistré lorsque vous payez avec celui-ci et cochez, sur la page de paiement, qu’il doit être conservé.",
    mustNotShip: {
      denied:
        "Le contrôle de ce paiement a été refusé : veuillez ne pas livrer la marchandise. Remboursez le paiement ou annulez la commande.",
      inReview:
        "Ce paiement est encore en cours de contrôle : veuillez ne livrer qu’une fois la décision prise. Vous décidez sur la page de la commande, sous PostFinance Checkout.",
      held: "L’argent de ce paiement est là, mais un contrôle a échoué : veuillez ne pas livrer la marchandise. La page de la commande indique, sous PostFinance Checkout, ce qu’il faut faire.",
    },
  },
  it: {
    savedByPaying:
      "Un mezzo di pagamento viene salvato pagando con esso e spuntando, nella pagina di pagamento, che deve essere conservato.",
    mustNotShip: {
      denied:
        "La verifica di questo pagamento è stata rifiutata: La preghiamo di non spedire la merce. Rimborsi il pagamento o annulli l’ordine.",
      inReview:
        "Questo pagamento è ancora in verifica: La preghiamo di spedire solo quando la decisione sarà presa. La prende nella pagina dell’ordine, sotto PostFinance Checkout.",
      held: "Il denaro di questo pagamento c’è, ma un controllo non è riuscito: La preghiamo di non spedire la merce. Che cosa fare è indicato nella pagina dell’ordine, sotto PostFinance Checkout.",
    },
  },
};

export function findMessages(language: Language): Messages {
  return messages[language];
}
