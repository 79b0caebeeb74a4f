import type { Payment } from "@checkout-plugins/core";
import {
  type Contact,
  findAcquirer,
  type IsoDate,
  methodNames,
  type NamedPartner,
  type Product,
  toCallQuestion,
  whomToCall,
} from "@checkout-plugins/knowledge";
import { html } from "hono/html";
import { toMerchantText } from "../text/merchant.ts";
import { fill } from "../text/text.ts";
import type { Html, View } from "./layout.ts";

const productNames: Readonly<Record<Product, string>> = {
  allInOne: "Checkout All-in-One",
  flex: "Checkout Flex",
  posPaymentFlex: "POS-Payment Flex",
};

/** Whom to ask about the money of this payment; where the sources name nobody for its method, whom to ask instead. */
export function whomToCallList(view: View, { method, governing }: Payment): Html {
  const { call } = toMerchantText(view.language);
  const question = toCallQuestion(method, governing?.terminal === undefined ? "online" : "counter");
  const advice = question === null ? null : whomToCall(question);
  if (advice?.kind === "named") {
    return html`<p>${advice.text[view.language]}</p>
    <ul class="rows">${advice.partners.map((one) => partnerRow(view, one))}</ul>${readOn(view, advice.asOf)}`;
  }
  const { name, contacts } = findAcquirer("postFinance");
  const asOf = contacts.flatMap(({ phone, email }) => [phone, email]).find((way) => way !== undefined)?.asOf;
  return html`<p>${call.unknown}</p>
  <ul class="rows"><li><strong class="grow">${name}</strong>${ways(contacts)}</li></ul>${asOf && readOn(view, asOf)}`;
}

function partnerRow(view: View, { partner, accepts, contacts }: NamedPartner): Html {
  const { call } = toMerchantText(view.language);
  const methods = accepts.map(({ name }) => methodNames[name][view.language]).join(", ");
  const product = partner.product === null ? null : fill(call.only, { product: productNames[partner.product] });
  return html`<li><span class="grow"><strong>${partner.name}</strong>
    <small>${fill(call.about, { methods })}</small>${product === null ? null : html`<small>${product}</small>`}</span>
  ${contacts.length === 0 ? html`<small>${call.noContact}</small>` : ways(contacts)}</li>`;
}

function ways(contacts: readonly Contact[]): Html {
  return html`<span class="ways">${contacts.map(
    ({ phone, email, url }) => html`${phone && html`<a href="tel:${phone.number}">${phone.printed}</a>`}
    ${email && html`<a href="mailto:${email.address}">${email.address}</a>`}
    ${url && html`<a href="${url.url}">${url.printed}</a>`}`,
  )}</span>`;
}

function readOn(view: View, asOf: IsoDate): Html {
  const { call } = toMerchantText(view.language);
  const format = new Intl.DateTimeFormat(`${view.language}-CH`, { dateStyle: "medium", timeZone: "UTC" });
  return html`<p class="small">${call.asOf} <time datetime="${asOf}">${format.format(new Date(asOf))}</time></p>`;
}
