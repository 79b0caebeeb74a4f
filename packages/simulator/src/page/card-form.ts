import { html } from "hono/html";
import { testCards } from "../catalogue/cards.ts";
import type { CardProblems } from "./card-entry.ts";
import { type Html, nothing } from "./layout.ts";
import type { PageContext } from "./page-context.ts";
import { fillIn } from "./texts.ts";

/** What the fields hold when the form is shown. */
export interface CardFormValues {
  readonly number: string;
  readonly expiry: string;
  readonly holder: string;
  readonly problems: CardProblems;
}

interface FieldOptions {
  readonly name: "cardNumber" | "cardExpiry" | "cardCode" | "cardHolder";
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly autocomplete: string;
  readonly inputMode: "numeric" | "text";
  readonly maxLength: number;
  readonly required: boolean;
}

function field(options: FieldOptions): Html {
  const { name, label, value, hint, problem, autocomplete, inputMode, maxLength, required } = options;
  const described = [hint === undefined ? "" : `${name}-hint`, problem === undefined ? "" : `${name}-error`]
    .join(" ")
    .trim();
  return html`<div class="field field-${name}">
    <label for="${name}">${label}</label>
    ${hint === undefined ? nothing : html`<span class="hint" id="${name}-hint">${hint}</span>`}
    <input id="${name}" name="${name}" value="${value}" type="text" inputmode="${inputMode}" autocomplete="${autocomplete}"
      maxlength="${maxLength}" ${required ? html`required` : nothing}
      ${described === "" ? nothing : html`aria-describedby="${described}"`}
      ${problem === undefined ? nothing : html`aria-invalid="true"`}>
    ${problem === undefined ? nothing : html`<p class="problem" id="${name}-error">${problem}</p>`}
  </div>`;
}

/** Number, expiry, code and name. Names and inputs are those that browsers fill in by themselves. */
export function cardFields({ texts }: PageContext, { number, expiry, holder, problems }: CardFormValues): Html {
  return html`<div class="card-fields">
    ${field({ name: "cardNumber", label: texts.cardNumber, value: number, problem: problems.cardNumber, autocomplete: "cc-number", inputMode: "numeric", maxLength: 23, required: true })}
    ${field({ name: "cardExpiry", label: texts.expiry, hint: texts.expiryHint, value: expiry, problem: problems.cardExpiry, autocomplete: "cc-exp", inputMode: "numeric", maxLength: 7, required: true })}
    ${field({ name: "cardCode", label: texts.securityCode, hint: texts.securityCodeHint, value: "", problem: problems.cardCode, autocomplete: "cc-csc", inputMode: "numeric", maxLength: 4, required: true })}
    ${field({ name: "cardHolder", label: texts.cardholder, hint: texts.optional, value: holder, autocomplete: "cc-name", inputMode: "text", maxLength: 100, required: false })}
  </div>`;
}

/** The cards that lead to each outcome; on the payment page of `method`, each with a link that fills in the form. */
export function testCardTable(context: PageContext, method: string | null): Html {
  const { texts, language, action } = context;
  const rows = testCards.map((card) => {
    const number = card.number.replace(/(\d{4})(?=\d)/g, "$1 ");
    const label = fillIn(texts.use, { number, outcome: card.about[language] });
    const link = `${action}&paymentMethodConfigurationId=${method}&testCard=${card.name}#cardNumber`;
    const cell = method === null ? html`${number}` : html`<a href="${link}" aria-label="${label}">${number}</a>`;
    return html`<tr><td>${cell}</td><td>${card.about[language]}</td></tr>`;
  });
  return html`<details class="test-cards">
    <summary>${texts.testCards}</summary>
    <p>${texts.testCardsIntro}</p>
    <table><thead><tr><th scope="col">${texts.testCard}</th><th scope="col">${texts.outcome}</th></tr></thead><tbody>${rows}</tbody></table>
  </details>`;
}
