import type { Logger, Url } from "@checkout-plugins/core";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { type PageEnv, readSession, sessionCookie, usePagePolicy } from "../console/pages.ts";
import { sameOrigin } from "../console/same-origin.ts";
import type { Language } from "../console/texts.ts";
import { frame, type Reader, toReader } from "./frame.ts";
import type { Sessions } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";
import { toSignInPage } from "./sign-in-page.ts";
import { style } from "./style.ts";

/** Who may see payments, and add and remove shops. */
export interface DoorParts {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  /** There is no password: a browser on this machine sees the payments without signing in. */
  readonly isOpenHere: boolean;
}

export interface DoorRoutes extends DoorParts {
  readonly url: () => Url;
  /** Where whoever signed in is led, unless he wanted to see the payments. */
  readonly home: "/manage/shops" | "/";
  readonly logger: Logger;
}

/** Of a form, bytes. */
const formLimit = 32 * 1024;

/** The one way in, below /manage: signing in and out, for all pages of the gateway. */
export function createDoor({ sessions, signIn, url, home, logger }: DoorRoutes): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  usePagePolicy(app);
  if (home === "/") app.get("/", (c) => c.redirect("/manage/sign-in", 303));
  app.get("/manage.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  app.use("/sign-in", readSession(sessions), sameOrigin, readForm);
  app.use("/sign-out", readSession(sessions), sameOrigin, readForm);
  app.get("/sign-in", (c) => c.html(toSignInPage(readerOf(c), null, home)));
  app.post("/sign-in", async (c) => {
    const { secret, to } = c.get("form");
    const wanted = to === "/" ? "/" : home;
    const outcome = await signIn.try(typeof secret === "string" ? secret : "", c.env.peer.address);
    const { signIn: say } = readerOf(c).say;
    if (outcome === "welcome") {
      const secure = url().startsWith("https:");
      const options = { httpOnly: true, sameSite: "Lax", path: "/", secure, maxAge: sessions.lifetime } as const;
      setCookie(c, sessionCookie, sessions.issue(), options);
      return c.redirect(wanted, 303);
    }
    logger.warn("sign-in refused", { reason: outcome === "wrong" ? "wrong" : "wait" });
    if (outcome === "wrong") return c.html(toSignInPage(readerOf(c), say.wrong, wanted), 401);
    c.header("retry-after", String(outcome.wait));
    return c.html(toSignInPage(readerOf(c), say.wait.replace("{seconds}", String(outcome.wait)), wanted), 429);
  });
  app.post("/sign-out", mustBeSignedIn(sessions), (c) => {
    deleteCookie(c, sessionCookie, { path: "/" });
    return c.redirect("/manage/sign-in", 303);
  });
  return app;
}

export function readerOf(c: Context<PageEnv>): Reader {
  return toReader(c.get("language") as Language, c.get("session"));
}

export function toFaultPage(reader: Reader, fault: "notFound" | "forged"): ReturnType<typeof frame> {
  return frame(reader, reader.say.title, "" as never, { kind: "bad", text: reader.say[fault] });
}

/** Forms only, and small ones. */
export const readForm: MiddlewareHandler<PageEnv> = createMiddleware<PageEnv>(async (c, next) => {
  if (c.req.method !== "POST") return next();
  const length = Number(c.req.header("content-length") ?? Number.NaN);
  const isForm = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  if (!isForm || !(length <= formLimit)) return c.html(toFaultPage(readerOf(c), "forged"), 403);
  c.set("form", await c.req.parseBody());
  return next();
});

/** And every form must carry the token of the session. */
export const mustBeSignedIn = (sessions: Sessions): MiddlewareHandler<PageEnv> =>
  createMiddleware<PageEnv>(async (c, next) => {
    const session = c.get("session");
    if (session === null) return c.html(toSignInPage(readerOf(c), null, "/manage/shops"), 401);
    if (c.req.method === "POST" && !sessions.isToken(session, c.get("form").token)) {
      return c.html(toFaultPage(readerOf(c), "forged"), 403);
    }
    return next();
  });
