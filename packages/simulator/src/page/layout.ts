import { html } from "hono/html";
import type { Language } from "../catalogue/languages.ts";
import type { Frame } from "./frame.ts";
import { pageTexts } from "./texts.ts";

export type Html = ReturnType<typeof html>;
export const nothing: Html = html``;

export interface Layout {
  readonly title: string;
  readonly language: Language;
  /** In the head of the page. */
  readonly shopName: string | null;
  readonly main: Html;
  /** Shown beside the main part; around it on a small screen. */
  readonly aside?: Html | undefined;
  /** Loads itself again after so many seconds. */
  readonly refresh?: number | undefined;
  /** In a shop's page: tells the window around it what it needs to know. */
  readonly frame?: Frame | undefined;
  /** Only the main part, to stand among the shop's own fields. */
  readonly isBare?: boolean;
}

/** The whole document. In a window of its own it needs no script. */
export function layout({ title, language, shopName, main, aside, refresh, frame, isBare = false }: Layout): Html {
  const texts = pageTexts[language];
  const badge = html`<p class="badge"><strong>${texts.simulator}</strong> <span>${texts.noRealMoney}</span></p>`;
  const whole = html`<header>
      ${badge}
      ${shopName === null ? nothing : html`<p class="shop">${shopName}</p>`}
    </header>
    <div class="${aside === undefined ? "page" : "page page-with-order"}">
      ${aside === undefined ? nothing : html`<aside class="order">${aside}</aside>`}
      <main>${main}</main>
    </div>
    <footer class="foot"><p>${texts.footer}</p></footer>`;
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
    ${frame === undefined ? nothing : html`<script src="/assets/payment/payment-frame.js" defer></script>`}
  </head>
  <body ${isBare ? html`class="bare"` : nothing} ${frame === undefined ? nothing : frameData(frame)}>
    ${isBare ? html`<main>${main}</main>` : whole}
  </body>
</html>`;
}

function frameData({ parent, navigate, error, label }: Frame): Html {
  return html`data-parent="${parent}"
    ${navigate === undefined ? nothing : html`data-navigate="${navigate}"`}
    ${error === undefined ? nothing : html`data-error="${error}"`}
    ${label === undefined ? nothing : html`data-label="${label}"`}`;
}
