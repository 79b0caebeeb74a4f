import type { ManageTexts } from "./texts.ts";

export const de: ManageTexts = {
  title: "Shops",
  payments: "Zahlungen",
  shops: "Shops",
  signIn: {
    heading: "Anmelden",
    label: "Passwort oder Code",
    hint: "Das Passwort ist, was als CONSOLE_PASSWORD gesetzt wurde. Ohne Passwort nehmen Sie den Code, den das Gateway beim Start ausgegeben hat; er gilt einmal.",
    button: "Anmelden",
    out: "Abmelden",
    wrong:
      "Das ist weder das Passwort noch der Code. Ein benutzter Code ist ungültig: Starten Sie das Gateway neu, um einen neuen zu erhalten.",
    wait: "Zu viele Versuche. Versuchen Sie es in {seconds} Sekunden wieder.",
  },
  list: {
    empty: "Es ist noch kein Shop verbunden.",
    otherPlatform: "Andere Plattform:",
    add: "Shop hinzufügen",
    next: "Weitere Shops",
    shop: "Shop",
    platform: "Plattform",
    mode: "Modus",
    connection: "Verbindung zu PostFinance Checkout",
    fixed: "durch Umgebungsvariablen gesetzt",
    removed: "entfernt",
    notPaired: "noch nicht gekoppelt",
  },
  modes: { live: "Live", test: "Test" },
  states: {
    connected: "verbunden",
    connecting: "wird verbunden …",
    notConnected: "nicht verbunden, wird erneut versucht:",
    noSpace: "noch kein Space",
  },
  form: {
    heading: "Einstellungen",
    aboutSpaces:
      "Die ID eines Space finden Sie in seinen Einstellungen. Application User stehen unter Konto > Benutzer > Application User; geben Sie dem Benutzer im Space die Rolle Space Admin. Der Schlüssel wird einmal angezeigt, wenn er erstellt wird.",
    space: { test: "Test-Space", live: "Live-Space" },
    labels: {
      name: "Name des Shops",
      platform: "Plattform",
      testSpace: "ID des Space",
      testUser: "ID des Application User",
      testKey: "Authentifizierungsschlüssel",
      liveSpace: "ID des Space",
      liveUser: "ID des Application User",
      liveKey: "Authentifizierungsschlüssel",
      integration: "Wie die Kundschaft bezahlt, wenn der Shop es nicht bestimmt",
      completion: "Wann das Geld eingezogen wird, wenn der Shop es nicht bestimmt",
      doublePayment: "Wenn eine Bestellung doppelt bezahlt wird",
    },
    keyKept: "Leer lassen, um den Schlüssel zu behalten.",
    integrations: {
      page: "auf der Zahlungsseite von PostFinance Checkout",
      lightbox: "in einem Fenster über dem Shop (Lightbox)",
      iframe: "im Shop selbst (iFrame)",
    },
    completions: {
      configured: "wie im Space eingestellt",
      immediate: "sofort",
      deferred: "wenn die Bestellung abgeschlossen wird",
    },
    doublePayments: { resolve: "die zweite Zahlung zurückgeben", tell: "mich nur benachrichtigen" },
    save: "Prüfen und speichern",
    wrong: "Das wurde nicht gespeichert. Bitte korrigieren Sie:",
    faults: {
      missing: "Bitte füllen Sie dieses Feld aus.",
      number: "Das ist eine Zahl, nur Ziffern.",
      key: "Das ist kein vollständiger Schlüssel. Kopieren Sie ihn genau so, wie er angezeigt wurde.",
      pattern: "Das ist nicht, was hier stehen muss. Sehen Sie das Beispiel an.",
      exists: "Diesen Shop gibt es hier schon. Öffnen Sie ihn in der Liste.",
      sameSpace: "Der Live-Space muss ein anderer sein als der Test-Space.",
      noSpace: "Geben Sie mindestens einen der beiden Spaces ein.",
      credentials:
        "PostFinance Checkout akzeptiert diesen Benutzer mit diesem Schlüssel nicht. Vergleichen Sie die ID des Benutzers, und erstellen Sie im Zweifel einen neuen Schlüssel.",
      clock:
        "Die Uhr des Gateways geht falsch, deshalb wird seine Unterschrift abgelehnt. Stellen Sie die Zeit dieses Rechners mit NTP.",
      permission: "Dieser Benutzer hat in diesem Space kein Recht. Geben Sie ihm dort die Rolle Space Admin.",
      spaceNotFound:
        "Diesen Space gibt es nicht, oder dieser Benutzer sieht ihn nicht. Vergleichen Sie die ID des Space.",
      spaceInactive: "Dieser Space ist nicht aktiv.",
      unreachable:
        "PostFinance Checkout ist jetzt nicht erreichbar, deshalb konnte nichts geprüft werden. Bitte versuchen Sie es in einer Minute wieder.",
      refused:
        "PostFinance Checkout hat die Prüfung abgelehnt. Vergleichen Sie die ID des Space und die ID des Benutzers.",
    },
    changed:
      "Jemand anders hat diesen Shop inzwischen geändert. So ist er jetzt; bitte geben Sie Ihre Änderung noch einmal ein.",
    saved: "Gespeichert. PostFinance Checkout akzeptiert diese Einstellungen.",
  },
  switch: {
    heading: "Live oder Test",
    isTest: "Es fliesst kein echtes Geld. Neue Zahlungen nehmen nur Testkarten an.",
    isLive: "Es fliesst echtes Geld.",
    toLive: "Auf Live umschalten",
    toTest: "Auf Test umschalten",
    noLive: "Um auf Live umzuschalten, geben Sie zuerst den Live-Space ein.",
    noTest: "Um auf Test umzuschalten, geben Sie zuerst den Test-Space ein.",
  },
  pairing: {
    heading: "Shop verbinden",
    how: "Ein Code verbindet den Shop mit diesem Gateway. Erstellen Sie einen, und fügen Sie ihn in die Einstellungen des Shops ein.",
    button: "Kopplungscode erstellen",
    once: "Dieser Code gilt einmal, eine Stunde lang, und wird nicht wieder angezeigt:",
    again: "Ein Shop, der schon verbunden ist, erhält mit dem Code ein neues Geheimnis; das alte endet.",
  },
  methods: {
    heading: "Zahlungsmethoden",
    empty: "Der Space hat keine aktive Zahlungsmethode.",
    hidden: "Nicht angeboten",
    reasons: {
      inactive: "im Space ausgeschaltet",
      currency: "nicht in dieser Währung",
      unknown: "PostFinance Checkout sagt nicht, warum",
    },
    fault: "Die Zahlungsmethoden können jetzt nicht aufgelistet werden:",
  },
  remove: {
    heading: "Shop entfernen",
    what: "Der Shop kann keine Zahlungen mehr beginnen, und seine Webhooks werden bei PostFinance Checkout entfernt. Begonnene Zahlungen werden zu Ende geführt.",
    confirm: "Ja, diesen Shop entfernen",
    button: "Entfernen",
    unconfirmed: "Setzen Sie zuerst das Häkchen.",
    done: "Dieser Shop ist entfernt. Erstellen Sie einen Kopplungscode, um ihn wieder zu verbinden.",
  },
  notFound: "Diese Seite gibt es nicht.",
  forged:
    "Dieses Formular ist zu alt, oder es kam nicht von dieser Seite. Öffnen Sie die Seite neu, und wiederholen Sie Ihre Eingabe.",
};
