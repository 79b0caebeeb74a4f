import type { HostedPlatform, ShopCapabilities } from "@checkout-plugins/core";
import { createProtocolPlatform, type HostedParts } from "@checkout-plugins/shop-protocol";
import { parseWoocommerceSettings, toDoorUrl } from "./woocommerce-settings.ts";

/** What the plugin does by now: see the README. */
const capabilities: ShopCapabilities = {
  completion: "once",
  refund: "lines",
  review: true,
  storedMeans: true,
  terminals: false,
  slow: true,
  retries: "sameReference",
  enters: { completion: true, void: true, refund: true },
};

/** WooCommerce shops with our plugin; it speaks the shop protocol, so there is nothing to translate here. */
export function createWoocommercePlatform(parts: HostedParts): HostedPlatform {
  return createProtocolPlatform(
    {
      platform: "woocommerce",
      capabilities,
      toKey: (settings) => parseWoocommerceSettings(settings).siteUrl.replace(/\/+$/, ""),
      toDoor: (settings) => ({
        url: toDoorUrl(parseWoocommerceSettings(settings)),
        unreachable: "Is the shop online, and is its siteUrl right?",
        notFound: "is the plugin active there, and siteUrl WordPress's own address (Settings > General)?",
        redirects:
          "set siteUrl to the address that answers itself: https, with or without www, as in Settings > General.",
        otherAnswer: "A security plugin, a password or a maintenance page may stand before the REST interface.",
      }),
    },
    parts,
  );
}
