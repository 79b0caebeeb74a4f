import type { Entry } from "../entry.ts";
import { inQuestions, inWebService } from "../sources.ts";

/** From the order to the first payment. */
export const terminalTopics: readonly Entry[] = [
  {
    id: "terminal-buy",
    topic: "terminals",
    question: {
      de: "Wo kaufe ich ein Kassenterminal, und was brauche ich dafür?",
      fr: "Où acheter un terminal de paiement, et que faut-il pour cela?",
      it: "Dove acquisto un terminale di pagamento e che cosa mi serve?",
      en: "Where do I buy a payment terminal, and what do I need for it?",
    },
    answer: {
      de: "Im Terminal-Shop (terminal-shop.postfinance.ch). Voraussetzung sind Checkout Flex oder POS-Payment Flex und für die Monatsgebühr ein Geschäftskonto oder eine Kreditkarte.",
      fr: "Dans la boutique de terminaux (terminal-shop.postfinance.ch). Il faut Checkout Flex ou POS-Payment Flex et, pour les frais mensuels, un compte commercial ou une carte de crédit.",
      it: "Nel terminal shop (terminal-shop.postfinance.ch). Occorrono Checkout Flex o POS-Payment Flex e, per la spesa mensile, un conto commerciale o una carta di credito.",
      en: "In the terminal shop (terminal-shop.postfinance.ch). You need Checkout Flex or POS-Payment Flex, and a business account or a credit card for the monthly fee.",
    },
    keywords: {
      de: [
        "Kartenterminal",
        "Kartenleser",
        "bestellen",
        "Kartengerät",
        "Zahlterminal",
        "POS",
        "Laden",
        "Voraussetzung",
      ],
      fr: ["lecteur de cartes", "commander", "appareil", "TPE", "POS", "magasin", "condition"],
      it: ["lettore di carte", "ordinare", "apparecchio", "comprare", "POS", "negozio", "requisiti"],
      en: ["card reader", "order", "device", "card machine", "POS", "purchase", "requirements", "store"],
    },
    facts: [
      {
        id: "shop",
        kind: "url",
        url: "https://terminal-shop.postfinance.ch",
        printed: "terminal-shop.postfinance.ch",
        channel: "counter",
        volatile: false,
        ...inQuestions,
      },
      {
        id: "precondition",
        kind: "statement",
        statement: "Checkout Flex or POS-Payment Flex; a business account or credit card for the monthly fee.",
        products: ["flex", "posPaymentFlex"],
        channel: "counter",
        volatile: false,
        ...inQuestions,
      },
    ],
  },
  {
    id: "terminal-setup",
    topic: "terminals",
    question: {
      de: "Wie nehme ich ein Kassenterminal in Betrieb?",
      fr: "Comment mettre en service un terminal de paiement?",
      it: "Come metto in funzione un terminale di pagamento?",
      en: "How do I set up a payment terminal?",
    },
    answer: {
      de: "1. Bestellen Sie das Kassenterminal.\n2. Melden Sie sich an und lösen Sie das Abo.\n3. Konfigurieren Sie das Terminal im Space (Dashboard) und wählen Sie die Zahlungsarten.\n4. Sobald mindestens ein Partner «aktiv» ist, erscheint im Account ein Aktivierungscode.\n5. Geben Sie ihn am Terminal ein: Es ist bereit.",
      fr: "1. Commandez le terminal.\n2. Inscrivez-vous et souscrivez l’abonnement.\n3. Configurez le terminal dans le Space (tableau de bord) et choisissez les modes de paiement.\n4. Dès qu’un partenaire au moins est «actif», un code d’activation apparaît dans l’Account.\n5. Saisissez-le sur le terminal: il est prêt.",
      it: "1. Ordini il terminale.\n2. Si iscriva e sottoscriva l’abbonamento.\n3. Configuri il terminale nello Space (dashboard) e scelga le modalità di pagamento.\n4. Non appena almeno un partner è «attivo», nell’account compare un codice di attivazione.\n5. Lo inserisca sul terminale: è pronto.",
      en: "1. Order the terminal.\n2. Sign up and take the subscription.\n3. Configure the terminal in the space (dashboard) and choose the payment methods.\n4. When at least one partner is “active”, an activation code appears in the account.\n5. Enter it on the terminal: it is ready.",
    },
    keywords: {
      de: [
        "einrichten",
        "installieren",
        "Kartenterminal",
        "Kartenleser",
        "konfigurieren",
        "Inbetriebnahme",
        "anschliessen",
        "Gerät",
      ],
      fr: ["configurer", "installer", "lecteur de cartes", "installation", "étapes", "brancher", "appareil"],
      it: [
        "configurare",
        "installare",
        "lettore di carte",
        "installazione",
        "messa in servizio",
        "passaggi",
        "apparecchio",
      ],
      en: ["configure", "install", "card reader", "set up", "setup", "steps", "connect", "device", "start using"],
    },
    facts: [
      {
        id: "steps",
        kind: "statement",
        statement: "Order; sign up, take the subscription; configure in the space; enter the activation code; ready.",
        products: ["flex", "posPaymentFlex"],
        channel: "counter",
        volatile: false,
        ...inQuestions,
      },
    ],
  },
  {
    id: "terminal-activation-code",
    topic: "terminals",
    question: {
      de: "Wo finde ich den Aktivierungscode für mein Kassenterminal?",
      fr: "Où trouver le code d’activation de mon terminal de paiement?",
      it: "Dove trovo il codice di attivazione del mio terminale di pagamento?",
      en: "Where do I find the activation code of my payment terminal?",
    },
    answer: {
      de: "In Ihrem Account, sobald mindestens ein Akzeptanzpartner «aktiv» ist. Geben Sie ihn am Terminal ein. Der Webservice kennt keinen Aktivierungscode, er verbindet ein Gerät über dessen Seriennummer: Ein Plugin kann den Code deshalb weder anzeigen noch anfordern.",
      fr: "Dans votre Account, dès qu’un partenaire d’acceptation au moins est «actif». Saisissez-le sur le terminal. Le service web ne connaît pas de code d’activation, il associe un appareil par son numéro de série: un plug-in ne peut donc ni afficher ni demander ce code.",
      it: "Nel suo account, non appena almeno un partner di accettazione è «attivo». Lo inserisca sul terminale. Il servizio web non conosce codici di attivazione, collega un apparecchio tramite il numero di serie: un plug-in non può quindi né mostrare né richiedere il codice.",
      en: "In your account, as soon as at least one acceptance partner is “active”. Enter it on the terminal. The web service knows no activation code; it links a device by its serial number, so a plug-in can neither show nor request the code.",
    },
    keywords: {
      de: ["Code", "Freischaltcode", "Code fehlt", "kein Code", "Seriennummer", "aktivieren", "Terminal aktivieren"],
      fr: ["code", "code manquant", "pas de code", "numéro de série", "activer le terminal"],
      it: ["codice", "codice mancante", "nessun codice", "numero di serie", "attivare il terminale"],
      en: ["code", "code missing", "no code", "serial number", "activate terminal", "pairing"],
    },
    facts: [
      {
        id: "in-the-account",
        kind: "statement",
        statement:
          "The activation code appears in the account when at least one partner is active; enter it on the terminal.",
        channel: "counter",
        volatile: false,
        ...inQuestions,
      },
      {
        id: "web-service",
        kind: "statement",
        statement: "The web service has no activation code; it links a terminal to a device by the serial number.",
        channel: "counter",
        volatile: false,
        ...inWebService,
      },
    ],
  },
];
