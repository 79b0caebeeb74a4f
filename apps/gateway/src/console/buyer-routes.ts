import type { Buyer, Clock, PaymentStore, ShopId } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { eraseBuyer, exportBuyer } from "../upkeep.ts";
import type { PageEnv } from "./pages.ts";

export interface BuyerRouteParts {
  readonly shops: () => readonly { readonly id: ShopId }[];
  readonly store: Pick<PaymentStore, "findBuyer" | "eraseBuyer">;
  readonly clock: Clock;
}

export type Erasure = Awaited<ReturnType<typeof eraseBuyer>>;

/** What the form of `buyerForm` asks for; nobody gets here who may not enter the console. */
export function createBuyerRoutes(
  { shops, store, clock }: BuyerRouteParts,
  answer: (c: Context<PageEnv>, erasure: Erasure) => Promise<Response>,
): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  app.use(bodyLimit({ maxSize: 4096 }));
  app.post("/export", async (c) => {
    const asked = toAsked(await c.req.parseBody(), shops());
    if (asked === null) return refuse(c);
    const kept = await exportBuyer(store, asked.shop, asked.buyer);
    c.header("content-disposition", 'attachment; filename="buyer.json"');
    return c.json(kept);
  });
  app.post("/erase", async (c) => {
    const form = await c.req.parseBody();
    const asked = toAsked(form, shops());
    if (asked === null || form.sure !== "yes") return refuse(c);
    return answer(c, await eraseBuyer(store, clock, asked.shop, asked.buyer));
  });
  return app;
}

function refuse(c: Context): Response {
  return c.text("The form is not complete. Go back, and fill in all of its fields.", 400);
}

type Form = Readonly<Record<string, unknown>>;

function toAsked(
  { shop, by, value }: Form,
  shops: readonly { readonly id: ShopId }[],
): { readonly shop: ShopId; readonly buyer: Buyer } | null {
  const known = shops.find(({ id }) => id === shop);
  if (known === undefined || typeof value !== "string" || value.trim() === "") return null;
  if (by === "email") return { shop: known.id, buyer: { email: value } };
  return by === "customer" ? { shop: known.id, buyer: { customer: value.trim() } } : null;
}
