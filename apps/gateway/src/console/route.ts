import type { Clock, PaymentStore, Url } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { Connections } from "../connections.ts";
import { type DoorParts, readerOf, toFaultPage } from "../manage/door.ts";
import { toSignInPage } from "../manage/sign-in-page.ts";
import type { FindContact } from "../notices/contact.ts";
import type { Notices } from "../notices/notices.ts";
import type { HostedShop } from "../shops.ts";
import { isLocal } from "./access.ts";
import { createBuyerRoutes } from "./buyer-routes.ts";
import { type ConsoleModel, isDue, type ShopModel } from "./model.ts";
import { toPage } from "./page.ts";
import { type PageEnv, readSession, usePagePolicy } from "./pages.ts";
import { sameOrigin } from "./same-origin.ts";
import { style } from "./style.ts";

export interface ConsoleParts {
  readonly shops: () => readonly Pick<HostedShop, "id" | "record">[];
  readonly store: Pick<PaymentStore, "list" | "findings" | "findBuyer" | "eraseBuyer">;
  readonly connections: Connections;
  readonly notices: Pick<Notices, "test">;
  readonly findContact: FindContact;
  readonly clock: Clock;
  readonly url: () => Url;
  readonly door: Pick<DoorParts, "sessions" | "isOpenHere">;
}

const listed = 100;
/** Of its forms, bytes. */
const formLimit = 4096;

/** The page for shop owners, at `/`. */
export function createConsole(parts: ConsoleParts): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  usePagePolicy(app);
  app.get("/console.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  const mayEnter = [readSession(parts.door.sessions), mustBeWelcome(parts.door), sameOrigin] as const;
  app.use("/", ...mayEnter);
  app.use("/console/*", ...mayEnter, bodyLimit({ maxSize: formLimit }), mustCarryToken(parts.door));
  const show = async (c: Context<PageEnv>, news: Pick<ConsoleModel, "erasure" | "test">): Promise<Response> =>
    c.html(toPage({ ...(await collect(parts)), ...news }, readerOf(c)));
  app.get("/", (c) => show(c, {}));
  app.post("/console/shops/:shop/test-message", async (c) => {
    const shop = parts.shops().find(({ id }) => id === c.req.param("shop"));
    if (shop === undefined) return c.notFound();
    return show(c, { test: { shop: shop.id, outcomes: await parts.notices.test(shop.id) } });
  });
  app.route(
    "/console/buyers",
    createBuyerRoutes(parts, (c, erasure) => show(c, { erasure })),
  );
  return app;
}

/** Whoever signed in, and a browser on this machine while there is no password. */
function mustBeWelcome({ isOpenHere }: ConsoleParts["door"]) {
  return createMiddleware<PageEnv>(async (c, next) => {
    if (c.get("session") !== null || (isOpenHere && isLocal(c.req.raw, c.env.peer))) return next();
    return c.html(toSignInPage(readerOf(c), null, "/"), 401);
  });
}

/** In the forms of whoever signed in, as everywhere. */
function mustCarryToken({ sessions }: ConsoleParts["door"]) {
  return createMiddleware<PageEnv>(async (c, next) => {
    const session = c.get("session");
    if (session === null || c.req.method !== "POST") return next();
    const { token } = await c.req.parseBody();
    return sessions.isToken(session, token) ? next() : c.html(toFaultPage(readerOf(c), "forged"), 403);
  });
}

async function collect({ shops, store, connections, findContact, clock, url }: ConsoleParts): Promise<ConsoleModel> {
  const now = clock.now();
  const models = shops().map(async ({ id, record }): Promise<ShopModel> => {
    const page = { after: null, limit: listed };
    const [rows, findings, contact] = await Promise.all([
      store.list(id, page),
      store.findings(id, { ...page, open: true }),
      findContact(id),
    ]);
    return {
      id,
      name: record?.terms.name ?? id,
      mode: record?.terms.environment ?? null,
      commandsUrl: `${url()}/shops/${id}/commands`,
      connections: connections.list(id),
      rows,
      findings,
      contact,
    };
  });
  const collected = await Promise.all(models);
  return { now, shops: collected, due: collected.flatMap(({ rows }) => rows).filter((row) => isDue(row, now)).length };
}
