import type { Entry } from "../entry.ts";
import type { Fact } from "../facts.ts";
import { type Language, languages, type Texts } from "../language.ts";
import { acquirers } from "../partners/acquirers.ts";
import { methodNames } from "../partners/methods.ts";
import { inQuestions } from "../sources.ts";

const at: Readonly<Record<"online" | "counter", Texts>> = {
  online: { de: "online", fr: "en ligne", it: "online", en: "online" },
  counter: { de: "vor Ort", fr: "sur place", it: "in negozio", en: "at the counter" },
};

/** One line per partner, from the same data as `whomToCall`, so that a corrected number is corrected here too. */
function toLines(language: Language): string {
  return acquirers
    .filter(({ contacts }) => contacts.length > 0)
    .map(({ name, accepts, contacts }) => {
      const names = [...new Set(accepts.map(({ name: method }) => methodNames[method][language]))].join(", ");
      const ways = contacts.map(({ channel, email, phone, url }) => {
        const way = [email?.address, phone?.printed, url?.printed].filter((part) => part !== undefined).join(", ");
        return channel === null ? way : `${at[channel][language]}: ${way}`;
      });
      return `${names === name ? name : `${name} – ${names}`}: ${ways.join("; ")}`;
    })
    .join("\n");
}

function withLines(texts: Texts): Texts {
  const lines = languages.map((language) => [language, `${texts[language]}\n${toLines(language)}`]);
  return Object.fromEntries(lines) as Texts;
}

const contactFacts: readonly Fact[] = acquirers.flatMap(({ contacts }) =>
  contacts.flatMap(({ email, phone, url }) => [email, phone, url].filter((fact) => fact !== undefined)),
);

export const partnerTopics: readonly Entry[] = [
  {
    id: "partner-contacts",
    topic: "partners",
    question: {
      de: "An wen wende ich mich bei Fragen zu einer Zahlungsart?",
      fr: "À qui m’adresser pour une question sur un mode de paiement?",
      it: "A chi mi rivolgo per domande su una modalità di pagamento?",
      en: "Whom do I ask about a payment method?",
    },
    answer: withLines({
      de: "An den Akzeptanzpartner dieser Zahlungsart. Ein Anruf auf 0848 382 423 kostet in der Schweiz höchstens CHF 0.08 pro Minute.",
      fr: "Au partenaire d’acceptation de ce mode de paiement. Un appel au 0848 382 423 coûte au plus CHF 0.08 par minute en Suisse.",
      it: "Al partner di accettazione di quella modalità di pagamento. Una chiamata allo 0848 382 423 costa in Svizzera al massimo CHF 0.08 al minuto.",
      en: "The acceptance partner of that method. A call to 0848 382 423 costs at most CHF 0.08 a minute in Switzerland.",
    }),
    keywords: {
      de: [
        "Kontakt",
        "Telefonnummer",
        "E-Mail",
        "Support",
        "Hotline",
        "Ansprechpartner",
        "Acquirer",
        "anrufen",
        "Kundendienst",
      ],
      fr: [
        "contact",
        "numéro de téléphone",
        "e-mail",
        "support",
        "hotline",
        "acquéreur",
        "appeler",
        "service clientèle",
      ],
      it: [
        "contatto",
        "numero di telefono",
        "e-mail",
        "supporto",
        "hotline",
        "acquirer",
        "chiamare",
        "servizio clienti",
      ],
      en: ["contact", "phone number", "email", "support", "hotline", "acquirer", "call", "customer service"],
    },
    facts: [
      ...contactFacts,
      {
        id: "call-price",
        kind: "price",
        minor: 8,
        currency: "CHF",
        vat: "notStated",
        per: "minute",
        atMost: true,
        volatile: false,
        ...inQuestions,
      },
    ],
  },
  {
    id: "payment-missing",
    topic: "partners",
    question: {
      de: "Eine Zahlung ist nicht auf meinem Konto eingetroffen. Was tun?",
      fr: "Un paiement n’est pas arrivé sur mon compte. Que faire?",
      it: "Un pagamento non è arrivato sul mio conto. Che cosa fare?",
      en: "A payment has not arrived in my account. What should I do?",
    },
    answer: {
      de: "Sehen Sie nach, mit welcher Zahlungsart die Bestellung bezahlt wurde, und fragen Sie dann den Akzeptanzpartner dieser Zahlungsart.",
      fr: "Vérifiez avec quel mode de paiement la commande a été réglée, puis adressez-vous au partenaire d’acceptation de ce mode de paiement.",
      it: "Verifichi con quale modalità di pagamento è stato pagato l’ordine e si rivolga poi al partner di accettazione di quella modalità.",
      en: "Look up which payment method paid the order, then ask that method’s acceptance partner.",
    },
    keywords: {
      de: [
        "Geld fehlt",
        "nicht ausbezahlt",
        "Zahlungseingang",
        "Gutschrift fehlt",
        "kein Geld erhalten",
        "wo ist mein Geld",
        "nicht auf meinem Konto",
        "Zahlung fehlt",
        "Kunde hat bezahlt",
      ],
      fr: [
        "argent manquant",
        "pas reçu",
        "non crédité",
        "versement manquant",
        "où est mon argent",
        "pas sur mon compte",
        "paiement manquant",
        "client a payé",
      ],
      it: [
        "soldi mancanti",
        "non ricevuto",
        "accredito mancante",
        "non accreditato",
        "dove sono i miei soldi",
        "non sul mio conto",
        "pagamento mancante",
        "cliente ha pagato",
      ],
      en: [
        "money missing",
        "not received",
        "not credited",
        "missing payout",
        "where is my money",
        "not in my account",
        "payment missing",
        "customer paid",
        "no money",
      ],
    },
    facts: [
      {
        id: "ask-partner",
        kind: "statement",
        statement: "Look up which method paid the order, then ask that method's partner.",
        volatile: false,
        ...inQuestions,
      },
    ],
  },
  {
    id: "new-methods",
    topic: "partners",
    question: {
      de: "Wo sehe ich, welche neuen Zahlungsarten es für Checkout Flex gibt?",
      fr: "Où voir quels nouveaux modes de paiement existent pour Checkout Flex?",
      it: "Dove vedo quali nuove modalità di pagamento esistono per Checkout Flex?",
      en: "Where do I see which new payment methods Checkout Flex offers?",
    },
    answer: {
      de: "Auf der Produktseite von Checkout Flex bei PostFinance. Für jede weitere Zahlungsart schliessen Sie einen Vertrag mit ihrem Akzeptanzpartner ab.",
      fr: "Sur la page produit de Checkout Flex chez PostFinance. Pour chaque mode de paiement supplémentaire, vous concluez un contrat avec son partenaire d’acceptation.",
      it: "Sulla pagina del prodotto Checkout Flex di PostFinance. Per ogni modalità di pagamento supplementare stipula un contratto con il relativo partner di accettazione.",
      en: "On PostFinance’s product page of Checkout Flex. For each further method you sign a contract with its acceptance partner.",
    },
    keywords: {
      de: [
        "neu",
        "zusätzliche Zahlungsart",
        "weitere Zahlungsmittel",
        "hinzufügen",
        "Angebot",
        "verfügbare Zahlungsarten",
        "Liste",
      ],
      fr: ["nouveau", "ajouter un moyen de paiement", "supplémentaire", "offre", "disponibles", "liste"],
      it: ["nuovo", "aggiungere un metodo di pagamento", "supplementare", "offerta", "disponibili", "elenco"],
      en: ["new", "add a payment method", "additional", "offer", "available methods", "list"],
    },
    facts: [
      {
        id: "product-page",
        kind: "statement",
        statement: "New methods of Flex are listed on its product page.",
        products: ["flex"],
        volatile: false,
        ...inQuestions,
      },
    ],
  },
];
