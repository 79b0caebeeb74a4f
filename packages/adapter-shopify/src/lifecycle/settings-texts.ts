import type { Language } from "../language.ts";

/** What the merchant reads on the page on which he connects his spaces. */
export interface SettingsText {
  readonly title: string;
  readonly intro: string;
  readonly live: string;
  readonly test: string;
  readonly space: string;
  readonly user: string;
  readonly key: string;
  readonly connected: string;
  readonly save: string;
  readonly nothing: string;
  readonly incomplete: string;
  readonly over: string;
}

export const settingsTexts: Readonly<Record<Language, SettingsText>> = {
  de: {
    title: "Mit PostFinance Checkout verbinden",
    intro:
      "Sie finden die Angaben im Back Office von PostFinance Checkout. Der Schlüssel wird nur einmal gezeigt, beim Anlegen des Anwendungsbenutzers.",
    live: "Space für Zahlungen",
    test: "Space für Testzahlungen",
    space: "Space-ID",
    user: "Benutzer-ID des Anwendungsbenutzers",
    key: "Schlüssel des Anwendungsbenutzers",
    connected: "Verbunden. Füllen Sie die Felder nur aus, um etwas zu ändern.",
    save: "Prüfen und speichern",
    nothing: "Geben Sie mindestens einen Space an.",
    incomplete: "Füllen Sie alle drei Felder aus; Space-ID und Benutzer-ID bestehen aus Ziffern.",
    over: "Diese Sitzung ist abgelaufen. Öffnen Sie die App noch einmal in der Verwaltung Ihres Shops.",
  },
  fr: {
    title: "Connecter PostFinance Checkout",
    intro:
      "Vous trouvez ces données dans le back office de PostFinance Checkout. La clé n’est affichée qu’une fois, à la création de l’utilisateur d’application.",
    live: "Space pour les paiements",
    test: "Space pour les paiements de test",
    space: "ID du space",
    user: "ID de l’utilisateur d’application",
    key: "Clé de l’utilisateur d’application",
    connected: "Connecté. Ne remplissez les champs que pour modifier quelque chose.",
    save: "Vérifier et enregistrer",
    nothing: "Indiquez au moins un space.",
    incomplete: "Remplissez les trois champs ; l’ID du space et celui de l’utilisateur se composent de chiffres.",
    over: "Cette session est terminée. Rouvrez l’application dans l’administration de votre boutique.",
  },
  it: {
    title: "Collegare PostFinance Checkout",
    intro:
      "Trova i dati nel back office di PostFinance Checkout. La chiave è mostrata una sola volta, alla creazione dell’utente applicazione.",
    live: "Space per i pagamenti",
    test: "Space per i pagamenti di prova",
    space: "ID dello space",
    user: "ID dell’utente applicazione",
    key: "Chiave dell’utente applicazione",
    connected: "Collegato. Compili i campi solo per modificare qualcosa.",
    save: "Verificare e salvare",
    nothing: "Indichi almeno uno space.",
    incomplete: "Compili tutti e tre i campi; l’ID dello space e dell’utente sono composti da cifre.",
    over: "Questa sessione è scaduta. Riapra l’app nell’amministrazione del Suo negozio.",
  },
  en: {
    title: "Connect PostFinance Checkout",
    intro:
      "You find these in the back office of PostFinance Checkout. The key is shown once, when the application user is created.",
    live: "Space for payments",
    test: "Space for test payments",
    space: "Space ID",
    user: "User ID of the application user",
    key: "Key of the application user",
    connected: "Connected. Fill in the fields only to change something.",
    save: "Check and save",
    nothing: "Enter at least one space.",
    incomplete: "Fill in all three fields; space ID and user ID are digits.",
    over: "This session is over. Open the app again from the admin of your shop.",
  },
};
