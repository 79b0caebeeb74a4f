import type { Peer } from "@checkout-plugins/core";
import type { Hono, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { type LanguageVariables, languageDetector } from "hono/language";
import { secureHeaders } from "hono/secure-headers";
import type { Session, Sessions } from "../manage/sessions.ts";
import { languages } from "./texts.ts";

export type FormValues = Readonly<Record<string, unknown>>;

/** What every page knows of the one who asks. */
export interface PageEnv {
  readonly Bindings: { readonly peer: Peer };
  readonly Variables: LanguageVariables & { readonly session: Session | null; readonly form: FormValues };
}

export const sessionCookie = "checkout-plugins-session";

/** No script, no frame, no other site, and the reader's language, which a cookie keeps once it was chosen. */
export function usePagePolicy(app: Hono<PageEnv>): void {
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
      cookieOptions: { sameSite: "Lax", secure: false, httpOnly: true, path: "/", maxAge: 365 * 24 * 60 * 60 },
    }),
  );
}

/** Who asks; nothing of it is kept by a browser. */
export function readSession(sessions: Sessions): MiddlewareHandler<PageEnv> {
  return createMiddleware<PageEnv>(async (c, next) => {
    c.header("cache-control", "no-store");
    c.set("session", sessions.read(getCookie(c, sessionCookie)));
    return next();
  });
}
