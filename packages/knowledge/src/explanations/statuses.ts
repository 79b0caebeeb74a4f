import type { ExplanationTexts } from "./explanation.ts";

export type ServiceStatus = 401 | 403 | 404 | 409 | 422 | 429;

/** HTTP statuses of the web service that owners meet. */
export const serviceStatuses: Readonly<Record<ServiceStatus, ExplanationTexts>> = {
  401: {
    happened: {
      de: "Der Dienst hat die Zugangsdaten nicht angenommen (401).",
      fr: "Le service n’a pas accepté les données d’accès (401).",
      it: "Il servizio non ha accettato i dati di accesso (401).",
      en: "The service did not accept the credentials (401).",
    },
    todo: {
      de: "Vergleichen Sie Benutzer-ID und Schlüssel des Anwendungsbenutzers, prüfen Sie, ob er aktiv ist, und ob die Uhr des Servers richtig geht. Der Schlüssel wird nur einmal angezeigt: Erstellen Sie im Zweifel einen neuen.",
      fr: "Comparez l’identifiant et la clé de l’utilisateur d’application, vérifiez s’il est actif et si l’horloge du serveur est à l’heure. La clé n’est affichée qu’une fois: en cas de doute, créez-en une nouvelle.",
      it: "Confronti l’ID e la chiave dell’utente applicazione, verifichi se è attivo e se l’orologio del server è esatto. La chiave viene mostrata una sola volta: in caso di dubbio ne crei una nuova.",
      en: "Compare the application user’s id and key, check that the user is active and that the server’s clock is right. The key is shown only once: when in doubt, create a new one.",
    },
    call: "accountAdministrator",
  },
  403: {
    happened: {
      de: "Dem Benutzer fehlt eine Berechtigung (403). Welche, sagt der Dienst nicht.",
      fr: "L’utilisateur n’a pas l’autorisation nécessaire (403). Le service n’indique pas laquelle manque.",
      it: "All’utente manca un’autorizzazione (403). Il servizio non dice quale.",
      en: "The user lacks a permission (403). The service does not say which.",
    },
    todo: {
      de: "Lassen Sie dem Benutzer Rollen geben, mindestens ein Leserecht auf Space und Account. Die Anleitung des offiziellen Shopware-Plugins verlangt für den Anwendungsbenutzer die Rolle «Space Admin» im Space.",
      fr: "Faites attribuer des rôles à l’utilisateur, au moins un droit de lecture sur le Space et l’Account. Le guide du plug-in Shopware officiel demande pour l’utilisateur d’application le rôle «Space Admin» dans le Space.",
      it: "Faccia assegnare dei ruoli all’utente, almeno un diritto di lettura su Space e account. La guida del plug-in Shopware ufficiale richiede per l’utente applicazione il ruolo «Space Admin» nello Space.",
      en: "Have roles given to the user, at least a read right on space and account. The guide of the official Shopware plug-in asks for the role “Space Admin” in the space for the application user.",
    },
    call: "accountAdministrator",
  },
  404: {
    happened: {
      de: "Das Gesuchte gibt es beim Dienst nicht (404).",
      fr: "L’objet recherché n’existe pas auprès du service (404).",
      it: "L’oggetto cercato non esiste presso il servizio (404).",
      en: "The service does not have what was asked for (404).",
    },
    todo: {
      de: "Prüfen Sie die Space-ID und die Nummer: Vielleicht liegt das Gesuchte in einem anderen Space.",
      fr: "Vérifiez l’identifiant du Space et le numéro: l’objet se trouve peut-être dans un autre Space.",
      it: "Verifichi l’ID dello Space e il numero: forse l’oggetto si trova in un altro Space.",
      en: "Check the space id and the number: what you look for may be in another space.",
    },
    call: "shopCare",
  },
  409: {
    happened: {
      de: "Dieselben Daten wurden gleichzeitig anderswo geändert (409).",
      fr: "Les mêmes données ont été modifiées ailleurs en même temps (409).",
      it: "Gli stessi dati sono stati modificati altrove nello stesso momento (409).",
      en: "The same data was changed elsewhere at the same time (409).",
    },
    todo: {
      de: "Laden Sie den aktuellen Stand und entscheiden Sie dann neu.",
      fr: "Chargez l’état actuel, puis décidez à nouveau.",
      it: "Carichi lo stato attuale e poi decida di nuovo.",
      en: "Load the current state, then decide again.",
    },
    call: "nobody",
  },
  422: {
    happened: {
      de: "Der Dienst konnte die Anfrage lesen, lässt ihren Inhalt aber nicht zu (422).",
      fr: "Le service a pu lire la demande, mais n’en admet pas le contenu (422).",
      it: "Il servizio ha potuto leggere la richiesta, ma non ne ammette il contenuto (422).",
      en: "The service could read the request but does not accept its content (422).",
    },
    todo: {
      de: "Die Meldung des Dienstes nennt das Feld oder den Grund; geben Sie sie weiter.",
      fr: "Le message du service indique le champ ou la raison; transmettez-le.",
      it: "Il messaggio del servizio indica il campo o il motivo; lo inoltri.",
      en: "The service’s message names the field or the reason; pass it on.",
    },
    call: "shopCare",
  },
  429: {
    happened: {
      de: "Es kamen zu viele Anfragen in zwei Minuten (429).",
      fr: "Il y a eu trop de demandes en deux minutes (429).",
      it: "Ci sono state troppe richieste in due minuti (429).",
      en: "There were too many requests within two minutes (429).",
    },
    todo: {
      de: "Warten Sie zwei Minuten. Wiederholt sich der Fehler, so greifen vielleicht mehrere Programme mit demselben Benutzer oder im selben Space zu.",
      fr: "Attendez deux minutes. Si l’erreur se répète, plusieurs programmes utilisent peut-être le même utilisateur ou le même Space.",
      it: "Attenda due minuti. Se l’errore si ripete, forse più programmi usano lo stesso utente o lo stesso Space.",
      en: "Wait two minutes. If it happens again, several programs may be using the same user or the same space.",
    },
    call: "shopCare",
  },
};
