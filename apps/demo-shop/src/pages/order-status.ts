import { html } from "hono/html";
import { formatMoney, toChf } from "../money.ts";
import { hasLeft, isPayable, type OrderState, toOrderState } from "../order-state.ts";
import type { Order } from "../orders.ts";
import type { Settings } from "../settings.ts";
import { fill } from "../text/text.ts";
import { type IconName, icon } from "./icons.ts";
import type { Html, View } from "./layout.ts";

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
const maxAsked = 20;

/** What the page says of the order just now. */
export interface Status {
  readonly state: OrderState;
  /** As `state`, but `asking` too when the buyer has just come back. */
  readonly shown: OrderState;
  readonly news: OrderNews;
  readonly isAsking: boolean;
  readonly isWaiting: boolean;
  readonly again: string;
}

export function toStatus(order: Order, news: OrderNews): Status {
  const state = toOrderState(order);
  const isBack = state === "unpaid" && news.asked !== null && !hasLeft(order.payment);
  const isAsking = state === "asking" || isBack;
  const asked = news.asked ?? 0;
  const again = `/orders/${order.id}?asked=${asked + 1}`;
  return { state, shown: isAsking ? "asking" : state, news, isAsking, isWaiting: isAsking && asked < maxAsked, again };
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

export function statusPanel(view: View, order: Order, settings: Settings, status: Status): Html {
  const { text } = view;
  const { state, shown, news, isAsking, isWaiting } = status;
  const [sign, look] = looks[shown];
  const failure = state === "failed" ? order.payment?.failure?.publicMessage : undefined;
  const isLeft = state === "unpaid" && (news.hasLeft || hasLeft(order.payment));
  const isInReview = shown === "paid" && order.payment?.review?.state === "open";
  const stated = isInReview ? text.inReview : text.states[shown].text;
  const words = isAsking && !isWaiting ? text.stillAsking : isLeft ? text.left : stated;
  const isConfirmed = (shown === "paid" || shown === "authorized") && order.mailed.includes("confirmed");
  return html`<section class="status ${look}" data-order="${order.id}" data-page="/orders/${order.id}" data-revision="${order.payment?.revision ?? 0}"
    data-waiting="${isWaiting ? "yes" : "no"}">
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

export function problemNotice({ text }: View, { problem }: OrderNews): Html | null {
  if (problem === null) return null;
  const isSilent = problem === "noAnswer";
  const words = typeof problem === "object" ? problem.publicMessage : isSilent ? text.noAnswerText : text.refusedText;
  return html`<div class="notice bad" role="alert">
  <h2>${icon("alert")}${isSilent ? text.noAnswerTitle : text.refusedTitle}</h2><p>${words}</p></div>`;
}
