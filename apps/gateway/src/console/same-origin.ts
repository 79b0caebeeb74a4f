import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { PageEnv } from "./pages.ts";

/**
 * Lets only forms of this very page act: a browser says where a request comes from, and what does not say it is no
 * browser's form. Behind a proxy it is the name that the browser asked for that counts, so the proxy passes Host on.
 */
export const sameOrigin: MiddlewareHandler<PageEnv> = createMiddleware<PageEnv>(async (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  const origin = c.req.header("origin") ?? "";
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  const isOurs = URL.canParse(origin) && new URL(origin).host === host;
  const site = c.req.header("sec-fetch-site") ?? "same-origin";
  if (isOurs && site === "same-origin") return next();
  return c.text("This form was not sent from the console. Open the console and try again.", 403);
});
