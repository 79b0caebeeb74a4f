import { html } from "hono/html";
import { formatMoney, formatRate, toChf } from "../money.ts";
import { type OrderLine, type ShippingChoice, shippingNames, sumOf, toVatShares } from "../prices.ts";
import { fill } from "../text/text.ts";
import type { Html, View } from "./layout.ts";

export interface Totals {
  readonly lines: readonly OrderLine[];
  readonly shipping: ShippingChoice;
}

/** Goods, discount, shipping, total and the VAT in it. */
export function totals({ lines, shipping }: Totals, { text, language }: View): Html {
  const chf = (rappen: number): string => formatMoney(toChf(rappen), language);
  const of = (type: OrderLine["type"]): OrderLine[] => lines.filter((line) => line.type === type);
  const discounts = of("discount");
  const shippingTotal = sumOf(of("shipping"));
  const shares = toVatShares(lines);
  return html`<dl class="totals">
  <div><dt>${text.subtotal}</dt><dd>${chf(sumOf(of("product")))}</dd></div>
  ${discounts.length > 0 ? html`<div class="discount"><dt>${discounts[0]?.name}</dt><dd>${chf(sumOf(discounts))}</dd></div>` : null}
  <div><dt>${text.shipping}<small>${shippingNames[shipping][language]}</small></dt>
    <dd>${shippingTotal === 0 ? text.free : chf(shippingTotal)}</dd></div>
  <div class="total"><dt>${text.total}</dt><dd>${chf(sumOf(lines))}</dd></div>
  ${shares.map(
    ({ rate, gross, vat }) => html`<div class="vat">
      <dt>${fill(text.vatOf, { rate: formatRate(rate, language), amount: chf(gross) })}</dt>
      <dd>${chf(vat)}</dd></div>`,
  )}
</dl>`;
}

/** The goods of an order or a cart with their pictures, to be read. */
export function goods(lines: readonly OrderLine[], { assets, language }: View): Html {
  return html`<ul class="goods">${lines
    .filter((line) => line.type === "product")
    .map(
      (line) => html`<li>
      <img src="${assets.address(`pictures/${line.product}.svg`)}" alt="" width="64" height="64">
      <span class="grow"><span class="pieces">${line.quantity} ×</span> ${line.name}</span>
      <span class="money">${formatMoney(toChf(line.total), language)}</span>
    </li>`,
    )}</ul>`;
}
