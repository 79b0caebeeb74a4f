import type { FinalBalance, Terminal } from "@checkout-plugins/core";
import { html } from "hono/html";
import { toChf } from "../money.ts";
import type { Order } from "../orders.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import { fill } from "../text/text.ts";
import type { Html, View } from "./layout.ts";
import { merchantLayout, money, stateTag, time } from "./merchant-layout.ts";

export interface TillView {
  /** null: no answer came. */
  readonly terminals: readonly Terminal[] | null;
  readonly chosen: Terminal | null;
  /** Those that can be paid. */
  readonly orders: readonly Order[];
  /** Of the chosen terminal, newest first; null: not known. */
  readonly days: readonly FinalBalance[] | null;
  /** What came of ending the day, if it is not there yet. */
  readonly ending: "unknown" | { readonly why: Html } | null;
}

/** Where a cashier begins: the terminal, what is to be paid, and the end of the day. */
export function tillPage(visited: View, till: TillView): Html {
  const view = { ...visited, path: "/merchant/till" };
  const text = toMerchantText(view.language);
  const { terminals, chosen } = till;
  const none = terminals === null ? text.till.noAnswer : text.till.noTerminals;
  const body = html`
<p class="trail"><a href="/merchant">${text.allOrders}</a></p>
<h1>${text.till.title}</h1>
${chosen === null || terminals === null ? html`<p class="notice" role="status">${none}</p>` : ready(view, text, till, chosen, terminals)}`;
  return merchantLayout(view, { title: text.till.title, body });
}

function ready(view: View, text: MerchantText, till: TillView, chosen: Terminal, all: readonly Terminal[]): Html {
  return html`${terminalForm(text, chosen, all)}
<section class="panel plain"><h2>${text.till.openOrders}</h2>${orderList(view, text, till.orders, chosen)}</section>
<section class="panel plain" id="day"><h2>${text.till.day}</h2>${day(view, text, till, chosen)}</section>`;
}

function terminalForm({ till }: MerchantText, chosen: Terminal, all: readonly Terminal[]): Html {
  const name = (one: Terminal): string => (one.isReady ? one.name : fill(till.notReady, { name: one.name }));
  if (all.length === 1) return html`<p>${till.terminal}: <strong>${name(chosen)}</strong></p>`;
  return html`<form method="get" action="/merchant/till" class="inline choosing">
  <div class="field"><label for="terminal">${till.terminal}</label><select id="terminal" name="terminal">${all.map(
    (one) => html`<option value="${one.id}" ${one.id === chosen.id ? "selected" : ""}>${name(one)}</option>`,
  )}</select></div>
  <button class="button quiet">${till.choose}</button></form>`;
}

function orderList(view: View, text: MerchantText, orders: readonly Order[], { id }: Terminal): Html {
  if (orders.length === 0) return html`<p>${text.till.noOrders}</p>`;
  return html`<ul class="rows">${orders.map(
    (
      order,
    ) => html`<li><span class="grow"><a href="/merchant/till/orders/${order.id}?terminal=${id}">${order.number}</a>
      ${stateTag(order, text)}<small>${time(order.on, view)}</small></span>${startForm(view, text, order, id)}</li>`,
  )}</ul>`;
}

/** The button that lights the terminal up. */
export function startForm(view: View, { till }: MerchantText, order: Order, terminal: string, label?: string): Html {
  const amount = money(toChf(order.total), view);
  return html`<form method="post" action="/merchant/till/orders/${order.id}/start" data-once="${view.text.paying}">
  <input type="hidden" name="terminal" value="${terminal}"><button class="button">${label ?? fill(till.start, { amount })}</button></form>`;
}

function day(view: View, { till }: MerchantText, { days, ending }: TillView, chosen: Terminal): Html {
  const after = days?.[0]?.id ?? "";
  const form = (label: string, again: boolean, look: string): Html =>
    html`<form method="post" action="/merchant/till/day" data-once="${view.text.paying}">
    <input type="hidden" name="terminal" value="${chosen.id}"><input type="hidden" name="after" value="${after}">
    <input type="hidden" name="again" value="${again ? "yes" : "no"}"><button class="button ${look}">${label}</button></form>`;
  const begin = html`<p>${fill(till.dayText, { terminal: chosen.name })}</p>${form(till.endDay, false, "")}`;
  const unknown = html`<div class="notice" role="alert"><p>${till.dayUnknown}</p>
    <div class="beside">${form(till.lookAgain, false, "")}${form(till.dayAgain, true, "quiet")}</div></div>`;
  const failed =
    ending === null || ending === "unknown" ? null : html`<div class="notice bad" role="alert">${ending.why}</div>`;
  return html`${failed}${ending === "unknown" ? unknown : begin}
<h3>${till.days}</h3>${days === null ? html`<p>${till.noAnswer}</p>` : dayList(view, till, days)}`;
}

function dayList(view: View, till: MerchantText["till"], days: readonly FinalBalance[]): Html {
  if (days.length === 0) return html`<p>${till.noDays}</p>`;
  return html`<ul class="rows">${days.slice(0, 7).map(({ id, endedOn, count, totals }) => {
    const when = endedOn === null ? id : time(endedOn, view);
    return html`<li><span class="grow">${when}<small>${fill(till.payments, { count })}</small></span>
      <span class="money">${totals.map((total) => money(total, view)).join(", ") || "–"}</span>
      <a href="/merchant/till/days/${id}">${till.slip}</a></li>`;
  })}</ul>`;
}
