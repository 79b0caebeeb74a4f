import type { HostedShopAdapter, ShopCapabilities, ShopCommand, ShopSettings } from "@checkout-plugins/core";
import { createShopifyApi } from "../shopify-api.ts";
import type { ShopifyApp, ShopifyParts } from "../shopify-parts.ts";
import type { PaymentsAppSettings } from "../shopify-settings.ts";
import { createTokens } from "../shopify-token.ts";
import { type Asked, readSession, type SessionSettings, writeSessionAnswer } from "./session-commands.ts";
import { showSession } from "./session-show.ts";

/** Shopify has no way to be told of what was done elsewhere. */
const capabilities: ShopCapabilities = {
  completion: "many",
  refund: "amount",
  review: false,
  storedMeans: false,
  terminals: false,
  slow: true,
  retries: "newReference",
  enters: { completion: false, void: false, refund: false },
};

/** A shop that installed the payments app. */
export function createPaymentsAppAdapter(
  parts: ShopifyParts,
  app: ShopifyApp,
  settings: PaymentsAppSettings,
  { secrets }: ShopSettings,
): HostedShopAdapter {
  const { shop, apiVersion } = settings;
  const tokens = createTokens(parts, shop, app, secrets);
  const api = createShopifyApi(parts, { shop, apiVersion, tokens });
  const sessions: SessionSettings = { shop, gatewayUrl: parts.gatewayUrl, clientSecret: app.clientSecret };
  const asked = new WeakMap<ShopCommand, Asked>();
  return {
    contractVersion: 1,
    platform: "shopify",
    capabilities,
    showPayment: (payment, receipt, signal) =>
      showSession({ api, version: apiVersion, parts }, payment, receipt, signal),
    async readCommand(request, peer) {
      const read = await readSession(sessions, request, peer);
      asked.set(read.command, read.asked);
      return read.command;
    },
    writeResult: (done) => writeSessionAnswer(sessions, done, asked.get(done.command)),
  };
}
