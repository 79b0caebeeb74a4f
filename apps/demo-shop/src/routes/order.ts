import type { Integration } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { hasLeft, isPayable, toOrderState } from "../order-state.ts";
import type { Order, Orders } from "../orders.ts";
import { orderPage } from "../pages/order-page.ts";
import type { OrderNews } from "../pages/order-status.ts";
import { payPage } from "../pages/pay-page.ts";
import { problemPage } from "../pages/problem-page.ts";
import { type Checkout, toAddress } from "../payment/checkout.ts";
import type { SettingsStore } from "../settings.ts";
import type { ShopApp } from "./edge.ts";
import { readForm } from "./form.ts";
import type { Visitor } from "./visitor.ts";

export interface OrderParts {
  readonly visitor: Visitor;
  readonly orders: Orders;
  readonly settings: SettingsStore;
  readonly checkout: Checkout;
}

export interface OrderRoutes {
  readonly app: ShopApp;
  /** Leads the buyer to where he pays, or says on the order's page why he cannot now. */
  startPayment(context: Context, order: Order, integration: Integration): Promise<Response>;
}

/** The placed order: to see it, to pay it, to come back from paying. */
export function createOrderRoutes({ visitor, orders, settings, checkout }: OrderParts): OrderRoutes {
  const app: ShopApp = new Hono();
  const noNews: OrderNews = { asked: null, hasLeft: false, problem: null };

  app.get("/orders/:id", (c) => withOrder(c, (order) => showOrder(c, order, readNews(c), 200)));
  app.post("/orders/:id/pay", (c) =>
    withOrder(c, async (order) => {
      const isWanted = (await readForm(c)).integration === "page";
      return startPayment(c, order, isWanted ? "page" : settings.read().integration);
    }),
  );
  app.get("/orders/:id/pay", (c) =>
    withOrder(c, async (order) => {
      if (!isPayable(toOrderState(order))) return c.redirect(`/orders/${order.id}`, 303);
      const result = await checkout.pay(order, settings.read().integration);
      if (result.kind !== "successful" || result.answer.kind !== "script") return leadOn(c, order, result);
      c.set("payScript", result.answer.url);
      return c.html(payPage(visitor.view(c), order, result.answer));
    }),
  );
  app.get("/orders/:id/return", (c) =>
    withOrder(c, async (order) => {
      await checkout.comeBack(order);
      const { payment } = orders.find(order.id) ?? order;
      const isDecided = toOrderState({ payment }) !== "unpaid" || hasLeft(payment);
      const query = isDecided ? "" : c.req.query("left") === "yes" ? "?left=yes" : "?asked=0";
      return c.redirect(`/orders/${order.id}${query}`, 303);
    }),
  );

  return { app, startPayment };

  async function startPayment(c: Context, order: Order, integration: Integration): Promise<Response> {
    if (!isPayable(toOrderState(order))) return c.redirect(`/orders/${order.id}`, 303);
    return leadOn(c, order, await checkout.pay(order, integration));
  }

  async function leadOn(c: Context, asked: Order, result: Awaited<ReturnType<Checkout["pay"]>>): Promise<Response> {
    const order = orders.find(asked.id) ?? asked;
    switch (result.kind) {
      case "successful":
        return c.redirect(toAddress(result.answer, order), 303);
      case "pending":
        return c.redirect(`/orders/${order.id}?asked=0`, 303);
      case "failed":
        return showOrder(c, order, { ...noNews, problem: { publicMessage: result.failure.publicMessage } }, 409);
      case "noAnswer":
        return result.error.retryable
          ? showOrder(c, order, { ...noNews, problem: "noAnswer" }, 503)
          : showOrder(c, order, { ...noNews, problem: "refused" }, 502);
    }
  }

  function readNews(c: Context): OrderNews {
    const asked = /^\d{1,3}$/.exec(c.req.query("asked") ?? "")?.[0];
    return { asked: asked === undefined ? null : Number(asked), hasLeft: c.req.query("left") === "yes", problem: null };
  }

  async function showOrder(
    c: Context,
    order: Order,
    news: OrderNews,
    status: 200 | 409 | 502 | 503,
  ): Promise<Response> {
    if (status === 503) c.header("Retry-After", "60");
    return c.html(orderPage(visitor.view(c), order, settings.read(), news), status);
  }

  async function withOrder(c: Context, use: (order: Order) => Promise<Response>): Promise<Response> {
    const order = orders.find(c.req.param("id") ?? "");
    return order === undefined ? c.html(problemPage(visitor.view(c), "notFound"), 404) : use(order);
  }
}
