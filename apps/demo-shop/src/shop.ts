import type { Instant } from "@checkout-plugins/core";
import type { GatewayClient } from "@checkout-plugins/shop-protocol";
import { readAssets } from "./assets.ts";
import { createBaskets } from "./baskets.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { createMails, type Mails } from "./mails.ts";
import { createOrders, type Orders } from "./orders.ts";
import { createCheckout } from "./payment/checkout.ts";
import { createDoor, createShow } from "./payment/door.ts";
import { createTill } from "./payment/till.ts";
import { createAccountRoutes } from "./routes/account.ts";
import { createApiRoutes } from "./routes/api.ts";
import { createBuyerRoutes } from "./routes/buyer.ts";
import { createEdge } from "./routes/edge.ts";
import { createMerchantRoutes } from "./routes/merchant.ts";
import { createOrderRoutes } from "./routes/order.ts";
import { createTillRoutes } from "./routes/till.ts";
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
  const assets = readAssets();
  const catalogue = createCatalogue();
  const orders = createOrders(now);
  const mails = createMails();
  const settings = createSettings(parts.settings);
  const baskets = createBaskets(createId);
  const visitor = createVisitor({ assets, baskets, shopUrl, createId });
  const show = createShow({ orders, catalogue, mails });
  const checkout = createCheckout({ gateway, orders, settings, show, shopUrl, isTest, now, report });

  const door = createDoor({ secrets, now: parts.now, show });
  const app = createEdge({ assets, visitor, shopUrl, door, report });
  const orderRoutes = createOrderRoutes({ visitor, orders, settings, checkout });
  const { startPayment } = orderRoutes;
  app.route("/", createApiRoutes({ catalogue, orders, settings, checkout, createId }));
  app.route("/", createBuyerRoutes({ visitor, baskets, catalogue, orders, settings, startPayment }));
  app.route("/", orderRoutes.app);
  app.route("/", createAccountRoutes({ visitor, checkout }));
  const till = createTill({ gateway, show, isTest, report });
  app.route("/", createTillRoutes({ visitor, orders, till }));
  app.route("/", createMerchantRoutes({ visitor, orders, mails, settings, checkout, createId }));
  return { fetch: async (request) => app.fetch(request), orders, mails, catalogue };
}
