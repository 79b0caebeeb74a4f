import { PaymentError, type Seconds } from "@checkout-plugins/core";
import { type Language, toLanguage } from "@checkout-plugins/knowledge";
import { toFault } from "@checkout-plugins/shop-protocol";
import { html } from "hono/html";

const texts: Readonly<Record<Language, readonly [title: string, text: string]>> = {
  de: [
    "Einen Augenblick bitte",
    "Im Moment kommen zu viele Anfragen. Diese Seite versucht es gleich von selbst noch einmal.",
  ],
  fr: ["Un instant, s’il vous plaît", "Trop de demandes arrivent en ce moment. Cette page réessaie d’elle-même."],
  it: ["Un momento, per favore", "In questo momento arrivano troppe richieste. Questa pagina riprova da sola."],
  en: ["One moment, please", "There are too many requests just now. This page tries again by itself."],
};

/** 429: a page that comes back for people, and the form of every error for programs. */
export async function toTooManyAnswer(request: Request, wait: Seconds): Promise<Response> {
  const headers = { "retry-after": String(wait), "cache-control": "no-store" };
  if (request.headers.get("accept")?.includes("text/html") !== true) {
    const message = `There are too many requests from here. Come back in ${wait} seconds.`;
    return Response.json(toFault(new PaymentError("busy", message, { retryable: true })), { status: 429, headers });
  }
  const language = toLanguage(request.headers.get("accept-language"));
  const [title, text] = texts[language];
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${request.method === "GET" ? html`<meta http-equiv="refresh" content="${wait}" />` : ""}
        <title>${title}</title>
        <link rel="stylesheet" href="/console.css" />
      </head>
      <body>
        <main>
          <section>
            <h1>${title}</h1>
            <p>${text}</p>
          </section>
        </main>
      </body>
    </html>`;
  const policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";
  const all = { ...headers, "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
  return new Response(await page, { status: 429, headers: all });
}
