import type { Terminal, TerminalReceipt } from "@checkout-plugins/core";
import { html } from "hono/html";
import { toChf } from "../money.ts";
import { isPayable, toOrderState } from "../order-state.ts";
import type { Order } from "../orders.ts";
import { terminalOf } from "../payment/till.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import { fill } from "../text/text.ts";
import { type IconName, icon } from "./icons.ts";
import type { Html, View } from "./layout.ts";
import { failureText, merchantLayout, money } from "./merchant-layout.ts";
import { startForm } from "./till-page.ts";

export interface SaleView {
  readonly order: Order;
  /** Where it is to be paid, unless it waits elsewhere already. */
  readonly terminal: Terminal | null;
  /** null: not asked for, or no answer came. */
  readonly receipts: readonly TerminalReceipt[] | null;
  /** What is wrong with what was just asked for. */
  readonly problem: "noAnswer" | { readonly why: Html } | null;
  /** The page has asked by itself for a while. */
  readonly isLong: boolean;
}

type Look = readonly [sign: IconName, look: "good" | "wait" | "bad" | "calm", title: string, words: string];

/** One order at the counter: what the terminal does, what came of it, and the receipts. */
export function salePage(visited: View, sale: SaleView): Html {
  const { order, terminal, receipts, problem, isLong } = sale;
  const page = `/merchant/till/orders/${order.id}`;
  const view = { ...visited, path: page };
  const text = toMerchantText(view.language);
  const waiting = terminalOf(order.payment);
  const isWaiting = waiting !== null && !waiting.isStopped && toOrderState(order) === "asking";
  const [sign, look, title, words] = toLook(view, text, sale, isWaiting);
  const failure = order.payment?.failure ?? null;
  const body = html`
<p class="trail"><a href="/merchant/till${terminal === null ? "" : `?terminal=${terminal.id}`}">${text.till.back}</a></p>
${problem === null ? null : html`<div class="notice bad" role="alert">${problem === "noAnswer" ? html`<p>${text.till.noAnswer}</p>` : problem.why}</div>`}
<section class="status ${look}" data-order="${order.id}" data-page="${page}" data-revision="${order.payment?.revision ?? 0}" data-waiting="${isWaiting && !isLong ? "yes" : "no"}">
  <span class="sign">${icon(sign)}</span>
  <div><h1>${order.number}: ${title}</h1><p role="status">${words}</p>
  ${look === "bad" && failure !== null ? html`<p>${failureText(failure, view)}</p>` : null}
  ${buttons(view, text, sale, isWaiting)}</div>
</section>
${receipts === null ? null : html`<section class="panel plain"><h2>${text.till.receipts}</h2>${receiptList(page, text, receipts)}</section>`}
<p><a href="/merchant/orders/${order.id}">${order.number}</a></p>`;
  return merchantLayout(view, { title: `${order.number} · ${text.till.title}`, body });
}

function toLook(view: View, { till, states }: MerchantText, sale: SaleView, isWaiting: boolean): Look {
  const { order, terminal } = sale;
  const state = toOrderState(order);
  const amount = money(toChf(order.total), view);
  const name = terminal?.name ?? till.terminal;
  const tip = order.payment?.tip;
  if (isWaiting) return ["clock", "wait", till.waitingTitle, fill(till.waitingText, { amount, terminal: name })];
  if (terminalOf(order.payment)?.isStopped) {
    return ["clock", "wait", till.stoppedTitle, fill(till.stoppedText, { terminal: name })];
  }
  if (state === "paid") {
    const words = fill(till.paidText, { amount });
    return [
      "check",
      "good",
      till.paidTitle,
      tip ? `${words} ${fill(till.tipText, { amount: money(tip, view) })}` : words,
    ];
  }
  if (isPayable(state)) {
    return ["cart", state === "failed" ? "bad" : "calm", till.openTitle, fill(till.openText, { amount })];
  }
  return ["alert", state === "checking" || state === "declined" ? "bad" : "calm", states[state], amount];
}

function buttons(view: View, text: MerchantText, { order, terminal }: SaleView, isWaiting: boolean): Html | null {
  const waiting = terminalOf(order.payment);
  if (isWaiting && waiting !== null) {
    return html`<div class="beside">${startForm(view, text, order, waiting.id, text.till.goOn)}
    <form method="post" action="/merchant/till/orders/${order.id}/stop"><button class="button bad">${text.till.stop}</button></form></div>`;
  }
  const canStart = isPayable(toOrderState(order)) || waiting?.isStopped === true;
  return canStart && terminal !== null ? startForm(view, text, order, terminal.id) : null;
}

function receiptList(page: string, { till }: MerchantText, receipts: readonly TerminalReceipt[]): Html {
  if (receipts.length === 0) return html`<p>${till.noReceipts}</p>`;
  return html`<ul class="rows">${receipts.map(
    (
      receipt,
      index,
    ) => html`<li><span class="grow"><a href="${page}/receipts/${index}">${till.receiptsFor[receipt.for ?? "other"]}</a>
    ${receipt.isPrinted ? html`<small>${till.printed}</small>` : null}</span></li>`,
  )}</ul>`;
}
