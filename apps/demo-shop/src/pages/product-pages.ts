import { html } from "hono/html";
import { maxQuantity } from "../baskets.ts";
import type { Catalogue } from "../catalogue.ts";
import { formatMoney, formatRate, toChf } from "../money.ts";
import type { Product } from "../products.ts";
import { fill } from "../text/text.ts";
import { icon } from "./icons.ts";
import { type Html, layout, type View } from "./layout.ts";

export function productListPage(view: View, catalogue: Catalogue): Html {
  const { text, assets } = view;
  const body = html`
<section class="hero">
  <div class="wrap">
    <h1>${text.heroTitle}</h1>
    <p>${text.heroText}</p>
    <a class="button" href="#products">${text.heroAction}</a>
  </div>
  <img class="hero-picture" src="${assets.address("pictures/mountains.svg")}" alt="" width="1600" height="640" fetchpriority="high">
</section>
<section class="wrap" id="products" aria-labelledby="products-title">
  <h2 id="products-title">${text.ourProducts}</h2>
  ${productGrid(view, catalogue.list(), catalogue)}
</section>
<section class="wrap promises">
  <p>${icon("parcel")}${text.promiseShipping}</p>
  <p>${icon("back")}${text.promiseReturns}</p>
  <p>${icon("lock")}${text.promisePayment}</p>
</section>`;
  return layout(view, { title: text.tagline, body });
}

export function productPage(view: View, product: Product, catalogue: Catalogue): Html {
  const { text, assets, language } = view;
  const others = catalogue.list().filter((other) => other.id !== product.id);
  const at = catalogue.list().indexOf(product);
  const neighbours = [0, 1, 2, 3].flatMap((step) => others[(at + step) % others.length] ?? []);
  const body = html`
<div class="wrap">
  <p class="trail"><a href="/">${text.ourProducts}</a></p>
  <article class="product">
    <img src="${assets.address(`pictures/${product.id}.svg`)}" alt="${fill(text.pictureOf, { product: product.name[language] })}"
      width="640" height="640" fetchpriority="high">
    <div>
      <h1>${product.name[language]}</h1>
      <p class="lead">${product.lead[language]}</p>
      <p class="price">${formatMoney(toChf(product.price), language)}
        <small>${fill(text.priceWithVat, { rate: formatRate(product.vat, language) })}</small></p>
      ${buyForm(view, product, catalogue.stock(product.id))}
      <p>${product.text[language]}</p>
      <ul class="facts">${product.facts.map((fact) => html`<li>${icon("check")}${fact[language]}</li>`)}</ul>
    </div>
  </article>
  <section aria-labelledby="more-title">
    <h2 id="more-title">${text.more}</h2>
    ${productGrid(view, neighbours, catalogue)}
  </section>
</div>`;
  return layout(view, { title: product.name[language], body });
}

function buyForm({ text }: View, product: Product, stock: number): Html {
  if (stock <= 0) return html`<p class="notice">${text.soldOutText}</p>`;
  return html`<form class="buy" method="post" action="/cart/add">
  <input type="hidden" name="product" value="${product.id}">
  <label>${text.quantity}
    <input type="number" name="quantity" value="1" min="1" max="${Math.min(stock, maxQuantity)}" inputmode="numeric" required>
  </label>
  <button class="button">${text.addToCart}</button>
  <p class="stock">${stockNote({ text }, stock)}</p>
</form>`;
}

function stockNote({ text }: Pick<View, "text">, stock: number): Html {
  if (stock <= 0) return html`<span class="stock out">${text.soldOut}</span>`;
  if (stock <= 5) return html`<span class="stock few">${fill(text.fewLeft, { pieces: stock })}</span>`;
  return html`<span class="stock">${text.inStock}</span>`;
}

function productGrid(view: View, products: readonly Product[], catalogue: Catalogue): Html {
  const { assets, language } = view;
  return html`<ul class="grid">${products.map((product) => {
    const stock = catalogue.stock(product.id);
    return html`<li class="card">
      <img src="${assets.address(`pictures/${product.id}.svg`)}" alt="" width="640" height="640" loading="lazy">
      <h3><a href="/products/${product.id}">${product.name[language]}</a></h3>
      <p>${product.lead[language]}</p>
      <p class="price">${formatMoney(toChf(product.price), language)}${stock <= 5 ? stockNote(view, stock) : null}</p>
    </li>`;
  })}</ul>`;
}
