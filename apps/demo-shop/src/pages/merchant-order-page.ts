import type { Attempt, Payment } from "@checkout-plugins/core";
import { explainFinding } from "@checkout-plugins/knowledge";
import { html } from "hono/html";
import { toChf } from "../money.ts";
import { toOrderState } from "../order-state.ts";
import type { Order } from "../orders.ts";
import { toPossible } from "../possible.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import { fill } from "../text/text.ts";
import type { WishMistake } from "../wishes.ts";
import { addressBlock } from "./checkout-pages.ts";
import { icon } from "./icons.ts";
import type { Html, View } from "./layout.ts";
import { actionForms } from "./merchant-actions.ts";
import { failureText, merchantLayout, money, ownWords, stateTag, time } from "./merchant-layout.ts";
import { operationList } from "./merchant-operations.ts";
import { goods, totals } from "./totals.ts";
import { whomToCallList } from "./whom-to-call.ts";

export interface MerchantOrderView {
  readonly order: Order;
  /** What is wrong with what the merchant just asked for. */
  readonly mistake: WishMistake | null;
  /** One for each form, so that a form sent twice is one wish. */
  readonly createKey: () => string;
}

export function merchantOrderPage(visited: View, { order, mistake, createKey }: MerchantOrderView): Html {
  const page = `/merchant/orders/${order.id}`;
  const view = { ...visited, path: page };
  const text = toMerchantText(view.language);
  const { payment } = order;
  const isWaiting = payment?.operations.some(({ state }) => state === "pending") === true;
  const body = html`
<p class="trail"><a href="/merchant">${text.allOrders}</a></p>
<h1>${order.number} ${stateTag(order, text)}</h1>
<p>${time(order.on, view)} · <a href="/orders/${order.id}">${text.asBuyer}</a></p>
${payment === null ? null : findings(view, payment, text)}
${declined(view, order, text)}
${mistake === null ? null : html`<p class="notice bad" role="alert">${text.mistakes[mistake]}</p>`}
<div class="columns" data-order="${order.id}" data-page="${page}" data-revision="${payment?.revision ?? 0}" data-waiting="${isWaiting ? "yes" : "no"}">
  <div>
    <section class="panel plain" id="actions"><h2>${text.actions}</h2>${actionForms(view, order, createKey)}</section>
    <section class="panel plain" id="operations"><h2>${text.operations}</h2>${operationList(view, order)}</section>
    <section class="panel plain"><h2>${text.lines}</h2>${goods(order.lines, view)}${totals(order, view)}
      ${order.billing === null ? null : addressBlock(order.billing, view.text)}</section>
    ${payment === null ? null : html`<section class="panel plain" id="call"><h2>${text.call.title}</h2>${whomToCallList(view, payment)}</section>`}
  </div>
  <aside class="panel"><h2>${text.payment}</h2>
    ${payment === null ? html`<p>${text.noPayment}</p>` : paymentFacts(view, payment, text)}</aside>
</div>`;
  return merchantLayout(view, { title: order.number, body });
}

/** What to do with an order that must not be delivered, while there is money left and after it. */
function declined(view: View, order: Order, text: MerchantText): Html | null {
  if (toOrderState(order) !== "declined") return null;
  const { refund } = toPossible(order);
  const todo = refund === null ? null : fill(text.declinedRefund, { amount: money(toChf(refund.rest), view) });
  return html`<section class="notice bad"><h2>${icon("alert")}${text.declinedText}</h2>
  ${todo === null ? null : html`<p>${todo}</p>`}</section>`;
}

function findings(view: View, payment: Payment, text: MerchantText): Html | null {
  if (payment.findings.length === 0) return null;
  return html`<section class="notice bad"><h2>${icon("alert")}${text.findingsTitle}</h2>
  <ul>${payment.findings.map(({ kind, amount, detail }) => {
    const { whatHappened, whatToDo, whomToCall } = explainFinding(kind, view.language);
    return html`<li>
      <p><strong>${whatHappened}</strong> ${amount === null ? null : money(amount, view)}</p>
      <p><strong>${text.whatToDo}</strong> ${whatToDo}</p>
      <p><strong>${text.whomToCall}</strong> ${whomToCall}</p>
      <p>${ownWords(detail, view)}</p></li>`;
  })}</ul></section>`;
}

function paymentFacts(view: View, payment: Payment, text: MerchantText): Html {
  const { method, expiresOn, invoice, failure } = payment;
  const row = (name: string, value: string | Html | null): Html | null =>
    value === null ? null : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="totals facts-list">
  ${row(text.method, method === null ? null : [method.name, method.brand].filter(Boolean).join(", ") || "–")}
  ${row(text.environment, text.environments[payment.environment])}
  ${row(text.serviceState, html`<code>${payment.state}</code>`)}
  ${row(text.mayShip, payment.mayShip ? text.yes : text.no)}
  ${row(text.authorized, money(payment.authorized, view))}
  ${row(text.completed, money(payment.completed, view))}
  ${row(text.refunded, money(payment.refunded, view))}
  ${expiresOn === null ? null : row(payment.standing === "authorized" ? text.completesOn : text.failsOn, time(expiresOn, view))}
  ${invoice === null ? null : row(text.invoice, text.invoices[invoice.state])}
</dl>
${failure === null ? null : html`<h3>${text.failure}</h3>${failureText(failure, view)}`}
<h3>${text.attempts}</h3>
<ul class="rows">${attempt(view, payment.governing, text.governs)}${payment.superseded.map((one) => attempt(view, one, text.superseded))}</ul>`;
}

function attempt(view: View, one: Attempt | null, role: string): Html | null {
  if (one === null) return null;
  const text = toMerchantText(view.language);
  const { transaction, state, failure } = one;
  return html`<li><span class="grow">${transaction === null ? text.noTransaction : fill(text.transaction, { id: transaction })}
    <small>${role}</small>${failure === null ? null : failureText(failure, view)}</span><code>${state}</code></li>`;
}
