import type { Entry } from "../entry.ts";
import { inOfficialPlugins, inQuestions, inWebService } from "../sources.ts";

export const accountTopics: readonly Entry[] = [
  {
    id: "account-and-space",
    topic: "account",
    question: {
      de: "Was ist ein Account, was ist ein Space?",
      fr: "Qu’est-ce qu’un Account, qu’est-ce qu’un Space?",
      it: "Che cos’è un account, che cos’è uno Space?",
      en: "What is an account, what is a space?",
    },
    answer: {
      de: "Der Account ist Ihre Firma. Ein Space ist ein einzelner Onlineshop, also eine Webadresse. Ein Account kann mehrere Spaces enthalten.",
      fr: "L’Account est votre entreprise. Un Space est une seule boutique en ligne, donc une adresse web. Un Account peut contenir plusieurs Spaces.",
      it: "L’account è la sua azienda. Uno Space è un singolo shop online, ossia un indirizzo web. Un account può contenere più Space.",
      en: "The account is your company. A space is one online shop, that is one web address. An account can hold several spaces.",
    },
    keywords: {
      de: ["Konto", "Unterschied Account Space", "Bedeutung", "Firma", "Begriffe", "was ist ein Space"],
      fr: [
        "compte",
        "espace",
        "différence account space",
        "signification",
        "entreprise",
        "c’est quoi un Space",
        "c’est quoi un espace",
        "qu’est-ce qu’un espace",
      ],
      it: [
        "conto",
        "spazio",
        "differenza account space",
        "significato",
        "azienda",
        "cos’è uno spazio",
        "che cosa è uno spazio",
        "cos’è uno Space",
      ],
      en: [
        "difference between account and space",
        "meaning",
        "company",
        "terms",
        "definition",
        "mean",
        "what is a space",
      ],
    },
    facts: [
      {
        id: "meaning",
        kind: "statement",
        statement: "Account = the company. Space = one online shop (its web address).",
        volatile: false,
        ...inQuestions,
      },
    ],
  },
  {
    id: "error-403",
    topic: "account",
    question: {
      de: "Was bedeutet der Fehler 403 (Zugriff verweigert)?",
      fr: "Que signifie l’erreur 403 (accès refusé)?",
      it: "Che cosa significa l’errore 403 (accesso negato)?",
      en: "What does error 403 (access denied) mean?",
    },
    answer: {
      de: "Dem Benutzer fehlt eine Berechtigung. Ein Admin-Benutzer legt Benutzer an und gibt ihnen Rollen und Berechtigungen. Nötig ist mindestens ein Leserecht auf Ebene Space oder Account; geben Sie es auf beiden. Betrifft es den Anwendungsbenutzer eines Plugins, so braucht er im Space die Rolle «Space Admin», wie es die Anleitung des offiziellen Shopware-Plugins verlangt. Welche Berechtigung genau fehlt, sagt der Dienst nicht.",
      fr: "L’utilisateur n’a pas l’autorisation nécessaire. Un utilisateur administrateur crée les utilisateurs et leur attribue des rôles et des autorisations. Il faut au moins un droit de lecture au niveau du Space ou de l’Account; accordez-le aux deux. S’il s’agit de l’utilisateur d’application d’un plug-in, il lui faut le rôle «Space Admin» dans le Space, comme le demande le guide du plug-in Shopware officiel. Le service n’indique pas quelle autorisation manque.",
      it: "All’utente manca un’autorizzazione. Un utente amministratore crea gli utenti e assegna loro ruoli e autorizzazioni. Serve almeno un diritto di lettura a livello di Space o di account; lo conceda su entrambi. Se si tratta dell’utente applicazione di un plug-in, nello Space gli serve il ruolo «Space Admin», come richiede la guida del plug-in Shopware ufficiale. Il servizio non dice quale autorizzazione manca.",
      en: "The user lacks a permission. An admin user creates users and gives them roles and permissions. At least a read right on the space or the account level is needed; give it on both. If it concerns a plug-in’s application user, that user needs the role “Space Admin” in the space, as the guide of the official Shopware plug-in asks. The service does not say which permission is missing.",
    },
    keywords: {
      de: ["Berechtigung", "Rechte", "Rolle", "Benutzer", "kein Zugriff", "forbidden", "Admin", "Leserecht"],
      fr: ["autorisation", "droits", "rôle", "utilisateur", "accès", "forbidden", "administrateur", "permission"],
      it: ["autorizzazione", "diritti", "ruolo", "utente", "accesso", "forbidden", "amministratore", "permesso"],
      en: ["permission", "rights", "role", "user", "no access", "forbidden", "admin", "not allowed"],
    },
    facts: [
      {
        id: "meaning",
        kind: "statement",
        statement: "403: the user lacks permission. Without any he gets: access denied, code 403.",
        volatile: false,
        ...inQuestions,
      },
      {
        id: "least-right",
        kind: "statement",
        statement: "At least a read right on the space or account level; give it on both. An admin user gives it.",
        volatile: false,
        ...inQuestions,
      },
      {
        id: "web-service",
        kind: "statement",
        statement: "Web service: 403 means that the user is known and lacks the permission; it does not name which.",
        volatile: false,
        ...inWebService,
      },
      {
        id: "application-user",
        kind: "statement",
        statement: "The guide of the Shopware plug-in gives the application user the role Space Admin in the space.",
        channel: "online",
        volatile: false,
        ...inOfficialPlugins,
      },
    ],
  },
];
