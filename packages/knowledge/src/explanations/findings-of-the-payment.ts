import type { ExplanationTexts } from "./explanation.ts";

export type PaymentFindingKind =
  | "doublePayment"
  | "paidThoughAbandoned"
  | "wrongAmount"
  | "wrongCurrency"
  | "wrongSpace"
  | "wrongOrder"
  | "testMoney"
  | "chargeback"
  | "unexplainedRefund";

/** What is wrong with the money itself. */
export const paymentFindings: Readonly<Record<PaymentFindingKind, ExplanationTexts>> = {
  doublePayment: {
    happened: {
      de: "Dieselbe Bestellung wurde zweimal bezahlt. Die zuerst autorisierte Zahlung gilt.",
      fr: "La même commande a été payée deux fois. Le paiement autorisé en premier fait foi.",
      it: "Lo stesso ordine è stato pagato due volte. Vale il pagamento autorizzato per primo.",
      en: "The same order was paid twice. The payment authorized first counts.",
    },
    todo: {
      de: "Liefern Sie nur einmal. Die andere Zahlung wird von selbst freigegeben oder zurückerstattet, ausser Sie haben «nur melden» gewählt: Dann erstatten Sie sie selbst zurück.",
      fr: "Ne livrez qu’une fois. L’autre paiement est libéré ou remboursé de lui-même, sauf si vous avez choisi «signaler seulement»: remboursez-le alors vous-même.",
      it: "Consegni una sola volta. L’altro pagamento viene liberato o rimborsato automaticamente, a meno che abbia scelto «solo segnalare»: in tal caso lo rimborsi lei.",
      en: "Ship only once. The other payment is voided or refunded by itself, unless you chose “only tell me”: then refund it yourself.",
    },
    call: "acceptancePartner",
  },
  paidThoughAbandoned: {
    happened: {
      de: "Bezahlt wurde, nachdem der Shop diese Zahlung aufgegeben hatte, zum Beispiel weil die Bestellung storniert war.",
      fr: "Le paiement a eu lieu alors que la boutique y avait renoncé, par exemple parce que la commande était annulée.",
      it: "Il pagamento è avvenuto dopo che il negozio vi aveva rinunciato, per esempio perché l’ordine era annullato.",
      en: "The payment was made after the shop had given it up, for instance because the order was cancelled.",
    },
    todo: {
      de: "Liefern Sie nicht. Das Geld wird von selbst freigegeben oder zurückerstattet. Bleibt diese Meldung stehen, so erstatten Sie es im Backoffice zurück.",
      fr: "Ne livrez pas. L’argent est libéré ou remboursé de lui-même. Si ce message subsiste, remboursez-le dans le back-office.",
      it: "Non consegni. Il denaro viene liberato o rimborsato automaticamente. Se questo messaggio rimane, lo rimborsi nel back office.",
      en: "Do not ship. The money is voided or refunded by itself. If this message stays, refund it in the back office.",
    },
    call: "acceptancePartner",
  },
  wrongAmount: {
    happened: {
      de: "Bezahlt wurde ein anderer Betrag, als für die Bestellung vereinbart war. Die Bestellung gilt deshalb nicht als bezahlt.",
      fr: "Le montant payé diffère de celui convenu pour la commande. La commande n’est donc pas considérée comme payée.",
      it: "L’importo pagato è diverso da quello concordato per l’ordine. L’ordine non è quindi considerato pagato.",
      en: "The amount paid is not the one agreed for the order. The order therefore does not count as paid.",
    },
    todo: {
      de: "Vergleichen Sie Bestellung und Zahlung. Klären Sie die Differenz mit der Kundschaft oder erstatten Sie die Zahlung zurück. Liefern Sie erst danach.",
      fr: "Comparez la commande et le paiement. Réglez la différence avec votre client ou remboursez le paiement. Ne livrez qu’ensuite.",
      it: "Confronti ordine e pagamento. Chiarisca la differenza con il cliente o rimborsi il pagamento. Consegni solo dopo.",
      en: "Compare order and payment. Settle the difference with your customer or refund the payment. Ship only after that.",
    },
    call: "shopCare",
  },
  wrongCurrency: {
    happened: {
      de: "Bezahlt wurde in einer anderen Währung, als die Bestellung hat. Die Bestellung gilt deshalb nicht als bezahlt.",
      fr: "Le paiement est dans une autre monnaie que la commande. La commande n’est donc pas considérée comme payée.",
      it: "Il pagamento è in una valuta diversa da quella dell’ordine. L’ordine non è quindi considerato pagato.",
      en: "The payment is in another currency than the order. The order therefore does not count as paid.",
    },
    todo: {
      de: "Prüfen Sie, ob die Währung der Bestellung nachträglich geändert wurde. Erstatten Sie die Zahlung zurück, wenn sie nicht passt.",
      fr: "Vérifiez si la monnaie de la commande a été modifiée après coup. Remboursez le paiement s’il ne convient pas.",
      it: "Verifichi se la valuta dell’ordine è stata modificata in seguito. Se non corrisponde, rimborsi il pagamento.",
      en: "Check whether the currency of the order was changed afterwards. Refund the payment if it does not fit.",
    },
    call: "shopCare",
  },
  wrongSpace: {
    happened: {
      de: "Die Zahlung liegt in einem anderen Space, als für diesen Shop eingestellt ist. Die Bestellung gilt deshalb nicht als bezahlt.",
      fr: "Le paiement se trouve dans un autre Space que celui défini pour cette boutique. La commande n’est donc pas considérée comme payée.",
      it: "Il pagamento si trova in uno Space diverso da quello impostato per questo shop. L’ordine non è quindi considerato pagato.",
      en: "The payment is in another space than the one set for this shop. The order therefore does not count as paid.",
    },
    todo: {
      de: "Vergleichen Sie die Space-ID in den Einstellungen des Shops mit der im Backoffice.",
      fr: "Comparez l’identifiant du Space dans les réglages de la boutique avec celui du back-office.",
      it: "Confronti l’ID dello Space nelle impostazioni dello shop con quello nel back office.",
      en: "Compare the space id in the shop’s settings with the one in the back office.",
    },
    call: "shopCare",
  },
  wrongOrder: {
    happened: {
      de: "Die Zahlung gehört gemäss ihrer Kennzeichnung zu einer anderen Bestellung. Diese hier gilt deshalb nicht als bezahlt.",
      fr: "D’après son marquage, le paiement appartient à une autre commande. Celle-ci n’est donc pas considérée comme payée.",
      it: "Secondo il suo contrassegno, il pagamento appartiene a un altro ordine. Questo non è quindi considerato pagato.",
      en: "By its mark the payment belongs to another order. This one therefore does not count as paid.",
    },
    todo: {
      de: "Suchen Sie im Backoffice die Bestellnummer der Zahlung und vergleichen Sie beide Bestellungen, bevor Sie liefern.",
      fr: "Cherchez dans le back-office le numéro de commande du paiement et comparez les deux commandes avant de livrer.",
      it: "Cerchi nel back office il numero d’ordine del pagamento e confronti i due ordini prima di consegnare.",
      en: "Find the payment’s order number in the back office and compare both orders before you ship.",
    },
    call: "shopCare",
  },
  testMoney: {
    happened: {
      de: "Die Bestellung wurde in der Testumgebung bezahlt. Es ist kein Geld geflossen.",
      fr: "La commande a été payée dans l’environnement de test. Aucun argent n’a été versé.",
      it: "L’ordine è stato pagato nell’ambiente di test. Non è stato versato denaro.",
      en: "The order was paid in the test environment. No money has moved.",
    },
    todo: {
      de: "Liefern Sie nichts. Ist dies ein Testshop, so kennzeichnen Sie ihn als solchen. Sonst deaktivieren Sie im Space die Zahlungsarten zur Simulation.",
      fr: "Ne livrez rien. S’il s’agit d’une boutique de test, marquez-la comme telle. Sinon, désactivez dans le Space les modes de paiement de simulation.",
      it: "Non consegni nulla. Se si tratta di uno shop di prova, lo contrassegni come tale. Altrimenti disattivi nello Space le modalità di pagamento simulate.",
      en: "Ship nothing. If this is a test shop, mark it as one. Otherwise switch off the simulated payment methods in the space.",
    },
    call: "shopCare",
  },
  chargeback: {
    happened: {
      de: "Das Geld wurde auf Veranlassung der Kundschaft zurückgebucht.",
      fr: "L’argent a été repris à la demande de l’acheteur (rétrofacturation).",
      it: "Il denaro è stato stornato su richiesta dell’acquirente (chargeback).",
      en: "The money was taken back at the buyer’s instance (chargeback).",
    },
    todo: {
      de: "Halten Sie die Lieferung an, wenn sie noch möglich ist. Legen Sie Bestellung und Liefernachweis bereit und fragen Sie den Akzeptanzpartner nach Grund und Frist.",
      fr: "Arrêtez la livraison si c’est encore possible. Préparez la commande et la preuve de livraison, et demandez au partenaire d’acceptation la raison et le délai.",
      it: "Fermi la consegna, se è ancora possibile. Prepari l’ordine e la prova di consegna e chieda al partner di accettazione il motivo e il termine.",
      en: "Stop the delivery if that is still possible. Have the order and the proof of delivery ready, and ask the acceptance partner for the reason and the deadline.",
    },
    call: "acceptancePartner",
  },
  unexplainedRefund: {
    happened: {
      de: "Bei der Zahlung ist mehr zurückerstattet, als die bekannten Rückerstattungen ausmachen.",
      fr: "Le paiement indique un montant remboursé supérieur à la somme des remboursements connus.",
      it: "Per il pagamento risulta rimborsato più della somma dei rimborsi conosciuti.",
      en: "More has been refunded on the payment than the known refunds amount to.",
    },
    todo: {
      de: "Sehen Sie im Backoffice bei der Zahlung nach, wer wann zurückerstattet hat, und tragen Sie es im Shop nach.",
      fr: "Consultez le paiement dans le back-office pour savoir qui a remboursé et quand, puis reportez-le dans la boutique.",
      it: "Verifichi nel back office, presso il pagamento, chi ha rimborsato e quando, e lo registri nello shop.",
      en: "Look at the payment in the back office to see who refunded and when, and enter it in the shop.",
    },
    call: "acceptancePartner",
  },
};
