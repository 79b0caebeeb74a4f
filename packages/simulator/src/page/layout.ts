import { html } from "hono/html";
import type { Language } from "../catalogue/languages.ts";
import { pageTexts } from "./texts.ts";

export type Html = ReturnType<typeof html>;
export const nothing: Html = html``;

export interface Layout {
  readonly title: string;
  readonly language: Language;
  /** Beside or below the title in the head of the page. */
  readonly shopName: string | null;
  readonly main: Html;
  /** Shown beside the main part; below its head on a small screen. */
  readonly aside?: Html;
  /** Loads itself again after so many seconds. */
  readonly refresh?: number;
}

/** The whole document. It needs no script. */
export function layout({ title, language, shopName, main, aside, refresh }: Layout): Html {
  const texts = pageTexts[language];
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    ${refresh === undefined ? nothing : html`<meta http-equiv="refresh" content="${refresh}">`}
    <title>${title} · ${texts.simulator}</title>
    <link rel="stylesheet" href="/assets/payment/payment-page.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <p class="badge" role="note"><strong>${texts.simulator}</strong> <span>${texts.noRealMoney}</span></p>
    <header class="head">${shopName === null ? nothing : html`<p class="shop">${shopName}</p>`}</header>
    <div class="${aside === undefined ? "page" : "page page-with-order"}">
      ${aside === undefined ? nothing : html`<aside class="order">${aside}</aside>`}
      <main>${main}</main>
    </div>
    <footer class="foot"><p>${texts.footer}</p></footer>
  </body>
</html>`;
}
