import { html } from "hono/html";
import type { Assets } from "../assets.ts";
import { type Language, languages, toTag } from "../language.ts";
import { fill, type Text } from "../text/text.ts";
import { icon } from "./icons.ts";

/** A piece of a page. `html` escapes every value in it that is not itself a piece. */
export type Html = ReturnType<typeof html>;

/** What every page needs to know about its visitor. */
export interface View {
  readonly language: Language;
  readonly text: Text;
  /** Of this page, for the language links. */
  readonly path: string;
  /** In the cart. */
  readonly pieces: number;
  readonly assets: Assets;
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Into `<head>`. */
  readonly head?: Html;
}

const languageNames: Readonly<Record<Language, string>> = {
  de: "Deutsch",
  fr: "Français",
  it: "Italiano",
  en: "English",
};

export function layout(view: View, page: Page): Html {
  const { text, assets } = view;
  return html`<!doctype html>
<html lang="${toTag(view.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Bergfink</title>
<meta name="description" content="${text.description}">
<meta name="theme-color" content="#1d4a3d">
<link rel="icon" href="${assets.address("favicon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.address("style.css")}">
<script type="module" src="${assets.address("enhance.js")}"></script>
${page.head}
</head>
<body>
<a class="skip" href="#main">${text.skipToContent}</a>
<header class="top">
  <div class="wrap">
    <a class="brand" href="/">${icon("brand")}<span>Bergfink</span></a>
    <span class="tagline">${text.tagline}</span>
    ${languageLinks(view)}
    <a class="cart-link" href="/cart" aria-label="${fill(text.cartWithPieces, { pieces: view.pieces })}">
      ${icon("cart")}<span class="cart-word">${text.cart}</span>
      ${view.pieces > 0 ? html`<span class="badge">${view.pieces}</span>` : null}
    </a>
  </div>
</header>
<main id="main" tabindex="-1">${page.body}</main>
<footer class="bottom">
  <div class="wrap">
    <p>${text.vatNote} ${text.demoNote}</p>
    <p><a href="/account">${text.account}</a></p>
    <p><a href="/merchant">${text.forMerchants}</a></p>
  </div>
</footer>
</body>
</html>`;
}

function languageLinks({ language, path, text }: View): Html {
  return html`<nav class="languages" aria-label="${text.language}"><ul>${languages.map(
    (other) => html`<li><a href="${path}?language=${other}" lang="${other}" hreflang="${other}"
      aria-label="${other.toUpperCase()} ${languageNames[other]}" aria-current="${other === language ? "true" : "false"}">${other.toUpperCase()}</a></li>`,
  )}</ul></nav>`;
}
