import { html } from "hono/html";
import type { Html } from "../console/page.ts";
import { type Language, languages, texts } from "../console/texts.ts";
import type { Session } from "./sessions.ts";
import { type ManageTexts, manageTexts } from "./texts.ts";

/** What every page is told of whoever reads it. */
export interface Reader {
  readonly say: ManageTexts;
  readonly language: Language;
  /** null: nobody signed in. */
  readonly session: Session | null;
}

export interface Notice {
  readonly kind: "good" | "bad";
  readonly text: string;
}

export function toReader(language: Language, session: Session | null): Reader {
  return { say: manageTexts[language], language, session };
}

/** The whole page. It holds no script, and no style but its style sheets. */
export function frame({ say, language, session }: Reader, heading: string, main: Html, notice?: Notice): Html {
  const links = languages.map(
    (one) =>
      html`<a href="?lang=${one}" lang="${one}" hreflang="${one}" ${one === language ? html`aria-current="true"` : ""}
          >${texts[one].language}</a
        >`,
  );
  const signedIn =
    session &&
    html`<nav aria-label="${say.title}"><a href="/">${say.payments}</a><a href="/manage/shops">${say.shops}</a></nav>
      <form method="post" action="/manage/sign-out">${token(session)}<button class="quiet">${say.signIn.out}</button></form>`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${heading} · Checkout Plugins</title>
        <link rel="stylesheet" href="/console.css" />
        <link rel="stylesheet" href="/manage/manage.css" />
      </head>
      <body>
        <header>
          <h1>${heading}</h1>
          ${signedIn ?? ""}
          <nav aria-label="${texts[language].languages}">${links}</nav>
        </header>
        <main>${notice === undefined ? "" : html`<p class="notice ${notice.kind}" role="${notice.kind === "bad" ? "alert" : "status"}">${notice.text}</p>`}${main}</main>
      </body>
    </html>`;
}

/** In every form that changes something. */
export function token(session: Session): Html {
  return html`<input type="hidden" name="token" value="${session.token}" />`;
}

/** As `token`, for a page that a browser on this machine may see without a session. */
export function tokenOf(session: Session | null): Html {
  return session === null ? html`` : token(session);
}

/** Live and test are never told apart by colour alone. */
export function modeMark(say: ManageTexts, environment: "live" | "test"): Html {
  return html`<strong class="mode ${environment}">${say.modes[environment]}</strong>`;
}
