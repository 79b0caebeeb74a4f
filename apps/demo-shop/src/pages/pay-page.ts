import type { BuyerStep } from "@checkout-plugins/core";
import { html } from "hono/html";
import { formatMoney, toChf } from "../money.ts";
import type { Order } from "../orders.ts";
import { fill, type Text } from "../text/text.ts";
import { icon } from "./icons.ts";
import { type Html, layout, type View } from "./layout.ts";
import { stepList } from "./steps.ts";
import { totals } from "./totals.ts";

export type ScriptStep = Extract<BuyerStep, { readonly kind: "script" }>;

/**
 * Paying without leaving the shop: the service's script shows its fields in this page (iframe) or over it (lightbox).
 * Its address is made for this payment, so it is neither bundled nor kept. The payment page is the way out when a
 * browser has no scripts, or does not get this one.
 */
export function payPage(view: View, order: Order, step: ScriptStep): Html {
  const { text, language, assets } = view;
  const amount = formatMoney(toChf(order.total), language);
  const head = html`<script src="${step.url}" defer></script>
<script type="module" src="${assets.address("pay.js")}"></script>
<meta name="robots" content="noindex">`;
  const body = html`
<div class="wrap">
  ${stepList("payment", view)}
  <h1>${text.payTitle}</h1>
  <noscript><p class="notice">${text.payWithoutScript}</p></noscript>
  <div class="columns">
    <form id="pay" data-integration="${step.integration}">
      ${step.methods.length === 0 ? null : methodChoice(text, step)}
      <div id="payment-fields" class="payment-fields"></div>
      <div id="payment-mistakes" class="notice bad" role="alert" hidden></div>
      <button class="button wide" disabled>${icon("lock")}${fill(text.payNow, { amount })}</button>
      <p class="small">${text.paySecure}</p>
    </form>
    <aside class="panel"><h2>${text.yourOrder}</h2>${totals(order, view)}</aside>
  </div>
  <form class="inline" method="post" action="/orders/${order.id}/pay" data-once="${text.paying}">
    <input type="hidden" name="integration" value="page">
    <button class="button quiet">${text.payOnPage}</button>
    <a href="/orders/${order.id}">${text.backToOrder}</a>
  </form>
</div>`;
  return layout(view, { title: text.payTitle, body, head });
}

function methodChoice(text: Text, { methods }: ScriptStep): Html {
  return html`<fieldset class="choices"><legend>${text.payMethod}</legend>${methods.map(
    ({ id, name, image }, index) => html`<label class="choice">
      <input type="radio" name="method" value="${id}" required ${index === 0 ? "checked" : ""}>
      <span class="grow">${name}</span>
      ${image === null ? null : html`<img src="${image}" alt="" height="28">`}</label>`,
  )}</fieldset>`;
}
