import type { Client } from "@checkout-plugins/client";
import type { Core, HostedPlatform, Logger, ShopStore, Url } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { type LanguageVariables, languageDetector } from "hono/language";
import { secureHeaders } from "hono/secure-headers";
import type { Connections } from "../connections.ts";
import type { PeerEnv } from "../console/route.ts";
import { sameOrigin } from "../console/same-origin.ts";
import { type Language, languages } from "../console/texts.ts";
import type { HostedShop } from "../shops.ts";
import { frame, type Reader, toReader } from "./frame.ts";
import type { Session, Sessions } from "./sessions.ts";
import { addShopRoutes } from "./shop-routes.ts";
import type { SignIn } from "./sign-in.ts";
import { toSignInPage } from "./sign-in-page.ts";
import { style } from "./style.ts";

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
  readonly signIn: SignIn;
  readonly createId: () => string;
  readonly logger: Logger;
}

export interface ManageEnv {
  readonly Bindings: PeerEnv["Bindings"];
  readonly Variables: LanguageVariables & { readonly session: Session | null; readonly form: FormValues };
}
export type FormValues = Readonly<Record<string, unknown>>;
export type ManageContext = Context<ManageEnv>;

const cookie = "checkout-plugins-session";
/** Of a form, bytes. */
const formLimit = 32 * 1024;

/** The pages by which shops are added, paired, switched and removed, below /manage. */
export function createManage(parts: ManageParts): Hono<ManageEnv> {
  const app = new Hono<ManageEnv>();
  const { sessions, signIn, logger } = parts;
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
      // "no-referrer" would take the Origin from forms, by which they are known.
      referrerPolicy: "same-origin",
      strictTransportSecurity: false,
    }),
  );
  app.use(
    languageDetector({
      supportedLanguages: [...languages],
      fallbackLanguage: "en",
      order: ["querystring", "cookie", "header"],
      lookupQueryString: "lang",
      lookupCookie: "checkout-plugins-language",
      caches: ["cookie"],
      cookieOptions: { sameSite: "Lax", secure: false, httpOnly: true, path: "/manage", maxAge: 365 * 24 * 60 * 60 },
    }),
  );
  app.get("/manage.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  app.use(async (c, next) => {
    c.header("cache-control", "no-store");
    c.set("session", sessions.read(getCookie(c, cookie)));
    return next();
  });
  app.use(sameOrigin, readForm);
  app.get("/sign-in", (c) => c.html(toSignInPage(readerOf(c), null)));
  app.post("/sign-in", async (c) => {
    const { secret } = c.get("form");
    const outcome = await signIn.try(typeof secret === "string" ? secret : "", c.env.peer.address);
    const { signIn: say } = readerOf(c).say;
    if (outcome === "welcome") {
      const secure = parts.url().startsWith("https:");
      const options = { httpOnly: true, sameSite: "Lax", path: "/", secure, maxAge: sessions.lifetime } as const;
      setCookie(c, cookie, sessions.issue(), options);
      return c.redirect("/manage/shops", 303);
    }
    logger.warn("sign-in refused", { reason: outcome === "wrong" ? "wrong" : "wait" });
    if (outcome === "wrong") return c.html(toSignInPage(readerOf(c), say.wrong), 401);
    c.header("retry-after", String(outcome.wait));
    return c.html(toSignInPage(readerOf(c), say.wait.replace("{seconds}", String(outcome.wait))), 429);
  });
  app.use(mustBeSignedIn(sessions));
  app.post("/sign-out", (c) => {
    deleteCookie(c, cookie, { path: "/" });
    return c.redirect("/manage/sign-in", 303);
  });
  app.get("/", (c) => c.redirect("/manage/shops", 303));
  addShopRoutes(app, parts);
  app.notFound((c) => c.html(toFaultPage(readerOf(c as ManageContext), "notFound"), 404));
  return app;
}

export function readerOf(c: ManageContext): Reader {
  return toReader(c.get("language") as Language, c.get("session"));
}

export function toFaultPage(reader: Reader, fault: "notFound" | "forged"): ReturnType<typeof frame> {
  return frame(reader, reader.say.title, "" as never, { kind: "bad", text: reader.say[fault] });
}

/** Forms only, and small ones. */
const readForm = createMiddleware<ManageEnv>(async (c, next) => {
  if (c.req.method !== "POST") return next();
  const length = Number(c.req.header("content-length") ?? Number.NaN);
  const isForm = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  if (!isForm || !(length <= formLimit)) return c.html(toFaultPage(readerOf(c), "forged"), 403);
  c.set("form", await c.req.parseBody());
  return next();
});

const mustBeSignedIn = (sessions: Sessions) =>
  createMiddleware<ManageEnv>(async (c, next) => {
    const session = c.get("session");
    if (session === null) return c.html(toSignInPage(readerOf(c), null), 401);
    if (c.req.method === "POST" && !sessions.isToken(session, c.get("form").token)) {
      return c.html(toFaultPage(readerOf(c), "forged"), 403);
    }
    return next();
  });
