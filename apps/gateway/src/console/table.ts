import { html } from "hono/html";
import type { Html } from "./page.ts";

/** Each cell carries its head, which a narrow screen shows beside it. */
export function toTable(heads: readonly string[], rows: readonly (readonly Html[])[]): Html {
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map((cells) => html`<tr>${cells.map((cell, index) => html`<td data-head="${heads[index]}"><div>${cell}</div></td>`)}</tr>`)}
    </tbody>
  </table>`;
}
