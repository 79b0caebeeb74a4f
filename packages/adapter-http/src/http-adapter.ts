import type { HostedPlatform, HostedShopAdapter, ShopCapabilities, ShopSettings } from "@checkout-plugins/core";
import { type HttpParts, post } from "./http-api.ts";
import { readCommand, toShopId, writeResult } from "./http-commands.ts";
import { toShowMessage, toShown } from "./http-payment.ts";
import { parseHttpSettings, readSecrets } from "./http-settings.ts";

/** A shop of one's own is told everything and can enter everything. */
const capabilities: ShopCapabilities = {
  completion: "many",
  refund: "lines",
  review: true,
  storedMeans: true,
  slow: true,
  retries: "sameReference",
  enters: { completion: true, void: true, refund: true },
};

/** Any shop that sends its commands to `/shops/{shop}/commands` and takes its payments at `showUrl`. */
export function createHttpPlatform(parts: HttpParts): HostedPlatform {
  return {
    platform: "http",
    async findShop(request) {
      return toShopId(request);
    },
    async handleLifecycle() {
      return undefined;
    },
    connect(shop) {
      return connect(parts, shop);
    },
  };
}

function connect(parts: HttpParts, shop: ShopSettings): HostedShopAdapter {
  const { showUrl } = parseHttpSettings(shop.settings);
  return {
    contractVersion: 1,
    platform: "http",
    capabilities,
    async showPayment(payment, receipt, signal) {
      const secrets = await readSecrets(shop.secrets);
      return toShown(await post(parts, showUrl, secrets, toShowMessage(payment, receipt), signal));
    },
    async readCommand(request) {
      return readCommand(request, await readSecrets(shop.secrets), parts.now());
    },
    writeResult,
  };
}
