import { toDecimal } from "@checkout-plugins/core";
import { html } from "hono/html";
import { toChf } from "../money.ts";
import type { Order } from "../orders.ts";
import { type AmountLeft, toPossible } from "../possible.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import { fill } from "../text/text.ts";
import type { Html, View } from "./layout.ts";
import { formatTime, money } from "./merchant-layout.ts";

/** Only what is possible now. Every form carries a key of its own, so that sending it twice asks for one thing. */
export function actionForms(view: View, order: Order, createKey: () => string): Html {
  const text = toMerchantText(view.language);
  const possible = toPossible(order);
  const form = (kind: string, content: Html): Html =>
    html`<form method="post" action="/merchant/orders/${order.id}/${kind}" data-once="${view.text.paying}">
      <input type="hidden" name="key" value="${createKey()}">${content}</form>`;
  const all = ({ rest }: AmountLeft, label: string): Html =>
    html`<button class="button" name="part" value="all">${fill(label, { amount: money(toChf(rest), view) })}</button>`;
  const { complete, refund, review } = possible;
  const decideBy = order.payment?.review?.decideBy ?? null;
  const forms = [
    review &&
      section(text.review, [
        html`<p>${text.reviewText} ${decideBy === null ? null : fill(text.decideBy, { date: formatTime(decideBy, view) })}</p>`,
        html`<div class="beside">${form("review", decision("suitable", text.accept, ""))}${form("review", decision("notSuitable", text.refuse, "bad"))}</div>`,
      ]),
    complete &&
      section(text.complete, [
        html`<p>${text.completeText}</p>`,
        one(complete, text),
        form("complete", all(complete, text.completeAll)),
        html`<details><summary>${text.completePart}</summary>${form("complete", lineFields(view, complete, text.complete, true))}</details>`,
      ]),
    possible.void &&
      section(possible.void === "release" ? text.release : text.cancel, [
        html`<p>${possible.void === "release" ? text.releaseText : text.cancelText}</p>`,
        form(
          "void",
          html`<button class="button bad">${possible.void === "release" ? text.release : text.cancel}</button>`,
        ),
      ]),
    refund &&
      section(text.refund, [
        html`<p>${fill(text.refundText, { amount: money(toChf(refund.rest), view) })}</p>`,
        one(refund, text),
        form("refund", html`${reasonField(text, "all")}${all(refund, text.refundAll)}`),
        html`<details><summary>${text.refundLines}</summary>${form("refund", html`${lineFields(view, refund, text.refund, false)}`)}</details>`,
        html`<details><summary>${text.refundAmount}</summary>${form("refund", amountFields(refund, text))}</details>`,
      ]),
  ].filter((some) => some !== false && some !== null);
  return forms.length === 0 ? html`<p>${text.noActions}</p>` : html`${forms}`;
}

function section(title: string, content: readonly (Html | null)[]): Html {
  return html`<section class="action"><h3>${title}</h3>${content}</section>`;
}

function one({ isOneOpen }: AmountLeft, text: MerchantText): Html | null {
  return isOneOpen ? html`<p class="small">${text.oneOpen}</p>` : null;
}

function decision(value: string, label: string, look: string): Html {
  return html`<button class="button ${look}" name="decision" value="${value}">${label}</button>`;
}

function lineFields(view: View, { lines }: AmountLeft, action: string, isCompletion: boolean): Html {
  const text = toMerchantText(view.language);
  return html`<ul class="rows">${lines.map(
    ({ line, pieces }) => html`<li>
    <span class="grow">${line.name}<small>${line.vat} % · ${money(toChf(line.total), view)}</small></span>
    <input type="number" name="pieces.${line.id}" value="${isCompletion ? pieces : 0}" min="0" max="${pieces}" inputmode="numeric"
      aria-label="${fill(text.pieces, { line: line.name })}"> <small>${fill(text.ofPieces, { pieces })}</small></li>`,
  )}</ul>
${isCompletion ? html`<p><label class="choice"><input type="checkbox" name="last" value="yes">${text.last}</label></p>` : reasonField(text, "lines")}
<button class="button" name="part" value="lines">${action}</button>`;
}

function amountFields({ rest }: AmountLeft, text: MerchantText): Html {
  return html`<div class="field"><label for="amount">${text.amount}</label>
  <input id="amount" name="amount" inputmode="decimal" required maxlength="12" placeholder="${toDecimal(toChf(rest))}"></div>
${reasonField(text, "amount")}
<button class="button" name="part" value="amount">${text.refund}</button>`;
}

function reasonField(text: MerchantText, part: string): Html {
  return html`<div class="field"><label for="reason-${part}">${text.reason}</label>
  <input id="reason-${part}" name="reason" maxlength="200"></div>`;
}
