import type { Language } from "./language.ts";

/** What became of a payment, for its buyer. */
export type Notice = "waiting" | "unknown" | "paid" | "failed" | "closed";

const texts: Readonly<Record<Notice, Readonly<Record<Language, readonly [title: string, text: string]>>>> = {
  waiting: {
    de: ["Ihre Zahlung wird bestätigt", "Diese Seite geht von selbst weiter. Sie müssen nichts tun."],
    fr: [
      "Votre paiement est en cours de confirmation",
      "Cette page se poursuit d’elle-même. Vous n’avez rien à faire.",
    ],
    it: ["Il Suo pagamento è in fase di conferma", "Questa pagina prosegue da sola. Non deve fare nulla."],
    en: ["Your payment is being confirmed", "This page goes on by itself. There is nothing you need to do."],
  },
  unknown: {
    de: ["Diese Zahlung gibt es nicht", "Bitte öffnen Sie Ihre Bestellung noch einmal im Shop."],
    fr: ["Ce paiement n’existe pas", "Veuillez rouvrir votre commande dans la boutique."],
    it: ["Questo pagamento non esiste", "Apra di nuovo il Suo ordine nel negozio."],
    en: ["There is no such payment", "Please open your order in the shop again."],
  },
  paid: {
    de: ["Vielen Dank, Ihre Bestellung ist bezahlt", "Sie können diese Seite schliessen."],
    fr: ["Merci, votre commande est payée", "Vous pouvez fermer cette page."],
    it: ["Grazie, il Suo ordine è pagato", "Può chiudere questa pagina."],
    en: ["Thank you, your order is paid", "You can close this page."],
  },
  failed: {
    de: ["Die Zahlung ist nicht erfolgt", "Es wurde nichts belastet. Sie können es noch einmal versuchen."],
    fr: ["Le paiement n’a pas eu lieu", "Rien n’a été débité. Vous pouvez réessayer."],
    it: ["Il pagamento non è avvenuto", "Non è stato addebitato nulla. Può riprovare."],
    en: ["The payment was not made", "Nothing was charged. You can try again."],
  },
  closed: {
    de: [
      "Diese Bestellung ist nicht zu bezahlen",
      "Sie ist bezahlt, wurde storniert oder hat eine andere Zahlungsart.",
    ],
    fr: ["Cette commande n’est pas à payer", "Elle est payée, annulée ou a un autre mode de paiement."],
    it: ["Questo ordine non è da pagare", "È pagato, annullato o ha un altro metodo di pagamento."],
    en: ["This order is not to be paid", "It is paid, was cancelled, or has another payment method."],
  },
};

const again: Readonly<Record<Language, string>> = {
  de: "Noch einmal versuchen",
  fr: "Réessayer",
  it: "Riprova",
  en: "Try again",
};

export interface PageSettings {
  readonly language: Language;
  readonly status?: number;
  /** Seconds after which the page asks again by itself. */
  readonly refresh?: number;
  /** Where "try again" leads. */
  readonly retryUrl?: string;
}

const style = `body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f4f4f2;color:#1c1c1a;font:1.0625rem/1.5 system-ui,sans-serif}
main{box-sizing:border-box;width:min(32rem,100% - 2rem);margin:1rem;padding:2rem 1.5rem;background:#fff;border-radius:.75rem}
fieldset{margin:1.5rem 0 0;padding:0;border:0}legend{padding:0;font-weight:600}label{display:block;margin-top:.75rem;font-size:.9375rem}input{box-sizing:border-box;width:100%;padding:.5rem;border:1px solid #8a8a85;border-radius:.375rem;background:inherit;color:inherit;font:inherit}ul{margin:1rem 0 0;padding:.75rem 1rem .75rem 2rem;border-radius:.375rem;background:#fde8e6;color:#7a1410}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}p{margin:0}a,button{display:inline-block;margin-top:1.5rem;padding:.625rem 1.25rem;border-radius:.375rem;background:#1c1c1a;color:#fff;text-decoration:none;border:0;font:inherit;cursor:pointer}
@media (prefers-color-scheme:dark){body{background:#1c1c1a;color:#f4f4f2}main{background:#2a2a27}a,button{background:#f4f4f2;color:#1c1c1a}}`;

/** Texts and attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** Headers of every page here: never kept, never framed, no script, and no address given on. */
const pageHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** A whole page. `body` is HTML whose texts are escaped. */
export function toPage(title: string, body: string, { language, status = 200, refresh }: PageSettings): Response {
  const meta = refresh === undefined ? "" : `<meta http-equiv="refresh" content="${refresh}">`;
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${meta}<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
  return new Response(html, { status, headers: pageHeaders });
}

/** One of the few things that a buyer is told here, in his language. */
export function toNotice(notice: Notice, settings: PageSettings): Response {
  const { language, retryUrl } = settings;
  const [title, text] = texts[notice][language];
  const link = retryUrl === undefined ? "" : `<a href="${escapeHtml(retryUrl)}">${again[language]}</a>`;
  return toPage(title, `<p>${text}</p>${link}`, settings);
}

/** Sends a browser on by GET, without telling where from. */
export function toRedirect(url: string, headers: Readonly<Record<string, string>> = {}): Response {
  const all = { location: url, "cache-control": "no-store", "referrer-policy": "no-referrer", ...headers };
  return new Response(null, { status: 303, headers: all });
}
