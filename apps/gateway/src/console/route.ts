import type { Clock, PaymentStore, Peer, Url } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { createMiddleware } from "hono/factory";
import { type LanguageVariables, languageDetector } from "hono/language";
import { secureHeaders } from "hono/secure-headers";
import type { Connections } from "../connections.ts";
import type { FindContact } from "../notices/contact.ts";
import type { Notices } from "../notices/notices.ts";
import type { HostedShop } from "../shops.ts";
import { isLocal } from "./access.ts";
import { createBuyerRoutes, type Erasure } from "./buyer-routes.ts";
import { type ConsoleModel, isDue, type ShopModel } from "./model.ts";
import { toClosedPage, toPage } from "./page.ts";
import { sameOrigin } from "./same-origin.ts";
import { style } from "./style.ts";
import { type Language, languages } from "./texts.ts";

export interface ConsoleParts {
  readonly shops: () => readonly Pick<HostedShop, "id" | "record">[];
  readonly store: Pick<PaymentStore, "list" | "findings" | "findBuyer" | "eraseBuyer">;
  readonly connections: Connections;
  readonly notices: Pick<Notices, "test">;
  readonly findContact: FindContact;
  readonly clock: Clock;
  readonly url: () => Url;
  /** null: opens only to a browser on this machine. */
  readonly password: string | null;
}

export interface PeerEnv {
  readonly Bindings: { readonly peer: Peer };
  readonly Variables: LanguageVariables;
}

const listed = 100;

/** The page for shop owners, at `/`. */
export function createConsole(parts: ConsoleParts): Hono<PeerEnv> {
  const app = new Hono<PeerEnv>();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: "DENY",
      // "no-referrer" would take the Origin from forms, by which `sameOrigin` knows them.
      referrerPolicy: "same-origin",
      strictTransportSecurity: false,
    }),
  );
  app.use(
    languageDetector({
      supportedLanguages: [...languages],
      fallbackLanguage: "en",
      order: ["querystring", "header"],
      lookupQueryString: "lang",
      caches: false,
    }),
  );
  app.get("/console.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  const mayEnter = createMiddleware<PeerEnv>(async (c, next) => {
    c.header("cache-control", "no-store");
    if (parts.password !== null) return basicAuth({ username: "owner", password: parts.password })(c, next);
    if (isLocal(c.req.raw, c.env.peer)) return next();
    return c.html(toClosedPage(c.get("language") as Language), 403);
  });
  app.use("/", mayEnter, sameOrigin);
  app.use("/console/*", mayEnter, sameOrigin);
  app.get("/", async (c) => c.html(toPage(await collect(parts), c.get("language") as Language)));
  app.post("/console/shops/:shop/test-message", async (c) => {
    const shop = parts.shops().find(({ id }) => id === c.req.param("shop"));
    if (shop === undefined) return c.notFound();
    const test = { shop: shop.id, outcomes: await parts.notices.test(shop.id) };
    return c.html(toPage({ ...(await collect(parts)), test }, c.get("language") as Language));
  });
  const answer = async (c: Context<PeerEnv>, erasure: Erasure): Promise<Response> =>
    c.html(toPage({ ...(await collect(parts)), erasure }, c.get("language") as Language));
  app.route("/console/buyers", createBuyerRoutes(parts, answer));
  return app;
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
