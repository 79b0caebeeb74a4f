import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { Assets } from "../assets.ts";
import { isLanguage } from "../language.ts";
import { problemPage } from "../pages/problem-page.ts";
import { toPolicy } from "../policy.ts";
import type { Visitor } from "./visitor.ts";

export interface EdgeParts {
  readonly assets: Assets;
  readonly visitor: Visitor;
  readonly shopUrl: URL;
  /** Verifies for itself who asks and how much. */
  readonly door: (request: Request) => Promise<Response>;
  readonly report: (error: unknown) => void;
}

/** What a page tells the edge. */
export interface PageVariables {
  /** Address of the service's script on this page. */
  payScript?: string;
}
export type ShopApp = Hono<{ Variables: PageVariables }>;

/** What stands before every page: headers, files, limits, forged forms, the choice of a language, and mistakes. */
export function createEdge({ assets, visitor, shopUrl, door, report }: EdgeParts): ShopApp {
  const app: ShopApp = new Hono();
  const isSecure = shopUrl.protocol === "https:";
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
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    return c.body(asset.bytes, 200, { "Content-Type": asset.type });
  });
  app.post("/payments/show", (c) => door(c.req.raw));
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
  app.use(csrf({ origin: (origin, c) => origin === shopUrl.origin || origin === new URL(c.req.url).origin }));
  app.use(async (c, next) => {
    const language = c.req.query("language");
    if (c.req.method !== "GET" || !isLanguage(language)) return next();
    visitor.keepLanguage(c, language);
    return c.redirect(c.req.path.replace(/^[/\\]+/, "/"), 303); // "//host" would be another host
  });
  app.notFound((c) => c.html(problemPage(visitor.view(c), "notFound"), 404));
  app.onError((error, c: Context) => {
    if (error instanceof HTTPException) {
      return c.html(problemPage(visitor.view(c), error.status === 403 ? "forbidden" : "broken"), error.status);
    }
    report(error);
    return c.html(problemPage(visitor.view(c), "broken"), 500);
  });
  return app;
}
