import type { Language } from "@checkout-plugins/knowledge";

/** What a mail says besides what is explained of a finding. */
export interface MailTexts {
  readonly greeting: string;
  readonly order: string;
  readonly amount: string;
  readonly since: string;
  readonly happened: string;
  readonly todo: string;
  readonly call: string;
  readonly detail: string;
  readonly console: string;
  readonly testSubject: string;
  readonly test: string;
}

export const mailTexts: Readonly<Record<Language, MailTexts>> = {
  de: {
    greeting: "Guten Tag",
    order: "Bestellung",
    amount: "Betrag",
    since: "Seit",
    happened: "Was geschehen ist",
    todo: "Was Sie tun können",
    call: "Wen Sie fragen können",
    detail: "Einzelheiten (englisch)",
    console: "Alle Zahlungen und Hinweise:",
    testSubject: "Testnachricht Ihres Zahlungs-Gateways",
    test: "Diese Nachricht hat jemand in der Konsole Ihres Zahlungs-Gateways ausgelöst. Sie zeigt, dass Hinweise zu Ihren Zahlungen Sie hier erreichen. Sie müssen nichts tun.",
  },
  fr: {
    greeting: "Bonjour",
    order: "Commande",
    amount: "Montant",
    since: "Depuis",
    happened: "Ce qui s’est passé",
    todo: "Ce que vous pouvez faire",
    call: "À qui vous adresser",
    detail: "Détails (en anglais)",
    console: "Tous les paiements et avis:",
    testSubject: "message d’essai de votre passerelle de paiement",
    test: "Quelqu’un a demandé ce message dans la console de votre passerelle de paiement. Il montre que les avis sur vos paiements vous parviennent ici. Vous n’avez rien à faire.",
  },
  it: {
    greeting: "Buongiorno",
    order: "Ordine",
    amount: "Importo",
    since: "Dal",
    happened: "Che cosa è successo",
    todo: "Che cosa può fare",
    call: "A chi può rivolgersi",
    detail: "Dettagli (in inglese)",
    console: "Tutti i pagamenti e gli avvisi:",
    testSubject: "messaggio di prova del suo gateway di pagamento",
    test: "Qualcuno ha richiesto questo messaggio nella console del suo gateway di pagamento. Mostra che gli avvisi sui suoi pagamenti la raggiungono qui. Non deve fare nulla.",
  },
  en: {
    greeting: "Hello",
    order: "Order",
    amount: "Amount",
    since: "Since",
    happened: "What happened",
    todo: "What you can do",
    call: "Whom you can ask",
    detail: "Details",
    console: "All payments and findings:",
    testSubject: "test message of your payment gateway",
    test: "Somebody asked for this message in the console of your payment gateway. It shows that findings about your payments reach you here. You need not do anything.",
  },
};
