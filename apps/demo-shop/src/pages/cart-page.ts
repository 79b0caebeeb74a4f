import { html } from "hono/html";
import { maxQuantity } from "../baskets.ts";
import type { Catalogue } from "../catalogue.ts";
import { formatMoney, toChf } from "../money.ts";
import { type Cart, type CartLine, toOrderLines } from "../prices.ts";
import { fill } from "../text/text.ts";
import { type Html, layout, type View } from "./layout.ts";
import { stepList } from "./steps.ts";
import { totals } from "./totals.ts";

export interface CartNotes {
  /** What was typed as a code and is none. */
  readonly unknownCode: string | null;
  /** Fewer were put in than the visitor wanted. */
  readonly isReduced: boolean;
}

export function cartPage(view: View, cart: Cart, catalogue: Catalogue, notes: CartNotes): Html {
  const { text } = view;
  if (cart.lines.length === 0) return emptyCartPage(view);
  const body = html`
<div class="wrap">
  ${stepList("cart", view)}
  <h1>${text.cartTitle}</h1>
  ${notes.isReduced ? html`<p class="notice" role="status">${text.lessThanWanted}</p>` : null}
  <form class="columns" method="post" action="/cart">
    <button class="unseen" tabindex="-1" aria-hidden="true">${text.update}</button>
    <div>
      <ul class="cart">${cart.lines.map((line) => cartLine(view, line, catalogue.stock(line.product.id)))}</ul>
      <p class="end"><button class="button quiet update">${text.update}</button></p>
      ${discountField(view, cart.discount, notes.unknownCode)}
    </div>
    <aside class="panel">
      <h2>${text.overview}</h2>
      ${totals({ lines: toOrderLines(cart, view.language), shipping: cart.shipping }, view)}
      <p class="small">${text.shippingLater}</p>
      <button class="button wide" name="next" value="checkout">${text.toCheckout}</button>
    </aside>
  </form>
</div>`;
  return layout(view, { title: text.cartTitle, body });
}

function cartLine({ text, language, assets }: View, { product, quantity }: CartLine, stock: number): Html {
  const name = product.name[language];
  const each = fill(text.each, { price: formatMoney(toChf(product.price), language) });
  return html`<li>
  <img src="${assets.address(`pictures/${product.id}.svg`)}" alt="" width="96" height="96">
  <div class="grow"><a href="/products/${product.id}">${name}</a><small>${each}</small>
    <button class="link" formnovalidate name="remove" value="${product.id}" aria-label="${fill(text.removeProduct, { product: name })}">${text.remove}</button></div>
  <input type="number" name="quantity.${product.id}" value="${quantity}" min="0" max="${Math.max(quantity, Math.min(stock, maxQuantity))}"
    inputmode="numeric" required aria-label="${fill(text.quantityOf, { product: name })}">
  <span class="money">${formatMoney(toChf(product.price * quantity), language)}</span>
</li>`;
}

function discountField({ text }: View, discount: string | null, unknownCode: string | null): Html {
  if (discount !== null) {
    return html`<p class="code">${fill(text.discountApplied, { code: discount })}
      <button class="link" name="removeCode" value="yes">${text.removeCode}</button></p>`;
  }
  return html`<div class="code field">
  <label for="code">${text.discountCode}</label>
  <div class="beside">
    <input id="code" name="code" value="${unknownCode}" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false"
      aria-describedby="code-note" aria-invalid="${unknownCode === null ? "false" : "true"}">
    <button class="button quiet">${text.apply}</button>
  </div>
  <p id="code-note" class="${unknownCode === null ? "hint" : "mistake"}">${unknownCode === null ? text.discountHint : text.unknownCode}</p>
</div>`;
}

function emptyCartPage(view: View): Html {
  const { text, assets } = view;
  const body = html`<div class="wrap centre">
  <img src="${assets.address("pictures/empty.svg")}" alt="" width="320" height="240">
  <h1>${text.cartEmpty}</h1>
  <p>${text.cartEmptyText}</p>
  <a class="button" href="/">${text.toProducts}</a>
</div>`;
  return layout(view, { title: text.cartTitle, body });
}
