import { addSeconds } from "@checkout-plugins/core";
import type { ShopifyApp } from "../shopify-parts.ts";
import type { ShopifyToken } from "../shopify-token.ts";
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

function createAccessToken({ state, now, createId }: OauthParts, seconds: number): string {
  const token = `shpat_${createId()}`;
  state.tokens.set(token, now() + seconds * 1000);
  return token;
}

/** Good for one use. */
function createRefreshToken({ state, createId }: OauthParts): string {
  const token = `shprt_${createId()}`;
  state.refreshTokens.add(token);
  return token;
}

function issue(parts: OauthParts, seconds: number, isRefreshable: boolean): Response {
  const access = { access_token: createAccessToken(parts, seconds), scope: "", expires_in: seconds };
  if (!isRefreshable) return Response.json(access);
  const refresh = { refresh_token: createRefreshToken(parts), refresh_token_expires_in: 90 * 24 * hour };
  return Response.json({ ...access, ...refresh });
}

/** The token that an app has when it was installed just now. */
export function installApp(parts: OauthParts): ShopifyToken {
  parts.state.isInstalled = true;
  const issuedOn = new Date(parts.now()).toISOString() as ShopifyToken["issuedOn"];
  const [accessToken, refreshToken] = [createAccessToken(parts, hour), createRefreshToken(parts)];
  return { accessToken, refreshToken, issuedOn, expiresOn: addSeconds(issuedOn, hour) };
}

/** With the time and the app's signature, as Shopify sends browsers on. */
export function toSignedQuery(
  { app, computerNow }: OauthParts,
  values: Readonly<Record<string, string>>,
): URLSearchParams {
  const query = new URLSearchParams({ ...values, timestamp: String(Math.floor(computerNow() / 1000)) });
  query.set("hmac", signQuery(query, app.clientSecret));
  return query;
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
export function answerAuthorize(parts: OauthParts, { searchParams }: URL): Response {
  const { state, app, shop, createId } = parts;
  const redirect = searchParams.get("redirect_uri");
  if (searchParams.get("client_id") !== app.clientId || redirect === null) return refused(400, "invalid_request");
  const code = createId();
  state.codes.add(code);
  const query = toSignedQuery(parts, { code, shop, state: searchParams.get("state") ?? "" });
  return new Response(null, { status: 302, headers: { location: `${redirect}?${query}` } });
}
