import { html } from "hono/html";
import { formatMoney, toChf } from "../money.ts";
import { isPayable, type OrderState, toOrderState } from "../order-state.ts";
import type { Order } from "../orders.ts";
import type { Settings } from "../settings.ts";
import { fill } from "../text/text.ts";
import { addressBlock, deliveryBlock } from "./checkout-pages.ts";
import { type IconName, icon } from "./icons.ts";
import { type Html, layout, type View } from "./layout.ts";
import { goods, totals } from "./totals.ts";

/** What the visitor just did, where the order itself does not tell. */
export interface OrderNews {
  /** Back from the payment page, how often this page has asked since; null: not just back. */
  readonly asked: number | null;
  /** Came back without paying. */
  readonly hasLeft: boolean;
  /** What came of pressing "pay", if not a way to pay: no answer, a refusal, or the reason of a failure. */
  readonly problem: "noAnswer" | "refused" | { readonly publicMessage: string } | null;
}

/** How often the page asks again by itself before it says that it takes longer. */
export const maxAsked = 20;

export function orderPage(visited: View, order: Order, settings: Settings, news: OrderNews): Html {
  // This page is also the answer to a form; its language links lead to the page itself.
  const view = { ...visited, path: `/orders/${order.id}` };
  const { text, language } = view;
  const state = toOrderState(order);
  const isAsking = state === "asking" || (state === "unpaid" && news.asked !== null && !news.hasLeft);
  const isWaiting = isAsking && (news.asked ?? 0) < maxAsked;
  const date = new Intl.DateTimeFormat(`${language}-CH`, { dateStyle: "long", timeZone: "Europe/Zurich" });
  const title = fill(text.order, { number: order.number });
  const again = `/orders/${order.id}?asked=${(news.asked ?? 0) + 1}`;
  const head = html`${isWaiting ? html`<noscript><meta http-equiv="refresh" content="3;url=${again}"></noscript>` : null}
<meta name="robots" content="noindex">`;
  const body = html`
<div class="wrap">
  <p class="trail">${title} <span>${fill(text.orderFrom, { date: date.format(new Date(order.on)) })}</span></p>
  ${problemNotice(view, news)}
  ${statusPanel(view, order, settings, { state, news, isAsking, isWaiting, again })}
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
  return layout(view, { title, body, head });
}

interface Status {
  readonly state: OrderState;
  readonly news: OrderNews;
  readonly isAsking: boolean;
  readonly isWaiting: boolean;
  readonly again: string;
}

const looks: Readonly<Record<OrderState, readonly [IconName, "good" | "wait" | "bad" | "calm"]>> = {
  unpaid: ["cart", "calm"],
  asking: ["clock", "wait"],
  slow: ["clock", "wait"],
  failed: ["alert", "bad"],
  authorized: ["check", "good"],
  paid: ["check", "good"],
  refunded: ["back", "calm"],
  cancelled: ["cross", "calm"],
  declined: ["alert", "bad"],
  checking: ["clock", "wait"],
};

function statusPanel(view: View, order: Order, settings: Settings, status: Status): Html {
  const { text } = view;
  const { state, news, isAsking, isWaiting } = status;
  const shown = isAsking ? "asking" : state;
  const [sign, look] = looks[shown];
  const failure = state === "failed" ? order.payment?.failure?.publicMessage : undefined;
  const words =
    isAsking && !isWaiting
      ? text.stillAsking
      : news.hasLeft && state === "unpaid"
        ? text.left
        : text.states[shown].text;
  const isConfirmed = (shown === "paid" || shown === "authorized") && order.mailed.includes("confirmed");
  return html`<section class="status ${look}" data-order="${order.id}" data-page="/orders/${order.id}" data-revision="${order.payment?.revision ?? 0}"
    data-waiting="${isWaiting ? "yes" : "no"}" aria-live="polite">
  <span class="sign">${icon(sign)}</span>
  <div>
    <h1>${text.states[shown].title}</h1>
    ${failure === undefined ? null : html`<p class="reason">${failure}</p>`}
    <p>${words} ${isConfirmed ? fill(text.confirmation, { email: order.billing?.email ?? "" }) : null}</p>
    ${isAsking ? html`<p><a class="button quiet" href="${status.again}">${text.refresh}</a></p>` : null}
    ${isPayable(state) && !isWaiting ? payForm(view, order, settings, isAsking) : null}
  </div>
</section>`;
}

function payForm({ text, language }: View, order: Order, settings: Settings, isContinued: boolean): Html {
  const amount = formatMoney(toChf(order.total), language);
  const hasFailed = toOrderState(order) === "failed";
  const label = hasFailed ? text.payAgain : isContinued ? text.continuePayment : fill(text.payNow, { amount });
  return html`<form method="post" action="/orders/${order.id}/pay" data-once="${text.paying}">
    <button class="button">${icon("lock")}${label}</button>
    <p class="small">${text.payHints[settings.integration]}</p>
  </form>`;
}

function problemNotice({ text }: View, { problem }: OrderNews): Html | null {
  if (problem === null) return null;
  const isSilent = problem === "noAnswer";
  const words = typeof problem === "object" ? problem.publicMessage : isSilent ? text.noAnswerText : text.refusedText;
  return html`<div class="notice bad" role="alert">
  <h2>${icon("alert")}${isSilent ? text.noAnswerTitle : text.refusedTitle}</h2><p>${words}</p></div>`;
}

function paymentFacts({ text, language }: View, { payment }: Order): Html | null {
  if (payment === null) return null;
  const isMoneyHere = payment.standing === "authorized" || payment.standing === "paid";
  const pending = payment.operations.filter(({ kind, state }) => kind === "refund" && state === "pending");
  const rows = [
    isMoneyHere && payment.method !== null ? [text.paidWith, payment.method.name] : null,
    payment.refunded.minor > 0 ? [text.paidBack, formatMoney(payment.refunded, language)] : null,
  ].filter((row) => row !== null);
  return html`${rows.length === 0 ? null : html`<dl class="totals">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}
${pending.map(({ amount }) => (amount === null ? null : html`<p class="small">${fill(text.pendingRefund, { amount: formatMoney(amount, language) })}</p>`))}
${isMoneyHere && payment.environment === "test" ? html`<p class="small">${text.testMoney}</p>` : null}
<p class="small">${text.keepLink}</p>`;
}
