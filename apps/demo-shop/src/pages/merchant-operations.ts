import type { Operation } from "@checkout-plugins/core";
import { html } from "hono/html";
import type { Order, Request, Wish } from "../orders.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import type { Html, View } from "./layout.ts";
import { failureText, money, time } from "./merchant-layout.ts";

const looks = { pending: "wait", successful: "good", failed: "bad", unknown: "wait" } as const;
const kinds: Readonly<Record<Wish["kind"], Operation["kind"]>> = {
  complete: "completion",
  void: "void",
  refund: "refund",
  review: "review",
};

/** What the payment tells was done, and above it what was asked for here and is not among that (yet). */
export function operationList(view: View, order: Order): Html {
  const text = toMerchantText(view.language);
  const operations = order.payment?.operations ?? [];
  const told = new Set(operations.flatMap((operation) => operation.shopKeys));
  const asked = order.requests.filter((request) => !told.has(request.key));
  if (operations.length + asked.length === 0) return html`<p>${text.noOperations}</p>`;
  return html`<ul class="rows">
  ${asked.toReversed().map((request) => requestRow(view, order, request, text))}
  ${operations.toReversed().map((operation) => operationRow(view, operation, text))}
</ul>`;
}

function operationRow(view: View, operation: Operation, text: MerchantText): Html {
  const { kind, state, amount, origin, on, failure } = operation;
  return html`<li><span class="grow"><strong>${text.kinds[kind]}</strong> ${amount === null ? null : money(amount, view)}
    <small>${text.origin} ${text.origins[origin]}, ${time(on, view)}</small>
    ${failure === null ? null : failureText(failure, view)}
    ${state === "pending" ? html`<small>${text.pendingText}</small>` : null}</span>
  <span class="tag ${looks[state]}">${text.results[state]}</span></li>`;
}

function requestRow(view: View, order: Order, { key, wish, on, outcome }: Request, text: MerchantText): Html {
  const amount = "amount" in wish && wish.amount !== "rest" ? money(wish.amount, view) : null;
  const isUnknown = outcome.kind === "unknown";
  return html`<li><span class="grow"><strong>${text.kinds[kinds[wish.kind]]}</strong> ${amount}
    <small>${text.origin} ${text.origins.shop}, ${time(on, view)}</small>
    ${outcome.kind === "failed" ? failureText(outcome, view) : null}
    ${outcome.kind === "pending" ? html`<small>${text.pendingText}</small>` : null}
    ${isUnknown ? html`<small>${text.unknownText}</small>` : null}</span>
  <span class="tag ${looks[outcome.kind]}">${text.results[outcome.kind]}</span>
  ${
    isUnknown
      ? html`<form method="post" action="/merchant/orders/${order.id}/again" data-once="${view.text.paying}">
      <input type="hidden" name="key" value="${key}"><button class="button quiet">${text.askAgain}</button></form>`
      : null
  }</li>`;
}
