import type { ShopifyApp } from "../shopify-parts.ts";
import type { MockState } from "./mock-state.ts";
import { signQuery } from "./sign.ts";

export interface OauthParts {
  readonly state: MockState;
  readonly app: ShopifyApp;
  readonly shop: string;
  readonly now: () => number;
  readonly computerNow: () => number;
  readonly createId: () => string;
}

const hour = 60 * 60;
const refused = (status: number, error: string) => Response.json({ error }, { status });

/** A token that expires, and a refresh token that is good for one use. */
function issue({ state, now, createId }: OauthParts, seconds: number, isRefreshable: boolean): Response {
  const token = `shpat_${createId()}`;
  state.tokens.set(token, now() + seconds * 1000);
  if (!isRefreshable) return Response.json({ access_token: token, scope: "", expires_in: seconds });
  const refresh = `shprt_${createId()}`;
  state.refreshTokens.add(refresh);
  return Response.json({
    access_token: token,
    scope: "",
    expires_in: seconds,
    refresh_token: refresh,
    refresh_token_expires_in: 90 * 24 * hour,
  });
}

/** `POST /admin/oauth/access_token`: an authorization code, a refresh token, or the app's own credentials. */
export async function answerToken(parts: OauthParts, request: Request): Promise<Response> {
  const { state, app } = parts;
  const form = new URLSearchParams(await request.text());
  if (form.get("client_id") !== app.clientId || form.get("client_secret") !== app.clientSecret) {
    return refused(400, "application_cannot_be_found");
  }
  switch (form.get("grant_type")) {
    case "client_credentials":
      return issue(parts, 24 * hour, false);
    case "refresh_token": {
      const isKnown = state.refreshTokens.delete(form.get("refresh_token") ?? "");
      return isKnown ? issue(parts, hour, true) : refused(400, "invalid_refresh_token");
    }
    default: {
      if (!state.codes.delete(form.get("code") ?? "")) return refused(400, "invalid_request");
      state.isInstalled = true;
      return issue(parts, hour, form.get("expiring") === "1");
    }
  }
}

/** `GET /admin/oauth/authorize`: the merchant agrees at once, and his browser goes back to the app. */
export function answerAuthorize({ state, app, shop, computerNow, createId }: OauthParts, url: URL): Response {
  const redirect = url.searchParams.get("redirect_uri");
  if (url.searchParams.get("client_id") !== app.clientId || redirect === null) return refused(400, "invalid_request");
  const code = createId();
  state.codes.add(code);
  const query = new URLSearchParams({
    code,
    shop,
    state: url.searchParams.get("state") ?? "",
    timestamp: String(Math.floor(computerNow() / 1000)),
  });
  query.set("hmac", signQuery(query, app.clientSecret));
  return new Response(null, { status: 302, headers: { location: `${redirect}?${query}` } });
}
