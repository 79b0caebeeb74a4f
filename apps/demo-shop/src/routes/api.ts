import type { Address } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Catalogue } from "../catalogue.ts";
import { languages } from "../language.ts";
import { toChf } from "../money.ts";
import { isPayable, toOrderState } from "../order-state.ts";
import type { Order, Orders } from "../orders.ts";
import type { Checkout } from "../payment/checkout.ts";
import { discounts, shippingChoices, toOrderLines } from "../prices.ts";
import type { SettingsStore } from "../settings.ts";

export interface ApiParts {
  readonly settings: SettingsStore;
  readonly catalogue: Catalogue;
  readonly orders: Orders;
  readonly checkout: Checkout;
  readonly createId: () => string;
}

const text = (maximum: number): z.ZodString => z.string().trim().min(1).max(maximum);
const addressSchema = z.strictObject({
  givenName: text(100),
  familyName: text(100),
  organization: text(100).optional(),
  street: text(200),
  postcode: text(10),
  city: text(100),
  country: z.string().regex(/^[A-Z]{2}$/, "ISO 3166 alpha-2, such as CH"),
  email: z.email().max(150).optional(),
  phone: text(30).optional(),
});
const orderSchema = z.strictObject({
  lines: z
    .array(z.strictObject({ product: z.string(), quantity: z.int().min(1).max(20) }))
    .min(1)
    .max(50),
  language: z.enum(languages).default("de"),
  shipping: z.enum(shippingChoices).default("pickup"),
  discountCode: z.enum(Object.keys(discounts)).nullable().default(null),
  billing: addressSchema.nullable().default(null),
  delivery: addressSchema.nullable().default(null),
});

/** The shop for machines: place an order, pay it, look at it. Documented in the README. */
export function createApiRoutes({ catalogue, orders, settings, checkout, createId }: ApiParts): Hono {
  const app = new Hono();

  app.post("/api/orders", async (c) => {
    const body = orderSchema.safeParse(await readJson(c));
    if (!body.success) return refuse(c, 400, "badRequest", z.prettifyError(body.error));
    const wanted = new Map<string, number>();
    for (const { product, quantity } of body.data.lines) wanted.set(product, (wanted.get(product) ?? 0) + quantity);
    const lines = [];
    for (const [id, quantity] of wanted) {
      const product = catalogue.find(id);
      if (product === undefined) return refuse(c, 400, "unknownProduct", `There is no product "${id}".`);
      if (catalogue.stock(id) < quantity)
        return refuse(c, 409, "soldOut", `There are ${catalogue.stock(id)} of "${id}".`);
      lines.push({ product, quantity });
    }
    const { language, shipping, billing, delivery, discountCode: discount } = body.data;
    const order = orders.place({
      id: createId(),
      customer: null,
      language,
      lines: toOrderLines({ lines, discount, shipping }, language),
      shipping,
      billing: billing as Address | null,
      delivery: delivery as Address | null,
    });
    return c.json(toJson(order), 201, { Location: `/api/orders/${order.id}` });
  });

  app.get("/api/orders/:id", (c) => {
    const order = orders.find(c.req.param("id"));
    return order === undefined ? refuse(c, 404, "unknownOrder", "There is no such order.") : c.json(toJson(order));
  });

  app.post("/api/orders/:id/pay", async (c) => {
    const order = orders.find(c.req.param("id"));
    if (order === undefined) return refuse(c, 404, "unknownOrder", "There is no such order.");
    if (!isPayable(toOrderState(order))) return c.json({ kind: "nothingToDo" });
    const result = await checkout.pay(order, settings.read().integration);
    switch (result.kind) {
      case "successful":
        return c.json(result.answer);
      case "pending":
        return refuse(c, 503, "pending", "The outcome is not known yet. Ask again: that is safe.");
      case "failed":
        return refuse(c, 409, result.failure.code, result.failure.publicMessage);
      case "noAnswer":
        return refuse(c, 503, result.error.code, "The payment cannot be reached. Ask again: that is safe.");
    }
  });

  return app;
}

/** What the JSON door tells of an order. Amounts are in minor units. */
export function toJson(order: Order): object {
  const { id, number, on, language, shipping, billing, delivery, payment } = order;
  const lines = order.lines.map((line) => ({ ...line, total: toChf(line.total) }));
  const total = toChf(order.total);
  return { id, number, on, language, state: toOrderState(order), total, lines, shipping, billing, delivery, payment };
}

/** undefined for what is no JSON: the schema then says what is wanted. */
async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function refuse(c: Context, status: 400 | 404 | 409 | 503, code: string, message: string): Response {
  return c.json({ error: { code, message } }, status);
}
