import type { Client } from "@checkout-plugins/client";
import type { Core, HostedPlatform, Logger, ShopStore, Url } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import type { Connections } from "../connections.ts";
import { type PageEnv, readSession, usePagePolicy } from "../console/pages.ts";
import { sameOrigin } from "../console/same-origin.ts";
import type { HostedShop } from "../shops.ts";
import { mustBeSignedIn, readerOf, readForm, toFaultPage } from "./door.ts";
import type { Sessions } from "./sessions.ts";
import { addShopRoutes } from "./shop-routes.ts";

export interface ManageParts {
  readonly store: ShopStore;
  readonly createClient: (user: { readonly userId: string; readonly authenticationKey: string }) => Client;
  readonly platforms: readonly HostedPlatform[];
  /** Shops of the environment. */
  readonly fixed: readonly HostedShop[];
  readonly connections: Pick<Connections, "list">;
  readonly core: Pick<Core, "runCommand">;
  readonly url: () => Url;
  readonly sessions: Sessions;
  readonly createId: () => string;
  readonly logger: Logger;
}

export type ManageContext = Context<PageEnv>;

/** The pages by which shops are added, paired, switched and removed, below /manage. */
export function createManage(parts: ManageParts): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  usePagePolicy(app);
  app.use(readSession(parts.sessions), sameOrigin, readForm, mustBeSignedIn(parts.sessions));
  app.get("/", (c) => c.redirect("/manage/shops", 303));
  addShopRoutes(app, parts);
  app.notFound((c) => c.html(toFaultPage(readerOf(c as ManageContext), "notFound"), 404));
  return app;
}
