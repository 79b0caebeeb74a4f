import { type Context, Hono } from "hono";
import { type Entered, type Mistakes, readDetails } from "../address-form.ts";
import { type Basket, type Baskets, toCart, toDiscountCode, withQuantity } from "../baskets.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Order, Orders } from "../orders.ts";
import { cartPage } from "../pages/cart-page.ts";
import { detailsPage, summaryPage } from "../pages/checkout-pages.ts";
import { problemPage } from "../pages/problem-page.ts";
import { productListPage, productPage } from "../pages/product-pages.ts";
import { sumOf, toOrderLines } from "../prices.ts";
import type { SettingsStore } from "../settings.ts";
import { readForm } from "./form.ts";
import type { OrderRoutes } from "./order.ts";
import type { Visitor } from "./visitor.ts";

export interface BuyerParts {
  readonly visitor: Visitor;
  readonly baskets: Baskets;
  readonly catalogue: Catalogue;
  readonly orders: Orders;
  readonly settings: SettingsStore;
  readonly startPayment: OrderRoutes["startPayment"];
}

/** From the product list to the placed order. */
export function createBuyerRoutes(parts: BuyerParts): Hono {
  const { visitor, baskets, catalogue, orders, settings } = parts;
  const app = new Hono();

  app.get("/", (c) => c.html(productListPage(visitor.view(c), catalogue)));
  app.get("/products/:id", (c) => {
    const product = catalogue.find(c.req.param("id"));
    if (product === undefined) return c.html(problemPage(visitor.view(c), "notFound"), 404);
    return c.html(productPage(visitor.view(c), product, catalogue));
  });

  app.get("/cart", (c) => {
    const basket = visitor.basket(c);
    const notes = { unknownCode: null, isReduced: c.req.query("reduced") === "yes" };
    return c.html(cartPage(visitor.view(c), cartOf(basket), catalogue, notes));
  });
  app.post("/cart/add", async (c) => {
    const { product = "", quantity = "1" } = await readForm(c);
    const basket = visitor.openBasket(c);
    const wanted = (basket.quantities[product] ?? 0) + Number(quantity);
    const changed = withQuantity(basket, catalogue, product, wanted);
    baskets.save(changed);
    return c.redirect(changed.quantities[product] === wanted ? "/cart" : "/cart?reduced=yes", 303);
  });
  app.post("/cart", async (c) => {
    const form = await readForm(c);
    const { basket, isReduced } = changeQuantities(visitor.openBasket(c), form);
    const { code = "" } = form;
    const discount = form.removeCode === "yes" ? null : (toDiscountCode(code) ?? basket.discount);
    baskets.save({ ...basket, discount });
    if (code.trim() !== "" && toDiscountCode(code) === null) {
      const page = cartPage(visitor.view(c), cartOf({ ...basket, discount }), catalogue, {
        unknownCode: code,
        isReduced,
      });
      return c.html(page, 422);
    }
    if (isReduced) return c.redirect("/cart?reduced=yes", 303);
    return c.redirect(form.next === "checkout" ? "/checkout" : "/cart", 303);
  });

  app.get("/checkout", (c) => {
    const basket = visitor.basket(c);
    if (!isFilled(basket)) return c.redirect("/cart", 303);
    return c.html(detailsPage(visitor.view(c), cartOf(basket), basket.entered, {}));
  });
  app.post("/checkout", async (c) => {
    const basket = visitor.basket(c);
    if (!isFilled(basket)) return c.redirect("/cart", 303);
    const changed = { ...basket, entered: await readForm(c) };
    baskets.save(changed);
    const read = readDetails(changed.entered);
    if ("details" in read) return c.redirect("/checkout/summary", 303);
    return showMistakes(c, changed, read.mistakes);
  });

  app.get("/checkout/summary", (c) => showSummary(c, false));
  app.post("/checkout/summary", async (c) => {
    const form = await readForm(c);
    const placed = orders.find(form.order ?? "");
    if (placed !== undefined) return pay(c, placed);
    const basket = visitor.basket(c);
    const order = basket === undefined ? null : toNewOrder(c, basket, form);
    if (basket === undefined || order === null) return showSummary(c, true);
    baskets.empty(basket);
    return pay(c, orders.place(order));
  });

  return app;

  function pay(c: Context, order: Order): Promise<Response> {
    return parts.startPayment(c, order, settings.read().integration);
  }

  function cartOf(basket: Basket | undefined): ReturnType<typeof toCart> {
    return basket === undefined ? { lines: [], discount: null, shipping: "economy" } : toCart(basket, catalogue);
  }

  function isFilled(basket: Basket | undefined): basket is Basket {
    return cartOf(basket).lines.length > 0;
  }

  function changeQuantities(basket: Basket, form: Entered): { readonly basket: Basket; readonly isReduced: boolean } {
    let changed = basket;
    let isReduced = false;
    for (const id of Object.keys(basket.quantities)) {
      const typed = form[`quantity.${id}`];
      const wanted = form.remove === id ? 0 : typed === undefined ? basket.quantities[id] : Number(typed);
      if (wanted === undefined || Number.isNaN(wanted)) continue;
      changed = withQuantity(changed, catalogue, id, wanted);
      isReduced ||= wanted > (changed.quantities[id] ?? 0);
    }
    return { basket: changed, isReduced };
  }

  function showMistakes(c: Context, basket: Basket, mistakes: Mistakes): Response | Promise<Response> {
    return c.html(detailsPage(visitor.view(c), cartOf(basket), basket.entered, mistakes), 422);
  }

  function showSummary(c: Context, isChanged: boolean): Response | Promise<Response> {
    const basket = visitor.basket(c);
    if (!isFilled(basket)) return c.redirect("/cart", 303);
    const read = readDetails(basket.entered);
    if (!("details" in read)) return c.redirect("/checkout", 303);
    const cart = cartOf(basket);
    const summary = { cart, details: read.details, settings: settings.read(), order: basket.nextOrder, isChanged };
    return c.html(summaryPage(visitor.view(c), summary), isChanged ? 409 : 200);
  }

  /** null when this is not the order that the buyer saw and agreed to. */
  function toNewOrder(c: Context, basket: Basket, form: Entered): Parameters<Orders["place"]>[0] | null {
    const read = readDetails(basket.entered);
    const cart = cartOf(basket);
    const { language } = visitor.view(c);
    const lines = toOrderLines(cart, language);
    const isAgreed = form.order === basket.nextOrder && form.total === String(sumOf(lines));
    if (!isAgreed || !("details" in read) || lines.length === 0) return null;
    return { id: basket.nextOrder, customer: visitor.openCustomer(c), language, lines, ...read.details };
  }
}
