import { type HostedPlatform, PaymentError } from "@checkout-plugins/core";
import { createCustomAppAdapter } from "./custom-app/custom-app-adapter.ts";
import { customAppSetup } from "./custom-app/setup.ts";
import { createLifecycle } from "./lifecycle/lifecycle.ts";
import { createPaymentsAppAdapter } from "./payments-app/payments-app-adapter.ts";
import type { ShopifyParts } from "./shopify-parts.ts";
import { isShopDomain, parseShopifySettings } from "./shopify-settings.ts";

/** The shop that a request says to be of. It is believed only as far as its certificate or signature is. */
function toShopDomain(request: Request): string | null {
  const { headers } = request;
  return (
    headers.get("shopify-shop-domain") ??
    headers.get("x-shopify-shop-domain") ??
    new URL(request.url).searchParams.get("shop")
  );
}

/** Shops of Shopify, by the payments app of this gateway or by an app of their own. */
export function createShopifyPlatform(parts: ShopifyParts): HostedPlatform {
  const lifecycle = parts.app === null ? null : createLifecycle(parts, parts.app);
  return {
    platform: "shopify",
    setup: customAppSetup,
    async findShop(request, _peer, shops) {
      const { pathname } = new URL(request.url);
      const domain = toShopDomain(request);
      if (!pathname.startsWith("/platforms/shopify/") || !isShopDomain(domain)) return undefined;
      return shops.find("shopify", domain);
    },
    handleLifecycle: async (request, _peer, shops) => lifecycle?.(request, shops),
    connect(shop) {
      const settings = parseShopifySettings(shop.settings);
      if (settings.mode === "customApp") return createCustomAppAdapter(parts, settings, shop);
      if (parts.app !== null) {
        return createPaymentsAppAdapter(parts, parts.app, settings, shop);
      }
      throw new PaymentError(
        "notConfigured",
        `This gateway has no payments app, which ${settings.shop} has installed.`,
      );
    },
  };
}
