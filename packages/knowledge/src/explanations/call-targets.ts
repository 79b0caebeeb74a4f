import type { Texts } from "../language.ts";

export type CallTarget = "acceptancePartner" | "accountAdministrator" | "shopCare" | "buyer" | "nobody";

export const callTargets: Readonly<Record<CallTarget, Texts>> = {
  acceptancePartner: {
    de: "Den Akzeptanzpartner der verwendeten Zahlungsart.",
    fr: "Le partenaire d’acceptation du mode de paiement utilisé.",
    it: "Il partner di accettazione della modalità di pagamento utilizzata.",
    en: "The acceptance partner of the payment method used.",
  },
  accountAdministrator: {
    de: "Den Admin-Benutzer Ihres Accounts bei PostFinance Checkout.",
    fr: "L’utilisateur administrateur de votre Account PostFinance Checkout.",
    it: "L’utente amministratore del suo account PostFinance Checkout.",
    en: "The admin user of your PostFinance Checkout account.",
  },
  shopCare: {
    de: "Die Person oder Agentur, die Ihren Shop technisch betreut.",
    fr: "La personne ou l’agence qui s’occupe de la technique de votre boutique.",
    it: "La persona o l’agenzia che cura la parte tecnica del suo shop.",
    en: "The person or agency that looks after your shop’s technology.",
  },
  buyer: {
    de: "Die Käuferin oder den Käufer; Auskunft über die Ablehnung gibt nur deren Bank oder Kartenherausgeber.",
    fr: "L’acheteuse ou l’acheteur; seule sa banque ou l’émetteur de sa carte renseigne sur le refus.",
    it: "L’acquirente; solo la sua banca o l’emittente della carta dà informazioni sul rifiuto.",
    en: "The buyer; only the buyer’s bank or card issuer gives information about the refusal.",
  },
  nobody: {
    de: "Niemanden, es ist kein Anruf nötig.",
    fr: "Personne, aucun appel n’est nécessaire.",
    it: "Nessuno, non occorre alcuna chiamata.",
    en: "Nobody, no call is needed.",
  },
};
