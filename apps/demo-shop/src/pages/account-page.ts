import type { Instant, StoredMeans } from "@checkout-plugins/core";
import { html } from "hono/html";
import { fill } from "../text/text.ts";
import { icon } from "./icons.ts";
import { type Html, layout, type View } from "./layout.ts";

export interface Account {
  /** null: they cannot be asked for now. */
  readonly stored: readonly StoredMeans[] | null;
  readonly news: "forgotten" | "notForgotten" | null;
}

/** The buyer's account: what he keeps for the next time. */
export function accountPage(view: View, { stored, news }: Account): Html {
  const { text } = view;
  const body = html`
<div class="wrap">
  <h1>${text.accountTitle}</h1>
  ${news === null ? null : html`<p class="notice" role="status">${text[news]}</p>`}
  <section class="panel plain">
    <h2>${text.storedTitle}</h2>
    <p>${text.storedText}</p>
    ${stored === null ? html`<p class="notice bad" role="alert">${icon("alert")}${text.storedNoAnswer}</p>` : list(view, stored)}
  </section>
</div>`;
  return layout(view, { title: text.accountTitle, body });
}

function list({ text }: View, stored: readonly StoredMeans[]): Html {
  if (stored.length === 0) return html`<p>${text.storedNone}</p>`;
  return html`<ul class="stored">${stored.map(
    ({ id, label, expiresOn }) => html`<li>
      <span class="grow"><strong>${label}</strong>${
        expiresOn === null
          ? null
          : html`<br><span class="small">${fill(text.storedUntil, { date: month(expiresOn) })}</span>`
      }</span>
      <form method="post" action="/account/forget" data-once="${text.paying}">
        <input type="hidden" name="means" value="${id}">
        <button class="button quiet" aria-label="${fill(text.forgetLabel, { label })}">${text.forget}</button>
      </form></li>`,
  )}</ul>`;
}

const halfADay = 12 * 60 * 60 * 1000;

/** As it stands on the card: "12/2028". Its last moment may be the next month's first one in another time zone. */
function month(instant: Instant): string {
  const form = { month: "2-digit", year: "numeric", timeZone: "Europe/Zurich" } as const;
  return new Intl.DateTimeFormat("en-GB", form).format(Date.parse(instant) - halfADay);
}
