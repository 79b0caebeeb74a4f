import type { FailureCode, Instant, Money } from "@checkout-plugins/core";
import { explainFailure } from "@checkout-plugins/knowledge";
import { html } from "hono/html";
import { formatMoney } from "../money.ts";
import { type OrderState, toOrderState } from "../order-state.ts";
import type { Order } from "../orders.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import { type Html, layout, type Page, type View } from "./layout.ts";

/** Every merchant page begins by saying that a real one has a lock. */
export function merchantLayout(view: View, page: Page): Html {
  const text = toMerchantText(view.language);
  const body = html`<div class="wrap merchant"><p class="notice">${text.openNote}</p>${page.body}</div>`;
  return layout(view, { ...page, body, head: html`<meta name="robots" content="noindex">` });
}

const looks: Readonly<Record<OrderState, "good" | "wait" | "bad" | "calm">> = {
  unpaid: "calm",
  asking: "wait",
  slow: "wait",
  failed: "bad",
  authorized: "wait",
  paid: "good",
  refunded: "calm",
  cancelled: "calm",
  declined: "bad",
  checking: "bad",
};

export function stateTag(order: Order, text: MerchantText): Html {
  const state = toOrderState(order);
  return html`<span class="tag ${looks[state]}">${text.states[state]}</span>`;
}

export function formatTime(instant: Instant, { language }: View): string {
  const format = new Intl.DateTimeFormat(`${language}-CH`, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "Europe/Zurich",
  });
  return format.format(new Date(instant));
}

export function time(instant: Instant, view: View): Html {
  return html`<time datetime="${instant}">${formatTime(instant, view)}</time>`;
}

export function money(amount: Money, { language }: View): string {
  return formatMoney(amount, language);
}

/** What happened and what to do, in the merchant's language; below it what was said of this very case, in English. */
export function failureText(
  failure: { readonly code: FailureCode | null; readonly merchantMessage: string },
  view: View,
): Html {
  return html`<span class="mistake">${explain(failure.code, view)}</span>
    ${ownWords(failure.merchantMessage, view)}`;
}

/** What was said of this very case, as it was said. */
export function ownWords(words: string, { language }: View): Html {
  return html`<small class="words">${toMerchantText(language).ownWords} <span lang="en">${words}</span></small>`;
}

function explain(code: FailureCode | null, { language }: View): string {
  if (code === null) return toMerchantText(language).notAccepted;
  const { whatHappened, whatToDo } = explainFailure(code, language);
  return `${whatHappened} ${whatToDo}`;
}
