import type { ShopKey } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import type { Mails } from "../mails.ts";
import type { Order, Orders } from "../orders.ts";
import { merchantOrderPage } from "../pages/merchant-order-page.ts";
import { mailsPage, merchantPage } from "../pages/merchant-pages.ts";
import { problemPage } from "../pages/problem-page.ts";
import type { Checkout } from "../payment/checkout.ts";
import { completions, integrations, type SettingsStore } from "../settings.ts";
import { isWishKind, readWish, type WishMistake } from "../wishes.ts";
import { readForm } from "./form.ts";
import type { Visitor } from "./visitor.ts";

export interface MerchantParts {
  readonly visitor: Visitor;
  readonly orders: Orders;
  readonly mails: Mails;
  readonly settings: SettingsStore;
  readonly checkout: Checkout;
  readonly createId: () => string;
}

/** The merchant's side. It has no password, because there is nothing to protect here: a real shop has one. */
export function createMerchantRoutes({ visitor, orders, mails, settings, checkout, createId }: MerchantParts): Hono {
  const app = new Hono();

  app.get("/merchant", (c) => c.html(merchantPage(visitor.view(c), orders.list(), settings.read())));
  app.get("/merchant/mails", (c) => c.html(mailsPage(visitor.view(c), mails.list())));
  app.post("/merchant/settings", async (c) => {
    const form = await readForm(c);
    const before = settings.read();
    settings.save({
      integration: integrations.find((known) => known === form.integration) ?? before.integration,
      completion: completions.find((known) => known === form.completion) ?? before.completion,
    });
    return c.redirect("/merchant", 303);
  });

  app.get("/merchant/orders/:id", (c) => withOrder(c, (order) => show(c, order, null)));
  app.post("/merchant/orders/:id/again", (c) =>
    withOrder(c, async (order) => {
      const { key } = await readForm(c);
      const request = order.requests.find((earlier) => earlier.key === key);
      if (request === undefined) return show(c, order, "notPossible");
      await checkout.ask(order, request.wish);
      return c.redirect(`/merchant/orders/${order.id}#operations`, 303);
    }),
  );
  app.post("/merchant/orders/:id/:kind", (c) =>
    withOrder(c, async (order) => {
      const kind = c.req.param("kind");
      if (!isWishKind(kind)) return c.html(problemPage(visitor.view(c), "notFound"), 404);
      const form = await readForm(c);
      const isAsked = order.requests.some((request) => request.key === (form.key as ShopKey));
      if (!isAsked) {
        const read = readWish(order, kind, form);
        if ("mistake" in read) return show(c, order, read.mistake);
        await checkout.ask(order, read.wish);
      }
      return c.redirect(`/merchant/orders/${order.id}#operations`, 303);
    }),
  );
  return app;

  async function show(c: Context, order: Order, mistake: WishMistake | null): Promise<Response> {
    const page = merchantOrderPage(visitor.view(c), { order, mistake, createKey: createId });
    return c.html(page, mistake === null ? 200 : 422);
  }

  async function withOrder(c: Context, use: (order: Order) => Promise<Response>): Promise<Response> {
    const order = orders.find(c.req.param("id") ?? "");
    return order === undefined ? c.html(problemPage(visitor.view(c), "notFound"), 404) : use(order);
  }
}
