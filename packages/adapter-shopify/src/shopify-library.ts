import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, LogSeverity, type Shopify, shopifyApi } from "@shopify/shopify-api";
import type { ShopifyApp } from "./shopify-parts.ts";

/**
 * Shopify's library for one app. What of it fetches is not used: it knows one `fetch` for the whole process, and neither
 * our time limits nor our clock. So its version and host name are of no consequence: our requests bring their own.
 */
export function createLibrary({ clientId, clientSecret }: ShopifyApp): Shopify {
  return shopifyApi({
    apiKey: clientId,
    apiSecretKey: clientSecret,
    apiVersion: ApiVersion.October26,
    hostName: "localhost",
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  });
}
