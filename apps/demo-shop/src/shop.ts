import type { Instant } from "@checkout-plugins/core";
import type { GatewayClient } from "@checkout-plugins/shop-protocol";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import { readAssets } from "./assets.ts";
import { createBaskets } from "./baskets.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { isLanguage } from "./language.ts";
import { createMails, type Mails } from "./mails.ts";
import { createOrders, type Orders } from "./orders.ts";
import { problemPage } from "./pages/problem-page.ts";
import { createCheckout } from "./payment/checkout.ts";
import { createDoor, createShow } from "./payment/door.ts";
import { toPolicy } from "./policy.ts";
import { createApiRoutes } from "./routes/api.ts";
import { createBuyerRoutes } from "./routes/buyer.ts";
import { createMerchantRoutes } from "./routes/merchant.ts";
import { createOrderRoutes, type PolicyVariables } from "./routes/order.ts";
import { createVisitor } from "./routes/visitor.ts";
import { createSettings, type Settings } from "./settings.ts";

export interface DemoShopParts {
  readonly gateway: GatewayClient;
  /** Shared with the gateway: `whsec_…`; two while one is being replaced. */
  readonly secrets: readonly string[];
  /** Where buyers reach the shop. */
  readonly shopUrl: URL;
  /** Is it paid with test money? */
  readonly isTest: boolean;
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Not to be guessed, such as crypto.randomUUID. */
  readonly createId: () => string;
  /** Called with whatever goes wrong, for the log. */
  readonly report: (error: unknown) => void;
}

export interface DemoShop {
  fetch(request: Request): Promise<Response>;
  readonly orders: Orders;
  readonly mails: Mails;
  readonly catalogue: Catalogue;
}

/** The whole shop. Its state lives in here, and ends with it. */
export function createDemoShop(parts: DemoShopParts): DemoShop {
  const { gateway, secrets, shopUrl, isTest, createId, report } = parts;
  const now = (): Instant => new Date(parts.now()).toISOString() as Instant;
  const isSecure = shopUrl.protocol === "https:";
  const assets = readAssets();
  const catalogue = createCatalogue();
  const orders = createOrders(now);
  const mails = createMails();
  const settings = createSettings(parts.settings);
  const baskets = createBaskets(createId);
  const visitor = createVisitor({ assets, baskets, shopUrl });
  const show = createShow({ orders, catalogue, mails });
  const checkout = createCheckout({ gateway, orders, settings, show, shopUrl, isTest, now, report });

  const app = new Hono<{ Variables: PolicyVariables }>();
  app.use(
    secureHeaders({
      referrerPolicy: "same-origin",
      // The service's windows (a bank's login, a wallet) must find the page that opened them.
      crossOriginOpenerPolicy: "same-origin-allow-popups",
      strictTransportSecurity: isSecure,
    }),
  );
  app.get("/assets/*", compress(), (c) => {
    const asset = assets.find(c.req.path.slice("/assets/".length));
    if (asset === undefined) return c.notFound();
    return c.body(asset.bytes, 200, {
      "Content-Type": asset.type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
  app.use(async (c, next) => {
    await next();
    if (c.res.headers.get("content-type")?.startsWith("text/html") !== true) return;
    const canLeave = /^\/(?:orders|checkout\/summary)/.test(c.req.path);
    const script = c.get("payScript");
    const policy = toPolicy({ canLeave, isSecure, script: script === undefined ? null : new URL(script) });
    c.header("Content-Security-Policy", policy);
    c.header("Cache-Control", "no-store");
  });
  app.use(bodyLimit({ maxSize: 256 * 1024 }));
  const door = createDoor({ secrets, now: parts.now, show });
  app.post("/payments/show", (c) => door(c.req.raw));
  app.use(csrf({ origin: (origin, c) => origin === shopUrl.origin || origin === new URL(c.req.url).origin }));
  app.use(async (c, next) => {
    const language = c.req.query("language");
    if (c.req.method !== "GET" || !isLanguage(language)) return next();
    visitor.keepLanguage(c, language);
    return c.redirect(c.req.path, 303);
  });

  const orderRoutes = createOrderRoutes({ visitor, orders, settings, checkout });
  const { startPayment } = orderRoutes;
  app.route("/", createApiRoutes({ catalogue, orders, checkout, createId }));
  app.route("/", createBuyerRoutes({ visitor, baskets, catalogue, orders, settings, startPayment }));
  app.route("/", orderRoutes.app);
  app.route("/", createMerchantRoutes({ visitor, orders, mails, settings, checkout, createId }));
  app.notFound((c) => c.html(problemPage(visitor.view(c), "notFound"), 404));
  app.onError((error, c) => answerError(error, c));

  return { fetch: async (request) => app.fetch(request), orders, mails, catalogue };

  function answerError(error: unknown, c: Context): Response | Promise<Response> {
    if (error instanceof Error && "getResponse" in error && "status" in error && error.status === 403) {
      return c.html(problemPage(visitor.view(c), "forbidden"), 403);
    }
    report(error);
    return c.html(problemPage(visitor.view(c), "broken"), 500);
  }
}
