import { html } from "hono/html";
import { failures } from "../catalogue/failures.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import { type CardFormValues, cardFields, testCardTable } from "./card-form.ts";
import { type Html, nothing } from "./layout.ts";
import type { PageContext } from "./page-context.ts";
import { fillIn } from "./texts.ts";

export interface Choice {
  readonly methods: readonly MethodConfigurationRow[];
  /** The one that is open. */
  readonly chosen: string | null;
  readonly card: CardFormValues;
  /** Above the methods: why the last attempt failed. */
  readonly alert: string | null;
}

/** Every method with its own form; only one is open at a time, by the browser's own means. */
export function methodChoice(context: PageContext, choice: Choice): Html {
  const { texts, action } = context;
  const { methods, chosen, card, alert } = choice;
  const open = chosen ?? (methods.length === 1 ? methods[0]?.id : undefined);
  return html`
    ${messages(context, card, alert)}
    <h1>${texts.chooseMethod}</h1>
    ${methods.length === 0 ? html`<p class="empty">${texts.noMethod}</p>` : nothing}
    <div class="methods">${methods.map((method) => methodSection(context, method, method.id === open, card))}</div>
    <form method="post" action="${action}" class="cancel">
      <button type="submit" name="action" value="abort" class="quiet">${texts.cancel}</button>
    </form>`;
}

function messages({ texts }: PageContext, { problems }: CardFormValues, alert: string | null): Html {
  const wrong = Object.entries(problems) as [string, string][];
  if (wrong.length > 0) {
    return html`<div class="alert" role="alert"><h2>${texts.errorTitle}</h2>
      <ul>${wrong.map(([name, problem]) => html`<li><a href="#${name}">${problem}</a></li>`)}</ul></div>`;
  }
  return alert === null ? nothing : html`<div class="alert" role="alert"><p>${alert}</p></div>`;
}

function methodSection(context: PageContext, row: MethodConfigurationRow, isOpen: boolean, card: CardFormValues): Html {
  const { language, texts, action, money, transaction } = context;
  const method = paymentMethod(row.method);
  const amount = money(transaction.authorizationAmount);
  const isCard = method.kind === "card";
  const title = method.title[language];
  const button = isCard ? fillIn(texts.pay, { amount }) : fillIn(texts.payWith, { amount, method: title });
  return html`<details class="method" name="method" ${isOpen ? html`open` : nothing}>
    <summary><img src="/s/${row.space}/resource/${method.image}" alt="" width="44" height="30"> <span>${title}</span></summary>
    <form method="post" action="${action}" novalidate>
      <input type="hidden" name="method" value="${row.id}">
      ${isCard ? cardFields(context, card) : html`<p class="about">${method.description[language]}</p>`}
      <button type="submit" name="action" value="pay" class="primary">${button}</button>
    </form>
    ${isCard ? testCardTable(context, row.id) : nothing}
  </details>`;
}

/** Why the last attempt failed, while the buyer may try again. */
export function alertOf({ transaction, language }: PageContext): string | null {
  return transaction.failure === null ? null : failures[transaction.failure].message[language];
}
