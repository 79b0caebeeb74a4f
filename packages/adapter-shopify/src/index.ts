export { type ApiVersion, apiVersions } from "./api-version.ts";
export { createPeerReader, type PeerTrust, toTlsOptions } from "./peer.ts";
export { createShopifyPlatform } from "./shopify-adapter.ts";
export type { PrivacyKeeper, ShopifyApp, ShopifyBuyer, ShopifyParts, SpaceKeeper } from "./shopify-parts.ts";
export {
  type CustomAppSettings,
  type PaymentsAppSettings,
  parseShopifySettings,
  type ShopifySettings,
} from "./shopify-settings.ts";
export type { ShopifyToken } from "./shopify-token.ts";
