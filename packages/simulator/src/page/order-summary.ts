import { html } from "hono/html";
import type { LineItem } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import { round, zero } from "../values/decimal.ts";
import { taxAmountOf } from "../views/line-item-view.ts";
import { type Html, nothing } from "./layout.ts";
import type { PageContext } from "./page-context.ts";

/** What is paid for. On a small screen the total stays on top and the lines come last. */
export function orderSummary({ transaction, texts, money }: PageContext): Html {
  const { content, authorizationAmount } = transaction;
  const tax = round(taxAmountOf(content.lineItems), currencyDigits(content.currency));
  return html`
    <div class="order-head">
      <h2>${texts.yourOrder}</h2>
      <p class="order-reference">${texts.order} ${content.merchantReference ?? transaction.id}</p>
      <p class="order-total"><span>${texts.total}</span> <strong>${money(authorizationAmount)}</strong></p>
    </div>
    <div class="order-body">
      <ul class="order-lines">${content.lineItems.map((line) => orderLine(line, texts.quantity, money))}</ul>
      ${tax === zero ? nothing : html`<p class="order-tax"><span>${texts.includedTax}</span> <span>${money(tax)}</span></p>`}
    </div>`;
}

function orderLine(line: LineItem, quantityText: string, money: (amount: string) => string): Html {
  const quantity = line.quantity === "1" ? nothing : html`<small>${quantityText} ${line.quantity}</small>`;
  return html`<li><span>${line.name} ${quantity}</span> <span class="amount">${money(line.amountIncludingTax)}</span></li>`;
}
