import type { Methods, ShopRecord } from "@checkout-plugins/core";
import { html } from "hono/html";
import type { Connection } from "../connections.ts";
import type { Html } from "../console/page.ts";
import { type FormModel, shopForm } from "./form-page.ts";
import { frame, modeMark, type Notice, type Reader, tokenOf } from "./frame.ts";
import { connectionList } from "./list-page.ts";

export interface ShopPageModel {
  readonly record: ShopRecord;
  readonly connections: readonly Connection[];
  /** null: they are not asked for, because the shop is not paired. A text: why they cannot be listed. */
  readonly methods: Methods | string | null;
  readonly form: FormModel;
  /** A code that was just made; null: the platform pairs in another way. */
  readonly pairing: { readonly code: string | null } | null;
  readonly notice?: Notice | undefined;
}

export function toShopPage(reader: Reader, model: ShopPageModel): Html {
  const { say } = reader;
  const { record, connections } = model;
  return frame(
    reader,
    record.terms.name,
    html`${modeSection(reader, record)} ${pairingSection(reader, model)}
      <section>
        <h2>${say.list.connection}</h2>
        ${record.settings === null ? say.list.notPaired : connectionList(say, connections)}
      </section>
      ${methodsSection(reader, model.methods)}
      <section>
        <h2>${say.form.heading}</h2>
        ${shopForm(reader, model.form)}
      </section>
      ${removeSection(reader, record)}`,
    model.notice,
  );
}

function modeSection({ say, session }: Reader, { id, version, terms, disabledOn }: ShopRecord): Html {
  if (disabledOn !== null) return html``;
  const isTest = terms.environment === "test";
  const [other, isThere] = isTest ? ["live", terms.live !== null] : ["test", terms.test !== null];
  const missing = isTest ? say.switch.noLive : say.switch.noTest;
  return html`<section class="${terms.environment}">
    <h2>${say.switch.heading}</h2>
    <p>${modeMark(say, terms.environment)} ${isTest ? say.switch.isTest : say.switch.isLive}</p>
    ${
      isThere
        ? html`<form method="post" action="/manage/shops/${id}/switch">
            ${tokenOf(session)}
            <input type="hidden" name="version" value="${version}" />
            <button name="to" value="${other}">${isTest ? say.switch.toLive : say.switch.toTest}</button>
          </form>`
        : html`<p class="note">${missing}</p>`
    }
  </section>`;
}

function pairingSection({ say, session }: Reader, { record, pairing }: ShopPageModel): Html {
  if (pairing === null) return html``;
  const { code } = pairing;
  return html`<section>
    <h2>${say.pairing.heading}</h2>
    ${
      code === null
        ? html`<p>${say.pairing.how}${record.settings === null ? "" : html` ${say.pairing.again}`}</p>
            <form method="post" action="/manage/shops/${record.id}/code">
              ${tokenOf(session)}<button>${say.pairing.button}</button>
            </form>`
        : html`<p id="once">${say.pairing.once}</p>
            <textarea class="code" readonly rows="4" aria-labelledby="once" autofocus>${code}</textarea>`
    }
  </section>`;
}

function methodsSection({ say }: Reader, methods: ShopPageModel["methods"]): Html {
  if (methods === null) return html``;
  const { heading, empty, hidden, reasons, fault } = say.methods;
  if (typeof methods === "string") {
    return html`<section>
      <h2>${heading}</h2>
      <p>${fault} <span lang="en">${methods}</span></p>
    </section>`;
  }
  return html`<section>
    <h2>${heading}</h2>
    ${methods.offered.length === 0 ? html`<p>${empty}</p>` : html`<ul class="names">${methods.offered.map(({ name }) => html`<li>${name}</li>`)}</ul>`}
    ${
      methods.hidden.length === 0
        ? ""
        : html`<h3>${hidden}</h3>
            <ul class="names">
              ${methods.hidden.map(({ name, reason }) => html`<li>${name} <small class="inline">${reasons[reason ?? "unknown"]}</small></li>`)}
            </ul>`
    }
  </section>`;
}

function removeSection({ say, session }: Reader, { id, disabledOn }: ShopRecord): Html {
  if (disabledOn !== null) return html``;
  return html`<section>
    <h2>${say.remove.heading}</h2>
    <form method="post" action="/manage/shops/${id}/remove">
      ${tokenOf(session)}
      <p>${say.remove.what}</p>
      <p><label class="check"><input type="checkbox" name="sure" value="yes" />${say.remove.confirm}</label></p>
      <button class="danger">${say.remove.button}</button>
    </form>
  </section>`;
}
