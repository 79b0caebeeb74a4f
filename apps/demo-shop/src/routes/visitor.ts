import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Assets } from "../assets.ts";
import { type Basket, type Baskets, countPieces } from "../baskets.ts";
import { isLanguage, toLanguage } from "../language.ts";
import type { View } from "../pages/layout.ts";
import { toText } from "../text/text.ts";

export interface VisitorParts {
  readonly assets: Assets;
  readonly baskets: Baskets;
  readonly shopUrl: URL;
  /** Not to be guessed. */
  readonly createId: () => string;
}

/** What the shop knows of who is asking: three cookies of its own, and Accept-Language. */
export interface Visitor {
  view(context: Context): View;
  basket(context: Context): Basket | undefined;
  /** Opens a basket if there is none yet. */
  openBasket(context: Context): Basket;
  /** Who has ordered with this browser. A real shop has a log-in here. */
  customer(context: Context): string | undefined;
  /** Makes him known if he is not yet. */
  openCustomer(context: Context): string;
  keepLanguage(context: Context, language: string): void;
}

export function createVisitor({ assets, baskets, shopUrl, createId }: VisitorParts): Visitor {
  const cookie = { path: "/", httpOnly: true, sameSite: "Lax", secure: shopUrl.protocol === "https:" } as const;
  const month = 30 * 24 * 60 * 60;
  const findBasket = (context: Context): Basket | undefined => baskets.find(getCookie(context, "basket"));
  return {
    basket: findBasket,
    openBasket(context) {
      const basket = findBasket(context) ?? baskets.open();
      setCookie(context, "basket", basket.id, { ...cookie, maxAge: month });
      return basket;
    },
    customer: (context) => getCookie(context, "customer"),
    openCustomer(context) {
      const customer = getCookie(context, "customer") ?? createId();
      setCookie(context, "customer", customer, { ...cookie, maxAge: 12 * month });
      return customer;
    },
    keepLanguage: (context, language) => setCookie(context, "language", language, { ...cookie, maxAge: 12 * month }),
    view(context) {
      const chosen = getCookie(context, "language");
      const language = isLanguage(chosen) ? chosen : toLanguage(context.req.header("accept-language"));
      const pieces = countPieces(findBasket(context));
      return { language, text: toText(language), path: context.req.path, pieces, assets };
    },
  };
}
