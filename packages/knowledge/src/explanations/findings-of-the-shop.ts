import type { ExplanationTexts } from "./explanation.ts";

export type ShopFindingKind =
  | "orderGone"
  | "orderClosed"
  | "changedByMerchant"
  | "cannotShow"
  | "notShownForAnHour"
  | "orphan"
  | "repeatedFault"
  | "other";

/** What is wrong with showing the payment in the shop. */
export const shopFindings: Readonly<Record<ShopFindingKind, ExplanationTexts>> = {
  orderGone: {
    happened: {
      de: "Die Bestellung gibt es im Shop nicht mehr, die Zahlung aber schon.",
      fr: "La commande n’existe plus dans la boutique, mais le paiement existe.",
      it: "L’ordine non esiste più nello shop, il pagamento invece sì.",
      en: "The order no longer exists in the shop, but the payment does.",
    },
    todo: {
      de: "Stellen Sie die Bestellung wieder her oder erstatten Sie die Zahlung im Backoffice zurück.",
      fr: "Rétablissez la commande ou remboursez le paiement dans le back-office.",
      it: "Ripristini l’ordine oppure rimborsi il pagamento nel back office.",
      en: "Restore the order, or refund the payment in the back office.",
    },
    call: "shopCare",
  },
  orderClosed: {
    happened: {
      de: "Die Bestellung ist im Shop abgeschlossen und nimmt den Stand der Zahlung nicht mehr an.",
      fr: "La commande est close dans la boutique et n’accepte plus l’état du paiement.",
      it: "L’ordine è chiuso nello shop e non accetta più lo stato del pagamento.",
      en: "The order is closed in the shop and no longer takes on the state of the payment.",
    },
    todo: {
      de: "Vergleichen Sie Bestellung und Zahlung. Öffnen Sie die Bestellung wieder oder erstatten Sie zurück, was nicht mehr geschuldet ist.",
      fr: "Comparez la commande et le paiement. Rouvrez la commande ou remboursez ce qui n’est plus dû.",
      it: "Confronti ordine e pagamento. Riapra l’ordine oppure rimborsi quanto non è più dovuto.",
      en: "Compare order and payment. Reopen the order, or refund what is no longer owed.",
    },
    call: "shopCare",
  },
  changedByMerchant: {
    happened: {
      de: "Die Bestellung wurde im Shop von Hand geändert. Damit nichts überschrieben wird, bleibt sie, wie sie ist.",
      fr: "La commande a été modifiée à la main dans la boutique. Pour ne rien écraser, elle reste telle quelle.",
      it: "L’ordine è stato modificato a mano nello shop. Per non sovrascrivere nulla, resta com’è.",
      en: "The order was changed by hand in the shop. So that nothing is overwritten, it stays as it is.",
    },
    todo: {
      de: "Prüfen Sie, ob der Stand von Hand zur Zahlung passt, und berichtigen Sie ihn sonst.",
      fr: "Vérifiez si l’état saisi à la main correspond au paiement; sinon, corrigez-le.",
      it: "Verifichi se lo stato impostato a mano corrisponde al pagamento; in caso contrario lo corregga.",
      en: "Check whether the state set by hand fits the payment, and correct it if not.",
    },
    call: "nobody",
  },
  cannotShow: {
    happened: {
      de: "Der Shop kann diesen Stand der Zahlung nicht darstellen. Die Zahlung selbst ist davon nicht betroffen.",
      fr: "La boutique ne peut pas représenter cet état du paiement. Le paiement lui-même n’est pas touché.",
      it: "Lo shop non può rappresentare questo stato del pagamento. Il pagamento stesso non ne è toccato.",
      en: "The shop cannot show this state of the payment. The payment itself is not affected.",
    },
    todo: {
      de: "Lesen Sie den Stand im Backoffice ab und tragen Sie ihn im Shop von Hand nach.",
      fr: "Lisez l’état dans le back-office et reportez-le à la main dans la boutique.",
      it: "Legga lo stato nel back office e lo riporti a mano nello shop.",
      en: "Read the state in the back office and enter it in the shop by hand.",
    },
    call: "shopCare",
  },
  notShownForAnHour: {
    happened: {
      de: "Seit über einer Stunde lässt sich der Stand der Zahlung nicht in den Shop übertragen.",
      fr: "Depuis plus d’une heure, l’état du paiement ne peut pas être transmis à la boutique.",
      it: "Da oltre un’ora lo stato del pagamento non può essere trasmesso allo shop.",
      en: "For more than an hour the state of the payment could not be passed to the shop.",
    },
    todo: {
      de: "Prüfen Sie, ob der Shop erreichbar ist. Sobald er antwortet, wird der Stand von selbst nachgetragen; die Zahlung geht nicht verloren.",
      fr: "Vérifiez si la boutique est accessible. Dès qu’elle répond, l’état est reporté automatiquement; le paiement n’est pas perdu.",
      it: "Verifichi se lo shop è raggiungibile. Appena risponde, lo stato viene aggiornato automaticamente; il pagamento non va perso.",
      en: "Check whether the shop can be reached. As soon as it answers, the state is entered by itself; the payment is not lost.",
    },
    call: "shopCare",
  },
  orphan: {
    happened: {
      de: "Beim Anlegen brach die Verbindung ab. Beim Dienst liegt eine Transaktion, deren Adresse niemand erhalten hat; sie kann nicht bezahlt werden.",
      fr: "La connexion a été coupée lors de la création. Le service contient une transaction dont personne n’a reçu l’adresse; elle ne peut pas être payée.",
      it: "Durante la creazione la connessione si è interrotta. Presso il servizio c’è una transazione il cui indirizzo non è stato dato a nessuno; non può essere pagata.",
      en: "The connection was cut while creating. The service holds a transaction whose address nobody was given; it cannot be paid.",
    },
    todo: {
      de: "Nichts. Für die Kundschaft wurde eine neue Transaktion angelegt.",
      fr: "Rien. Une nouvelle transaction a été créée pour l’acheteur.",
      it: "Nulla. Per l’acquirente è stata creata una nuova transazione.",
      en: "Nothing. A new transaction was created for the buyer.",
    },
    call: "nobody",
  },
  repeatedFault: {
    happened: {
      de: "Der Abgleich dieser Zahlung ist mehrmals nacheinander gescheitert und wird nur noch einmal täglich versucht.",
      fr: "La synchronisation de ce paiement a échoué plusieurs fois de suite et n’est plus tentée qu’une fois par jour.",
      it: "La verifica di questo pagamento è fallita più volte di seguito e viene ritentata solo una volta al giorno.",
      en: "Looking after this payment failed several times in a row; it is now tried once a day only.",
    },
    todo: {
      de: "Vergleichen Sie Bestellung und Zahlung von Hand. Prüfen Sie Zugangsdaten, Berechtigungen und ob der Shop erreichbar ist.",
      fr: "Comparez la commande et le paiement à la main. Vérifiez les données d’accès, les autorisations et si la boutique est accessible.",
      it: "Confronti ordine e pagamento a mano. Verifichi dati di accesso, autorizzazioni e se lo shop è raggiungibile.",
      en: "Compare order and payment by hand. Check the credentials, the permissions and whether the shop can be reached.",
    },
    call: "shopCare",
  },
  other: {
    happened: {
      de: "Zu dieser Zahlung gibt es einen Hinweis, den diese Version noch nicht kennt. Sein Wortlaut steht dabei, auf Englisch.",
      fr: "Ce paiement fait l’objet d’un avis que cette version ne connaît pas encore. Son texte y est joint, en anglais.",
      it: "Per questo pagamento c’è un avviso che questa versione non conosce ancora. Il suo testo è riportato, in inglese.",
      en: "There is a finding on this payment that this version does not know yet. Its text stands beside it.",
    },
    todo: {
      de: "Lesen Sie den Wortlaut, bevor Sie liefern, und aktualisieren Sie das Plugin Ihres Shops.",
      fr: "Lisez ce texte avant de livrer et mettez à jour le plugin de votre boutique.",
      it: "Legga il testo prima di consegnare e aggiorni il plugin del suo shop.",
      en: "Read the text before you ship, and update the plugin of your shop.",
    },
    call: "shopCare",
  },
};
