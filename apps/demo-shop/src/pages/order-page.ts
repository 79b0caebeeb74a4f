import { html } from "hono/html";
import { formatMoney } from "../money.ts";
import type { Order } from "../orders.ts";
import type { Settings } from "../settings.ts";
import { fill } from "../text/text.ts";
import { addressBlock, deliveryBlock } from "./checkout-pages.ts";
import { type Html, layout, type View } from "./layout.ts";
import { type OrderNews, problemNotice, statusPanel, toStatus } from "./order-status.ts";
import { goods, totals } from "./totals.ts";

export function orderPage(visited: View, order: Order, settings: Settings, news: OrderNews): Html {
  // This page is also the answer to a form; its language links lead to the page itself.
  const view = { ...visited, path: `/orders/${order.id}` };
  const { text, language } = view;
  const status = toStatus(order, news);
  const { shown, isWaiting, again } = status;
  const date = new Intl.DateTimeFormat(`${language}-CH`, { dateStyle: "long", timeZone: "Europe/Zurich" });
  const title = fill(text.order, { number: order.number });
  const head = html`${isWaiting ? html`<noscript><meta http-equiv="refresh" content="3;url=${again}"></noscript>` : null}
<meta name="robots" content="noindex">`;
  const body = html`
<div class="wrap">
  <p class="trail">${title} <span>${fill(text.orderFrom, { date: date.format(new Date(order.on)) })}</span></p>
  ${problemNotice(view, news)}
  ${statusPanel(view, order, settings, status)}
  <div class="columns">
    <div>
      <section class="panel plain"><h2>${text.yourOrder}</h2>${goods(order.lines, view)}</section>
      <div class="pair">
        ${order.billing === null ? null : html`<section class="panel plain"><h2>${text.bill}</h2>${addressBlock(order.billing, text)}</section>`}
        ${order.billing === null ? null : deliveryBlock(view, { billing: order.billing, delivery: order.delivery, shipping: order.shipping }, false)}
      </div>
    </div>
    <aside class="panel"><h2>${text.overview}</h2>${totals(order, view)}${paymentFacts(view, order)}</aside>
  </div>
</div>`;
  return layout(view, { title: `${text.states[shown].title} · ${title}`, body, head });
}

function paymentFacts({ text, language }: View, { payment }: Order): Html | null {
  if (payment === null) return null;
  const isMoneyHere = payment.standing === "authorized" || payment.standing === "paid";
  const pending = payment.operations.filter(({ kind, state }) => kind === "refund" && state === "pending");
  const rows = [
    isMoneyHere && payment.method !== null && payment.method.name !== "" ? [text.paidWith, payment.method.name] : null,
    payment.refunded.minor > 0 ? [text.paidBack, formatMoney(payment.refunded, language)] : null,
  ].filter((row) => row !== null);
  return html`${rows.length === 0 ? null : html`<dl class="totals">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}
${pending.map(({ amount }) => (amount === null ? null : html`<p class="small">${fill(text.pendingRefund, { amount: formatMoney(amount, language) })}</p>`))}
${isMoneyHere && payment.environment === "test" ? html`<p class="small">${text.testMoney}</p>` : null}
<p class="small">${text.keepLink}</p>`;
}
