import { html } from "hono/html";
import type { Mail } from "../mails.ts";
import { toChf } from "../money.ts";
import type { Order } from "../orders.ts";
import { completions, integrations, type Settings } from "../settings.ts";
import { type MerchantText, toMerchantText } from "../text/merchant.ts";
import type { Html, View } from "./layout.ts";
import { merchantLayout, money, stateTag, time } from "./merchant-layout.ts";

export function merchantPage(view: View, orders: readonly Order[], settings: Settings): Html {
  const text = toMerchantText(view.language);
  const list = orders.length === 0 ? html`<p>${text.noOrders}</p>` : orderTable(view, orders, text);
  const body = html`
<h1>${text.orders}</h1>
${list}
<section class="panel plain"><h2>${text.settings}</h2>
  <form method="post" action="/merchant/settings" class="inline">
    ${select("integration", text.integration, integrations, settings.integration, text.integrations)}
    ${select("completion", text.completion, completions, settings.completion, text.completions)}
    <button class="button quiet">${text.save}</button>
  </form>
</section>
<p><a href="/merchant/till">${text.till.title}</a> · <a href="/merchant/mails">${text.mails}</a></p>`;
  return merchantLayout(view, { title: text.orders, body });
}

function orderTable(view: View, orders: readonly Order[], text: MerchantText): Html {
  const heads = [text.number, text.state, text.customer, text.date, text.method, text.findings, text.total];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${text.orders}"><table>
  <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
  <tbody>${orders.map((order) => {
    const { billing, payment } = order;
    const findings = payment?.findings.length ?? 0;
    return html`<tr>
      <th scope="row"><a href="/merchant/orders/${order.id}">${order.number}</a></th>
      <td>${stateTag(order, text)}</td>
      <td>${billing === null ? text.noCustomer : `${billing.givenName ?? ""} ${billing.familyName ?? ""}`}</td>
      <td>${time(order.on, view)}</td>
      <td>${payment?.method?.name || "–"}</td>
      <td>${findings === 0 ? "–" : html`<span class="tag bad">${findings}</span>`}</td>
      <td class="money">${money(toChf(order.total), view)}</td>
    </tr>`;
  })}</tbody></table></div>`;
}

function select<T extends string>(
  name: string,
  label: string,
  values: readonly T[],
  chosen: T,
  texts: Readonly<Record<T, string>>,
): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${values.map(
    (value) => html`<option value="${value}" ${value === chosen ? "selected" : ""}>${texts[value]}</option>`,
  )}</select></div>`;
}

export function mailsPage(view: View, mails: readonly Mail[]): Html {
  const text = toMerchantText(view.language);
  const list =
    mails.length === 0
      ? html`<p>${text.noMails}</p>`
      : html`<ul class="rows">${mails.map(
          ({ kind, to, orderNumber, amount }) => html`<li>
          <span class="grow"><strong>${text.mailKinds[kind]}</strong><small>${orderNumber} → ${to}</small></span>
          ${amount === null ? null : html`<span class="money">${money(amount, view)}</span>`}</li>`,
        )}</ul>`;
  const body = html`<p class="trail"><a href="/merchant">${text.allOrders}</a></p><h1>${text.mails}</h1>${list}`;
  return merchantLayout(view, { title: text.mails, body });
}
