import type { ShopRecord } from "@checkout-plugins/core";
import { html } from "hono/html";
import type { Connection } from "../connections.ts";
import type { Html } from "../console/page.ts";
import { toTable } from "../console/table.ts";
import { frame, modeMark, type Reader } from "./frame.ts";
import { platformNames } from "./platform-names.ts";
import type { ManageTexts } from "./texts.ts";

export interface ListedShop {
  readonly id: string;
  readonly platform: string;
  /** null: it is of the environment. */
  readonly record: ShopRecord | null;
  readonly connections: readonly Connection[];
}

/** `next`: the shop after which the next page begins. */
export function toListPage(reader: Reader, shops: readonly ListedShop[], next: string | null): Html {
  const { say } = reader;
  const heads = [say.list.shop, say.list.platform, say.list.mode, say.list.connection];
  const rows = shops.map((shop) => cells(say, shop));
  return frame(
    reader,
    say.shops,
    html`<section>
      ${shops.length === 0 ? html`<p>${say.list.empty}</p>` : toTable(heads, rows)}
      ${next === null ? "" : html`<p><a href="?after=${next}">${say.list.next}</a></p>`}
      <p><a class="button" href="/manage/shops/new">${say.list.add}</a></p>
    </section>`,
  );
}

function cells(say: ManageTexts, { id, platform, record, connections }: ListedShop): readonly Html[] {
  const name =
    record === null
      ? html`${id} <small>${say.list.fixed}</small>`
      : html`<a href="/manage/shops/${id}">${record.terms.name}</a>
          <small>${record.settings === null ? say.list.notPaired : record.key}</small>`;
  const mode =
    record === null
      ? html`–`
      : record.disabledOn === null
        ? modeMark(say, record.terms.environment)
        : html`${say.list.removed}`;
  return [name, html`${platformNames[platform] ?? platform}`, mode, connectionList(say, connections)];
}

export function connectionList(say: ManageTexts, connections: readonly Connection[]): Html {
  if (connections.length === 0) return html`${say.states.noSpace}`;
  return html`<ul class="plain">
    ${connections.map(
      ({ space, environment, state, why }) =>
        html`<li>
          ${space} <small class="inline">${say.modes[environment]}</small>: ${say.states[state]}
          ${why === null ? "" : html`<br /><span lang="en">${why}</span>`}
        </li>`,
    )}
  </ul>`;
}
