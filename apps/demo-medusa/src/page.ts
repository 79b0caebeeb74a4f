export type Language = "de" | "en" | "fr" | "it";

const texts = {
  de: {
    shop: "Demo-Shop",
    buy: "Kaufen",
    delivery: "Versand per Post CHF 9.00, an eine Beispieladresse.",
    where: "Wo möchten Sie bezahlen?",
    integration: { page: "auf der Zahlungsseite", lightbox: "in einem Fenster über dem Shop", iframe: "hier im Shop" },
    means: "Womit möchten Sie bezahlen?",
    pay: "Jetzt bezahlen",
    choose: "Bitte wählen Sie ein Zahlungsmittel.",
    again: "Erneut bezahlen",
    failed: "Die Zahlung war nicht erfolgreich. Es wurde nichts belastet; bitte versuchen Sie es erneut.",
    open: "Sie haben noch nicht bezahlt. Bitte versuchen Sie es erneut.",
    processing: "Ihre Zahlung ist eingegangen. Die Bestellung folgt in wenigen Augenblicken.",
    thanks: "Vielen Dank für Ihre Bestellung",
    order: "Bestellung",
    paid: { captured: "bezahlt", authorized: "Zahlung reserviert", other: "Zahlung in Bearbeitung" },
    back: "Zurück zum Shop",
    admin: "In der Verwaltung ansehen",
    error: "Das hat nicht geklappt. Bitte versuchen Sie es erneut.",
  },
  en: {
    shop: "Demo shop",
    buy: "Buy",
    delivery: "Delivery by post CHF 9.00, to an example address.",
    where: "Where would you like to pay?",
    integration: { page: "on the payment page", lightbox: "in a window above the shop", iframe: "here in the shop" },
    means: "How would you like to pay?",
    pay: "Pay now",
    choose: "Please choose a means of payment.",
    again: "Pay again",
    failed: "The payment was not successful. Nothing was charged; please try again.",
    open: "You have not paid yet. Please try again.",
    processing: "Your payment has arrived. The order follows in a few moments.",
    thanks: "Thank you for your order",
    order: "Order",
    paid: { captured: "paid", authorized: "payment reserved", other: "payment being processed" },
    back: "Back to the shop",
    admin: "See it in the admin",
    error: "That did not work. Please try again.",
  },
  fr: {
    shop: "Boutique de démonstration",
    buy: "Acheter",
    delivery: "Livraison par la poste CHF 9.00, à une adresse d’exemple.",
    where: "Où souhaitez-vous payer ?",
    integration: {
      page: "sur la page de paiement",
      lightbox: "dans une fenêtre au-dessus de la boutique",
      iframe: "ici, dans la boutique",
    },
    means: "Comment souhaitez-vous payer ?",
    pay: "Payer maintenant",
    choose: "Veuillez choisir un moyen de paiement.",
    again: "Payer à nouveau",
    failed: "Le paiement n’a pas abouti. Rien n’a été débité ; veuillez réessayer.",
    open: "Vous n’avez pas encore payé. Veuillez réessayer.",
    processing: "Votre paiement est arrivé. La commande suit dans quelques instants.",
    thanks: "Merci de votre commande",
    order: "Commande",
    paid: { captured: "payée", authorized: "paiement réservé", other: "paiement en cours" },
    back: "Retour à la boutique",
    admin: "Voir dans l’administration",
    error: "Cela n’a pas fonctionné. Veuillez réessayer.",
  },
  it: {
    shop: "Negozio di prova",
    buy: "Acquistare",
    delivery: "Spedizione per posta CHF 9.00, a un indirizzo di esempio.",
    where: "Dove desidera pagare?",
    integration: {
      page: "nella pagina di pagamento",
      lightbox: "in una finestra sopra il negozio",
      iframe: "qui nel negozio",
    },
    means: "Come desidera pagare?",
    pay: "Pagare ora",
    choose: "La preghiamo di scegliere un mezzo di pagamento.",
    again: "Pagare di nuovo",
    failed: "Il pagamento non è riuscito. Non è stato addebitato nulla; La preghiamo di riprovare.",
    open: "Non ha ancora pagato. La preghiamo di riprovare.",
    processing: "Il Suo pagamento è arrivato. L’ordine segue tra pochi istanti.",
    thanks: "Grazie per il Suo ordine",
    order: "Ordine",
    paid: { captured: "pagato", authorized: "pagamento riservato", other: "pagamento in corso" },
    back: "Torna al negozio",
    admin: "Vedere nell’amministrazione",
    error: "Non ha funzionato. La preghiamo di riprovare.",
  },
} as const;

export type Texts = (typeof texts)[Language];

export function findTexts(accepted: string | undefined): { readonly language: Language; readonly texts: Texts } {
  const wanted = (accepted ?? "").slice(0, 2);
  const language = wanted === "de" || wanted === "fr" || wanted === "it" ? wanted : "en";
  return { language, texts: texts[language] };
}

export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
  return text.replace(/[&<>"]/g, (sign) => `&${names[sign]};`);
}

export function toPage(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #1d1d1b }
  fieldset { border: 0; padding: 0; margin: 1rem 0 } label { display: block; padding: .25rem 0 } iframe { width: 100%; border: 0 }
  li { display: flex; gap: 1rem; align-items: center; padding: .75rem 0; border-bottom: 1px solid #ddd }
  ul { padding: 0 } li strong { flex: 1 }
  button, .button { font: inherit; padding: .5rem 1.25rem; border: 0; border-radius: .375rem; background: #1d1d1b; color: #fff; cursor: pointer }
  [role=alert]:empty { display: none } [role=alert] p { margin: 0 }
  [role=status], [role=alert] { padding: .75rem 1rem; background: #fff4cc; border-radius: .375rem }
</style>
<h1>${escapeHtml(title)}</h1>
${body}
</html>`;
}
