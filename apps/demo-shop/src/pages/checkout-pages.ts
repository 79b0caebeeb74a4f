import type { Address } from "@checkout-plugins/core";
import { html } from "hono/html";
import {
  type AddressField,
  billingFields,
  countries,
  type Details,
  deliveryFields,
  type Entered,
  fieldRules,
  type Mistake,
  type Mistakes,
} from "../address-form.ts";
import { formatMoney, toChf } from "../money.ts";
import { type Cart, shippingChoices, shippingNames, shippingPrices, sumOf, toOrderLines } from "../prices.ts";
import type { Settings } from "../settings.ts";
import { fill, type Text } from "../text/text.ts";
import { icon } from "./icons.ts";
import { type Html, layout, type View } from "./layout.ts";
import { stepList } from "./steps.ts";
import { goods, totals } from "./totals.ts";

export function detailsPage(view: View, cart: Cart, entered: Entered, mistakes: Mistakes): Html {
  const { text } = view;
  const lines = toOrderLines(cart, view.language);
  const body = html`
<div class="wrap">
  ${stepList("details", view)}
  <h1>${text.detailsTitle}</h1>
  <form class="columns" method="post" action="/checkout">
    <div>
      ${mistakeList(text, mistakes)}
      ${shippingField(view, cart)}
      <fieldset><legend>${text.billingAddress}</legend>
        <div class="fields">${billingFields.map((field) => addressField(text, "billing", field, entered, mistakes))}</div>
      </fieldset>
      <div class="elsewhere">
        <label class="choice"><input type="checkbox" name="elsewhere" value="yes" ${entered.elsewhere === "yes" ? "checked" : ""}>
          ${text.otherDelivery}</label>
        <fieldset class="delivery"><legend>${text.deliveryAddress}</legend>
          <div class="fields">${deliveryFields.map((field) => addressField(text, "delivery", field, entered, mistakes))}</div>
        </fieldset>
      </div>
      <p class="end"><button class="button">${text.toSummary}</button></p>
    </div>
    <aside class="panel">
      <h2>${text.yourOrder}</h2>
      ${goods(lines, view)}
      ${totals({ lines, shipping: cart.shipping }, view)}
    </aside>
  </form>
</div>`;
  return layout(view, { title: text.detailsTitle, body });
}

function shippingField({ text, language }: View, cart: Cart): Html {
  return html`<fieldset class="choices"><legend>${text.shippingTitle}</legend>${shippingChoices.map((choice) => {
    const price = shippingPrices[choice];
    return html`<label class="choice">
      <input type="radio" name="shipping" value="${choice}" required ${choice === cart.shipping ? "checked" : ""}>
      <span class="grow">${shippingNames[choice][language]}<small>${text.shippingHints[choice]}</small></span>
      <span class="money">${price === 0 ? text.free : formatMoney(toChf(price), language)}</span>
    </label>`;
  })}</fieldset>`;
}

function addressField(
  text: Text,
  part: "billing" | "delivery",
  field: AddressField,
  entered: Entered,
  mistakes: Mistakes,
): Html {
  const name = `${part}.${field}`;
  const rule = fieldRules[field];
  const mistake = mistakes[name];
  const hint = field === "email" || field === "phone" ? text.hints[field] : null;
  const note = mistake === undefined ? hint : mistakeText(text, field, mistake);
  // The delivery fields are hidden until they are wanted; a browser would refuse to send a form over a hidden one.
  const required = rule.isRequired && part === "billing" ? "required" : "";
  const described = html`aria-invalid="${mistake === undefined ? "false" : "true"}" ${note === null ? "" : html`aria-describedby="${name}-note"`}`;
  const autocomplete = `${part === "delivery" ? "shipping" : "billing"} ${rule.autocomplete}`;
  const input =
    field === "country"
      ? html`<select id="${name}" name="${name}" autocomplete="${autocomplete}" ${required} ${described}>${countries.map(
          (country) =>
            html`<option value="${country}" ${entered[name] === country ? "selected" : ""}>${text.countries[country]}</option>`,
        )}</select>`
      : html`<input id="${name}" name="${name}" value="${entered[name]}" type="${rule.type ?? "text"}" maxlength="${rule.maxLength}"
          ${field === "postcode" ? html`inputmode="numeric"` : ""} autocomplete="${autocomplete}" ${required} ${described}>`;
  return html`<div class="field ${field}">
  <label for="${name}">${text.fields[field]}${rule.isRequired ? null : html` <small>(${text.optional})</small>`}</label>
  ${input}
  ${note === null ? null : html`<p id="${name}-note" class="${mistake === undefined ? "hint" : "mistake"}">${note}</p>`}
</div>`;
}

function mistakeText(text: Text, field: AddressField, mistake: Mistake): string {
  if (
    mistake === "invalid" &&
    (field === "postcode" || field === "country" || field === "email" || field === "phone")
  ) {
    return text.invalid[field];
  }
  return fill(text.mistakes[mistake], { field: text.fields[field] });
}

function mistakeList(text: Text, mistakes: Mistakes): Html | null {
  const found = Object.entries(mistakes);
  if (found.length === 0) return null;
  return html`<div class="notice bad" role="alert" tabindex="-1" id="mistakes">
  <h2>${icon("alert")}${text.mistakesTitle}</h2>
  <ul>${found.map(([name, mistake]) => {
    const field = billingFields.find((known) => name.endsWith(`.${known}`));
    const where = name.startsWith("delivery.") ? `${text.deliveryAddress}: ` : "";
    if (field === undefined) return html`<li>${text.shippingTitle}</li>`;
    return html`<li><a href="#${name}">${where}${mistakeText(text, field, mistake)}</a></li>`;
  })}</ul>
</div>`;
}

export interface Summary {
  readonly cart: Cart;
  readonly details: Details;
  readonly settings: Settings;
  /** The id the order will have, so that pressing twice places one. */
  readonly order: string;
  /** The cart is not what it was when this page was shown before. */
  readonly isChanged: boolean;
}

export function summaryPage(view: View, { cart, details, settings, order, isChanged }: Summary): Html {
  const { text, language } = view;
  const lines = toOrderLines(cart, language);
  const total = formatMoney(toChf(sumOf(lines)), language);
  const body = html`
<div class="wrap">
  ${stepList("summary", view)}
  <h1>${text.summaryTitle}</h1>
  ${isChanged ? html`<p class="notice" role="alert">${text.cartChanged}</p>` : null}
  <div class="columns">
    <div>
      <div class="pair">
        <section class="panel plain"><h2>${text.billingAddress}</h2>${addressBlock(details.billing, text)}
          <p><a href="/checkout" aria-label="${text.changeBilling}">${text.change}</a></p></section>
        ${deliveryBlock(view, { ...details, shipping: cart.shipping })}
      </div>
      <section class="panel plain"><h2>${text.yourOrder}</h2>${goods(lines, view)}
        <p><a href="/cart" aria-label="${text.changeCart}">${text.change}</a></p></section>
    </div>
    <aside class="panel">
      <h2>${text.overview}</h2>
      ${totals({ lines, shipping: cart.shipping }, view)}
      <form method="post" action="/checkout/summary" data-once="${text.paying}">
        <input type="hidden" name="order" value="${order}">
        <input type="hidden" name="total" value="${sumOf(lines)}">
        <button class="button wide">${icon("lock")}${fill(text.payNow, { amount: total })}</button>
      </form>
      <p class="small">${text.payHints[settings.integration]} ${text.paySecure}</p>
    </aside>
  </div>
</div>`;
  return layout(view, { title: text.summaryTitle, body });
}

/** Where an order goes: its delivery address, the billing address, or our counter. */
export function deliveryBlock({ text, language }: View, details: Details, change = true): Html {
  const address =
    details.shipping === "pickup"
      ? html`<address>${text.pickupAddress}</address>`
      : details.delivery === null
        ? html`<p>${text.sameAsBilling}</p>`
        : addressBlock(details.delivery, text);
  return html`<section class="panel plain"><h2>${fill(text.shippingBy, { name: shippingNames[details.shipping][language] })}</h2>${address}
  ${change ? html`<p><a href="/checkout" aria-label="${text.changeDelivery}">${text.change}</a></p>` : null}</section>`;
}

export function addressBlock(address: Address, text: Text): Html {
  const country = countries.find((known) => known === address.country);
  const rows = [
    address.organization,
    [address.givenName, address.familyName].filter(Boolean).join(" "),
    address.street,
    [address.postcode, address.city].filter(Boolean).join(" "),
    country === undefined ? address.country : text.countries[country],
    address.email,
    address.phone,
  ];
  return html`<address>${rows.filter(Boolean).map((row) => html`<span>${row}</span>`)}</address>`;
}
