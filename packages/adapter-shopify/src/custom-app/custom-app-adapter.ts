import type { HostedShopAdapter, ShopCapabilities, ShopCommand, ShopSettings } from "@checkout-plugins/core";
import { PaymentError } from "@checkout-plugins/core";
import { createShopifyApi } from "../shopify-api.ts";
import type { ShopifyApp, ShopifyParts } from "../shopify-parts.ts";
import type { CustomAppSettings } from "../shopify-settings.ts";
import { createTokens, type Tokens } from "../shopify-token.ts";
import { type Asked, type OrderSettings, readOrderRequest, writeOrderAnswer } from "./order-commands.ts";
import { showOrder } from "./order-show.ts";

/** A manual payment method knows no reservation: an order is unpaid, or paid. */
const capabilities: ShopCapabilities = {
  completion: "none",
  refund: "amount",
  review: false,
  storedMeans: false,
  terminals: false,
  slow: true,
  retries: "sameReference",
  enters: { completion: false, void: false, refund: true },
};

/** The command may be copied on its way to core, its order is not. */
function keyOf(command: ShopCommand): object {
  return command.kind === "start" ? command.order : command;
}

/** A shop with an app of its own, for which a token is got by the app's credentials. */
export function createCustomAppAdapter(
  parts: ShopifyParts,
  { shop, apiVersion, clientId, paymentMethod }: CustomAppSettings,
  { secrets }: ShopSettings,
): HostedShopAdapter {
  const readApp = async (): Promise<ShopifyApp> => {
    const clientSecret = await secrets.get("clientSecret");
    if (clientSecret) return { clientId, clientSecret };
    throw new PaymentError("notConfigured", `${shop}: the client secret of the shop's app is missing.`);
  };
  const tokens: Tokens = {
    get: async (signal, refused) => createTokens(parts, shop, await readApp(), secrets).get(signal, refused),
  };
  const api = createShopifyApi(parts, { shop, apiVersion, tokens });
  const settings: OrderSettings = { shop, paymentMethod, gatewayUrl: parts.gatewayUrl, api, readApp };
  const asked = new WeakMap<object, Asked>();
  return {
    contractVersion: 1,
    platform: "shopify",
    capabilities,
    showPayment: (payment, receipt, signal) => showOrder({ api, parts }, payment, receipt, signal),
    async readCommand(request) {
      const read = await readOrderRequest(settings, request);
      asked.set(keyOf(read.command), read.asked);
      return read.command;
    },
    writeResult(done) {
      // Shopify has recorded it, and would only ask again: there is no payment here at which people could be told.
      if (done.kind === "refund" && done.result.kind === "failed" && done.result.payment === null) {
        const { reference: order, shopKey: refund } = done.command;
        parts.logger?.error("shopify refund of an order that was not paid here", { shop, order, refund });
      }
      return writeOrderAnswer(done, asked.get(keyOf(done.command)));
    },
  };
}
