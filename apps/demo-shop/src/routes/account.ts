import type { StoredMeansId } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { type Account, accountPage } from "../pages/account-page.ts";
import type { Checkout } from "../payment/checkout.ts";
import type { ShopApp } from "./edge.ts";
import { readForm } from "./form.ts";
import type { Visitor } from "./visitor.ts";

export interface AccountParts {
  readonly visitor: Visitor;
  readonly checkout: Checkout;
}

/** The buyer's account. Whoever has the browser he ordered with is he; a real shop asks for a log-in. */
export function createAccountRoutes({ visitor, checkout }: AccountParts): ShopApp {
  const app: ShopApp = new Hono();
  app.get("/account", (c) => show(c, c.req.query("removed") === "yes" ? "forgotten" : null));
  app.post("/account/forget", async (c) => {
    const { means = "" } = await readForm(c);
    const customer = visitor.customer(c);
    if (customer === undefined || means === "") return c.redirect("/account", 303);
    const result = await checkout.forget(customer, means as StoredMeansId);
    if (result.kind === "successful") return c.redirect("/account?removed=yes", 303);
    return result.kind === "noAnswer" ? unreachable(c) : show(c, "notForgotten");
  });
  return app;

  async function show(c: Context, news: Account["news"]): Promise<Response> {
    const customer = visitor.customer(c);
    if (customer === undefined) return c.html(accountPage(visitor.view(c), { stored: [], news }));
    const result = await checkout.stored(customer);
    if (result.kind !== "successful") return unreachable(c);
    return c.html(accountPage(visitor.view(c), { stored: result.answer, news }));
  }

  function unreachable(c: Context): Response | Promise<Response> {
    c.header("Retry-After", "60");
    return c.html(accountPage(visitor.view(c), { stored: null, news: null }), 503);
  }
}
