import type { ShopId, ShopRegistry } from "@checkout-plugins/core";
import { toRedirect } from "../pages.ts";
import { type ShopifyApp, type ShopifyParts, toOrigin } from "../shopify-parts.ts";
import { answerAppWebhook } from "./app-webhooks.ts";
import { createOauth } from "./oauth.ts";
import { createSettingsPage } from "./settings-page.ts";

/** Answers what concerns a shop as a whole; undefined: the request is one of its payments. */
export type Lifecycle = (request: Request, shops: ShopRegistry) => Promise<Response | undefined>;

/** Of the payments app: install, settings, uninstall, compliance. */
export function createLifecycle(parts: ShopifyParts, app: ShopifyApp): Lifecycle {
  const oauth = createOauth(parts, app);
  const page = parts.spaces === null ? null : createSettingsPage(parts, app, parts.spaces);
  const installed = async (id: ShopId, shop: string): Promise<Response> =>
    page?.open({ id, shop }) ?? toRedirect(`${toOrigin(parts, shop)}/admin`);
  return async (request, shops) => {
    const { method } = request;
    switch (new URL(request.url).pathname.replace(/^\/platforms\/shopify\//, "")) {
      case "install":
        return method === "GET" ? oauth.begin(request) : undefined;
      case "callback":
        return method === "GET" ? oauth.end(request, shops, installed) : undefined;
      case "settings":
        return page?.answer(request);
      case "webhooks":
        return method === "POST" ? answerAppWebhook(parts, app, request, shops) : undefined;
      default:
        return undefined;
    }
  };
}
