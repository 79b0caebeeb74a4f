import type { ShopId, ShopRegistry } from "@checkout-plugins/core";
import { isOwn, signOwn } from "../own-mark.ts";
import { toRedirect } from "../pages.ts";
import { type ShopifyApp, type ShopifyParts, toOrigin } from "../shopify-parts.ts";
import { isShopDomain } from "../shopify-settings.ts";
import { isSignedQuery } from "../shopify-signature.ts";
import { requestToken, toCodeGrant } from "../shopify-token.ts";
import { readCookie, toCookie } from "./cookies.ts";

/** Restricted scopes of a payments app; Shopify grants them through the extension. */
const scopes = "write_payment_gateways,write_payment_sessions";

/** A browser has so long to come back from Shopify, seconds. */
const stateLifetime = 10 * 60;

function refuse(message: string, status = 401): Response {
  return new Response(message, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}

/** Which shop Shopify sent this browser for; null: Shopify did not, or long ago. */
async function readShop(query: URLSearchParams, app: ShopifyApp): Promise<string | null> {
  const shop = query.get("shop");
  return isShopDomain(shop) && (await isSignedQuery(app, query)) ? shop : null;
}

/** Installing by OAuth (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant). */
export interface Oauth {
  /** The merchant opens the app: off to Shopify, with a state that only his browser can bring back. */
  begin(request: Request): Promise<Response>;
  /** Shopify sends him back with a code. `installed` answers when the shop is kept. */
  end(
    request: Request,
    shops: ShopRegistry,
    installed: (id: ShopId, shop: string) => Promise<Response>,
  ): Promise<Response>;
}

/** For the payments app of this gateway. */
export function createOauth(parts: ShopifyParts, app: ShopifyApp): Oauth {
  /** States that were brought back, until they are too old anyway: each counts once. */
  const used = new Map<string, number>();
  const toState = (shop: string): string => {
    const text = `${parts.createId()}.${Math.floor(parts.now() / 1000) + stateLifetime}`;
    return `${text}.${signOwn("state", `${text} ${shop}`, app.clientSecret)}`;
  };
  const takeState = (state: string, shop: string): boolean => {
    const [id = "", until = "", signature = ""] = state.split(".");
    const now = parts.now() / 1000;
    for (const [old, end] of used) if (end < now) used.delete(old);
    if (!isOwn("state", `${id}.${until} ${shop}`, signature, app.clientSecret)) return false;
    if (Number(until) < now || used.has(state)) return false;
    used.set(state, Number(until));
    return true;
  };
  return {
    async begin(request) {
      const shop = await readShop(new URL(request.url).searchParams, app);
      if (shop === null) return refuse("Open this app from the admin of your shop.");
      const state = toState(shop);
      const query = new URLSearchParams({
        client_id: app.clientId,
        scope: scopes,
        redirect_uri: `${parts.gatewayUrl()}/platforms/shopify/callback`,
        state,
      });
      const cookie = toCookie("state", state, stateLifetime, parts.gatewayUrl());
      return toRedirect(`${toOrigin(parts, shop)}/admin/oauth/authorize?${query}`, { "set-cookie": cookie });
    },
    async end(request, shops, installed) {
      const query = new URL(request.url).searchParams;
      const shop = await readShop(query, app);
      const state = query.get("state") ?? "";
      if (shop === null) return refuse("Shopify did not send you here. Open this app from the admin of your shop.");
      if (readCookie(request, "state") !== state || !takeState(state, shop)) {
        return refuse(
          "This installation was begun elsewhere, is over, or too old. Open this app from the admin again.",
        );
      }
      const token = await requestToken(parts, shop, app, toCodeGrant(query.get("code") ?? ""), request.signal);
      const id = await shops.save("shopify", shop, { mode: "paymentsApp", shop }, { token: JSON.stringify(token) });
      parts.logger?.info("shopify installed", { shop: id });
      return installed(id, shop);
    },
  };
}
