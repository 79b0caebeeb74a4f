import { html } from "hono/html";
import { type Reader, tokenOf } from "../manage/frame.ts";
import type { ConsoleModel } from "./model.ts";
import type { Html } from "./page.ts";
import { type Texts, texts } from "./texts.ts";

/** Answers a buyer who asks what is kept of him, or who wants to be forgotten. */
export function buyerForm({ language, session }: Reader, model: ConsoleModel): Html {
  const say = texts[language];
  const { buyers } = say;
  return html`<section>
    <h2>${buyers.heading}</h2>
    ${outcome(say, model)}
    <p>${buyers.explanation}</p>
    <form method="post" action="/console/buyers/export?lang=${language}" class="fields">
      ${tokenOf(session)}
      <label>${say.shops.shop} <select name="shop">${model.shops.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
      <label>
        ${buyers.by}
        <select name="by">
          <option value="email">${buyers.email}</option>
          <option value="customer">${buyers.customer}</option>
        </select>
      </label>
      <label>${buyers.value} <input name="value" required maxlength="254" autocomplete="off" /></label>
      <label class="check"><input type="checkbox" name="sure" value="yes" required /> ${buyers.sure}</label>
      <button formnovalidate>${buyers.export}</button>
      <button formaction="/console/buyers/erase?lang=${language}">${buyers.erase}</button>
    </form>
  </section>`;
}

function outcome({ buyers }: Texts, { erasure }: ConsoleModel): Html {
  if (erasure === undefined) return html``;
  const { erased, held } = erasure;
  return html`<p role="status">${buyers.erased} ${erased}${held > 0 ? html`. ${buyers.held} ${held}` : ""}</p>`;
}
