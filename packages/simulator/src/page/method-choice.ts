import { html } from "hono/html";
import { cardBrands } from "../catalogue/cards.ts";
import { failures } from "../catalogue/failures.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { TokenVersionRow } from "../state/payment.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import { toTypedExpiry } from "./card-entry.ts";
import { type CardFormValues, cardFields, testCardTable } from "./card-form.ts";
import { type Html, nothing } from "./layout.ts";
import type { PageContext } from "./page-context.ts";
import { fillIn } from "./texts.ts";

export interface Choice {
  /** Cards that the buyer has kept. */
  readonly stored: readonly TokenVersionRow[];
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
  const { methods, stored, chosen, card, alert } = choice;
  const open = chosen ?? (methods.length === 1 && stored.length === 0 ? methods[0]?.id : undefined);
  return html`
    ${messages(context, card, alert)}
    <h1>${texts.chooseMethod}</h1>
    ${methods.length === 0 ? html`<p class="empty">${texts.noMethod}</p>` : nothing}
    <div class="methods">${stored.map((version, index) => storedSection(context, version, index === 0 && open === undefined))}${methods.map((method) => methodSection(context, method, method.id === open, card))}</div>
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

function storedSection(context: PageContext, { space, token, card }: TokenVersionRow, isOpen: boolean): Html {
  const { texts, action, money, transaction } = context;
  const amount = money(transaction.authorizationAmount);
  const image = paymentMethod("card").image;
  return html`<details class="method" name="method" ${isOpen ? html`open` : nothing}>
    <summary><img src="/s/${space}/resource/${image}" alt="" width="44" height="30"> <span>${cardBrands[card.brand].name} ${card.maskedNumber}</span></summary>
    <form method="post" action="${action}">
      <input type="hidden" name="token" value="${token}">
      <p class="about">${texts.expiry} ${toTypedExpiry(card.expiry)}</p>
      <button type="submit" name="action" value="pay" class="primary">${fillIn(texts.pay, { amount })}</button>
    </form>
  </details>`;
}

/** The box that keeps a card, where the shop offers it to a customer it knows. */
export function keepBox({ texts, transaction: { content } }: PageContext): Html {
  if (content.tokenizationMode !== "ALLOW_ONE_CLICK_PAYMENT" || content.customerId === undefined) return nothing;
  return html`<p class="keep"><input type="checkbox" id="keepCard" name="keepCard"> <label for="keepCard">${texts.remember}</label></p>`;
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
      ${isCard ? html`${cardFields(context, card)}${keepBox(context)}` : html`<p class="about">${method.description[language]}</p>`}
      <button type="submit" name="action" value="pay" class="primary">${button}</button>
    </form>
    ${isCard ? testCardTable(context, row.id) : nothing}
  </details>`;
}

/** Why the last attempt failed, while the buyer may try again. */
export function alertOf({ transaction, language }: PageContext): string | null {
  return transaction.failure === null ? null : failures[transaction.failure].message[language];
}
