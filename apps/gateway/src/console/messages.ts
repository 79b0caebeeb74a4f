import { html } from "hono/html";
import { type Reader, tokenOf } from "../manage/frame.ts";
import type { ConsoleModel, ShopModel } from "./model.ts";
import type { Html } from "./page.ts";
import { type Texts, texts } from "./texts.ts";

/** How each shop's owner is reached, with a button that tries it. */
export function messageList(reader: Reader, model: ConsoleModel): Html {
  const say = texts[reader.language];
  return html`<section>
    <h2>${say.messages.heading}</h2>
    <ul>
      ${model.shops.map((shop) => html`<li><strong>${shop.name}</strong> ${contactOf(reader, shop)}${outcomesOf(say, model, shop)}</li>`)}
    </ul>
  </section>`;
}

function contactOf({ language, session }: Reader, { id, contact }: ShopModel): Html {
  const { messages } = texts[language];
  if (contact === null) return html`${messages.nobody}`;
  const { email, webhook } = contact;
  return html`${email === null ? "" : html`<span>${messages.email} ${email}</span>`}
    ${webhook === null ? "" : html`<span>${messages.webhook} ${new URL(webhook.url).host}</span>`}
    <form method="post" action="/console/shops/${id}/test-message?lang=${language}">${tokenOf(session)}<button>${messages.test}</button></form>`;
}

function outcomesOf({ messages }: Texts, { test }: ConsoleModel, { id }: ShopModel): Html {
  const outcomes = test?.shop === id ? test.outcomes : [];
  const items = outcomes.map(
    ({ channel, why }) =>
      html`<p role="status">
        ${channel === "email" ? messages.email : messages.webhook}:
        ${why === null ? messages.sent : html`${messages.failed} <span lang="en">${why}</span>`}
      </p>`,
  );
  return html`${items}`;
}
