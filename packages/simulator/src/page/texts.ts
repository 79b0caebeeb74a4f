import type { Language } from "../catalogue/languages.ts";

/** Every text of the payment page. */
export interface PageTexts {
  readonly simulator: string;
  readonly noRealMoney: string;
  readonly footer: string;
  readonly payment: string;
  readonly order: string;
  readonly yourOrder: string;
  readonly quantity: string;
  readonly total: string;
  readonly includedTax: string;
  readonly chooseMethod: string;
  readonly pay: string;
  readonly payWith: string;
  readonly cancel: string;
  readonly cardNumber: string;
  readonly expiry: string;
  readonly expiryHint: string;
  readonly securityCode: string;
  readonly securityCodeHint: string;
  readonly cardholder: string;
  readonly optional: string;
  readonly remember: string;
  readonly testCards: string;
  readonly testCardsIntro: string;
  readonly testCard: string;
  readonly outcome: string;
  readonly use: string;
  readonly errorTitle: string;
  readonly errorCardNumber: string;
  readonly errorExpiry: string;
  readonly errorExpired: string;
  readonly errorSecurityCode: string;
  readonly noMethod: string;
  readonly bankTitle: string;
  readonly bankText: string;
  readonly appTitle: string;
  readonly appText: string;
  readonly confirm: string;
  readonly refuse: string;
  readonly otherMethod: string;
  readonly paidTitle: string;
  readonly paidText: string;
  readonly processingTitle: string;
  readonly processingText: string;
  readonly failedTitle: string;
  readonly openTitle: string;
  readonly openText: string;
  readonly notReadyTitle: string;
  readonly notReadyText: string;
  readonly backToShop: string;
}

const de: PageTexts = {
  simulator: "Simulator",
  noRealMoney: "kein echtes Geld",
  footer: "Diese Seite gehört zu einem Simulator für Entwicklung und Tests. Geben Sie keine echten Kartendaten ein.",
  payment: "Zahlung",
  order: "Bestellung",
  yourOrder: "Ihre Bestellung",
  quantity: "Menge",
  total: "Total",
  includedTax: "davon Steuern",
  chooseMethod: "Wie möchten Sie bezahlen?",
  pay: "{amount} bezahlen",
  payWith: "{amount} mit {method} bezahlen",
  cancel: "Abbrechen und zurück zum Shop",
  cardNumber: "Kartennummer",
  expiry: "Gültig bis",
  expiryHint: "MM/JJ",
  securityCode: "Sicherheitscode",
  securityCodeHint: "3 oder 4 Ziffern",
  cardholder: "Name auf der Karte",
  optional: "freiwillig",
  remember: "Karte für künftige Einkäufe speichern",
  testCards: "Testkarten",
  testCardsIntro: "Jedes Datum in der Zukunft und jeder Sicherheitscode passt.",
  testCard: "Nummer",
  outcome: "Ergebnis",
  use: "Karte {number} einsetzen: {outcome}",
  errorTitle: "Bitte prüfen Sie Ihre Angaben",
  errorCardNumber: "Geben Sie eine gültige Kartennummer ein.",
  errorExpiry: "Geben Sie das Datum als MM/JJ ein, zum Beispiel 12/30.",
  errorExpired: "Dieses Datum liegt in der Vergangenheit.",
  errorSecurityCode: "Geben Sie die 3 oder 4 Ziffern des Sicherheitscodes ein.",
  noMethod: "Für diese Bestellung steht kein Zahlungsmittel zur Verfügung. Bitte wenden Sie sich an den Shop.",
  bankTitle: "Ihre Bank bittet um Bestätigung",
  bankText: "Bestätigen Sie die Zahlung von {amount} mit der Karte {card}. So sieht 3-D Secure im Simulator aus.",
  appTitle: "Bestätigen Sie in {method}",
  appText:
    "Sonst würden Sie die Zahlung von {amount} jetzt auf Ihrem Telefon bestätigen. Im Simulator tun Sie es hier.",
  confirm: "Zahlung bestätigen",
  refuse: "Zahlung ablehnen",
  otherMethod: "Anderes Zahlungsmittel wählen",
  paidTitle: "Ihre Zahlung ist bestätigt",
  paidText: "{amount} sind bezahlt. Sie müssen nichts weiter tun.",
  processingTitle: "Ihre Zahlung wird bearbeitet",
  processingText: "Das kann einen Moment dauern. Sie können zum Shop zurückkehren; er erfährt das Ergebnis von selbst.",
  failedTitle: "Diese Zahlung ist nicht mehr möglich",
  openTitle: "Dieser Link ist nicht gültig",
  openText: "Öffnen Sie die Zahlung bitte noch einmal aus dem Shop.",
  notReadyTitle: "Diese Bestellung ist noch nicht bestätigt",
  notReadyText: "Der Shop muss sie bestätigen, bevor Sie bezahlen können. Bitte kehren Sie zum Shop zurück.",
  backToShop: "Zurück zum Shop",
};

const fr: PageTexts = {
  simulator: "Simulateur",
  noRealMoney: "pas d’argent réel",
  footer:
    "Cette page fait partie d’un simulateur pour le développement et les tests. Ne saisissez pas de vraies données de carte.",
  payment: "Paiement",
  order: "Commande",
  yourOrder: "Votre commande",
  quantity: "Quantité",
  total: "Total",
  includedTax: "dont taxes",
  chooseMethod: "Comment souhaitez-vous payer ?",
  pay: "Payer {amount}",
  payWith: "Payer {amount} avec {method}",
  cancel: "Annuler et revenir à la boutique",
  cardNumber: "Numéro de carte",
  expiry: "Valable jusqu’au",
  expiryHint: "MM/AA",
  securityCode: "Code de sécurité",
  securityCodeHint: "3 ou 4 chiffres",
  cardholder: "Nom sur la carte",
  optional: "facultatif",
  remember: "Enregistrer la carte pour de futurs achats",
  testCards: "Cartes de test",
  testCardsIntro: "Toute date future et tout code de sécurité conviennent.",
  testCard: "Numéro",
  outcome: "Résultat",
  use: "Utiliser la carte {number} : {outcome}",
  errorTitle: "Veuillez vérifier vos indications",
  errorCardNumber: "Saisissez un numéro de carte valable.",
  errorExpiry: "Saisissez la date sous la forme MM/AA, par exemple 12/30.",
  errorExpired: "Cette date est passée.",
  errorSecurityCode: "Saisissez les 3 ou 4 chiffres du code de sécurité.",
  noMethod: "Aucun moyen de paiement n’est disponible pour cette commande. Veuillez contacter la boutique.",
  bankTitle: "Votre banque demande une confirmation",
  bankText: "Confirmez le paiement de {amount} avec la carte {card}. Voici 3-D Secure dans le simulateur.",
  appTitle: "Confirmez dans {method}",
  appText:
    "D’habitude, vous confirmeriez maintenant le paiement de {amount} sur votre téléphone. Dans le simulateur, vous le faites ici.",
  confirm: "Confirmer le paiement",
  refuse: "Refuser le paiement",
  otherMethod: "Choisir un autre moyen de paiement",
  paidTitle: "Votre paiement est confirmé",
  paidText: "{amount} sont payés. Vous n’avez plus rien à faire.",
  processingTitle: "Votre paiement est en cours de traitement",
  processingText:
    "Cela peut prendre un moment. Vous pouvez revenir à la boutique ; elle apprendra le résultat d’elle-même.",
  failedTitle: "Ce paiement n’est plus possible",
  openTitle: "Ce lien n’est pas valable",
  openText: "Veuillez ouvrir à nouveau le paiement depuis la boutique.",
  notReadyTitle: "Cette commande n’est pas encore confirmée",
  notReadyText: "La boutique doit la confirmer avant que vous puissiez payer. Veuillez revenir à la boutique.",
  backToShop: "Retour à la boutique",
};

const it: PageTexts = {
  simulator: "Simulatore",
  noRealMoney: "niente denaro reale",
  footer: "Questa pagina fa parte di un simulatore per sviluppo e test. Non inserisca dati di carte reali.",
  payment: "Pagamento",
  order: "Ordine",
  yourOrder: "Il Suo ordine",
  quantity: "Quantità",
  total: "Totale",
  includedTax: "di cui imposte",
  chooseMethod: "Come desidera pagare?",
  pay: "Pagare {amount}",
  payWith: "Pagare {amount} con {method}",
  cancel: "Annullare e tornare al negozio",
  cardNumber: "Numero della carta",
  expiry: "Valida fino al",
  expiryHint: "MM/AA",
  securityCode: "Codice di sicurezza",
  securityCodeHint: "3 o 4 cifre",
  cardholder: "Nome sulla carta",
  optional: "facoltativo",
  remember: "Salvare la carta per acquisti futuri",
  testCards: "Carte di prova",
  testCardsIntro: "Va bene qualsiasi data futura e qualsiasi codice di sicurezza.",
  testCard: "Numero",
  outcome: "Esito",
  use: "Usare la carta {number}: {outcome}",
  errorTitle: "Controlli i Suoi dati",
  errorCardNumber: "Inserisca un numero di carta valido.",
  errorExpiry: "Inserisca la data nel formato MM/AA, per esempio 12/30.",
  errorExpired: "Questa data è passata.",
  errorSecurityCode: "Inserisca le 3 o 4 cifre del codice di sicurezza.",
  noMethod: "Per questo ordine non è disponibile alcun mezzo di pagamento. Si rivolga al negozio.",
  bankTitle: "La Sua banca chiede una conferma",
  bankText: "Confermi il pagamento di {amount} con la carta {card}. Così si presenta 3-D Secure nel simulatore.",
  appTitle: "Confermi in {method}",
  appText: "Di norma confermerebbe ora il pagamento di {amount} sul telefono. Nel simulatore lo fa qui.",
  confirm: "Confermare il pagamento",
  refuse: "Rifiutare il pagamento",
  otherMethod: "Scegliere un altro mezzo di pagamento",
  paidTitle: "Il Suo pagamento è confermato",
  paidText: "{amount} sono pagati. Non deve fare altro.",
  processingTitle: "Il Suo pagamento è in elaborazione",
  processingText: "Può richiedere un momento. Può tornare al negozio, che riceverà l’esito da solo.",
  failedTitle: "Questo pagamento non è più possibile",
  openTitle: "Questo link non è valido",
  openText: "Apra di nuovo il pagamento dal negozio.",
  notReadyTitle: "Questo ordine non è ancora confermato",
  notReadyText: "Il negozio deve confermarlo prima che Lei possa pagare. Torni al negozio.",
  backToShop: "Tornare al negozio",
};

const en: PageTexts = {
  simulator: "Simulator",
  noRealMoney: "no real money",
  footer: "This page belongs to a simulator for development and tests. Do not enter details of a real card.",
  payment: "Payment",
  order: "Order",
  yourOrder: "Your order",
  quantity: "Quantity",
  total: "Total",
  includedTax: "of which taxes",
  chooseMethod: "How would you like to pay?",
  pay: "Pay {amount}",
  payWith: "Pay {amount} with {method}",
  cancel: "Cancel and return to the shop",
  cardNumber: "Card number",
  expiry: "Valid until",
  expiryHint: "MM/YY",
  securityCode: "Security code",
  securityCodeHint: "3 or 4 digits",
  cardholder: "Name on the card",
  optional: "optional",
  remember: "Keep the card for later purchases",
  testCards: "Test cards",
  testCardsIntro: "Any date in the future and any security code will do.",
  testCard: "Number",
  outcome: "Outcome",
  use: "Use card {number}: {outcome}",
  errorTitle: "Please check what you entered",
  errorCardNumber: "Enter a valid card number.",
  errorExpiry: "Enter the date as MM/YY, for example 12/30.",
  errorExpired: "This date is in the past.",
  errorSecurityCode: "Enter the 3 or 4 digits of the security code.",
  noMethod: "No means of payment is available for this order. Please contact the shop.",
  bankTitle: "Your bank asks you to confirm",
  bankText:
    "Confirm the payment of {amount} with the card {card}. This is what 3-D Secure looks like in the simulator.",
  appTitle: "Confirm in {method}",
  appText: "Otherwise you would now confirm the payment of {amount} on your phone. In the simulator you do it here.",
  confirm: "Confirm the payment",
  refuse: "Refuse the payment",
  otherMethod: "Choose another means of payment",
  paidTitle: "Your payment is confirmed",
  paidText: "{amount} has been paid. There is nothing more to do.",
  processingTitle: "Your payment is being processed",
  processingText: "This may take a moment. You may return to the shop; it will learn the outcome by itself.",
  failedTitle: "This payment is no longer possible",
  openTitle: "This link is not valid",
  openText: "Please open the payment from the shop again.",
  notReadyTitle: "This order is not confirmed yet",
  notReadyText: "The shop has to confirm it before you can pay. Please return to the shop.",
  backToShop: "Back to the shop",
};

export const pageTexts: Readonly<Record<Language, PageTexts>> = { de, fr, it, en };

/** Puts values where a text names them: `{amount}`. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_match, name: string) => values[name] ?? "");
}
