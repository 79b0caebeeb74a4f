import type { HostedPlatform, ShopCapabilities } from "@checkout-plugins/core";
import { createProtocolPlatform, type HostedParts } from "@checkout-plugins/shop-protocol";
import { parseHttpSettings } from "./http-settings.ts";

/** A shop of one's own is told everything and can enter everything. */
const capabilities: ShopCapabilities = {
  completion: "many",
  refund: "lines",
  review: true,
  storedMeans: true,
  terminals: true,
  slow: true,
  retries: "sameReference",
  enters: { completion: true, void: true, refund: true },
};

/** Any shop that sends its commands to `/shops/{shop}/commands` and takes its payments at `showUrl`. */
export function createHttpPlatform(parts: HostedParts): HostedPlatform {
  return createProtocolPlatform(
    {
      platform: "http",
      capabilities,
      toKey: (settings) => parseHttpSettings(settings).showUrl,
      toDoor: (settings) => ({
        url: parseHttpSettings(settings).showUrl,
        unreachable: "Is it running, and is its showUrl right?",
        notFound: "correct its showUrl.",
        redirects: "set its showUrl to the address that answers itself.",
        otherAnswer: "",
      }),
    },
    parts,
  );
}
