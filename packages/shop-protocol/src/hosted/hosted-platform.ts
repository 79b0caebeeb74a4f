import {
  type HostedPlatform,
  type HostedShopAdapter,
  type Json,
  PaymentError,
  type ShopCapabilities,
  type ShopSettings,
} from "@checkout-plugins/core";
import { answerPairing, isPairing } from "./answer-pairing.ts";
import { type HostedParts, postToShop } from "./post-to-shop.ts";
import { type Door, toShown } from "./shop-answer.ts";
import { readSecrets } from "./shop-secrets.ts";
import { readSignedCommand, toShopId } from "./signed-command.ts";

/** What tells one platform that speaks this protocol from another. */
export interface ProtocolPlatform {
  readonly platform: string;
  readonly capabilities: ShopCapabilities;
  /** @throws PaymentError `notConfigured` that names the setting and what it must be. */
  toDoor(settings: Json): Door;
  /** The address that tells one shop of the platform from another. @throws PaymentError as `toDoor`. */
  toKey(settings: Json): string;
}

/**
 * A hosted platform whose shops speak this protocol: they send signed commands to `/shops/{shop}/commands` and take
 * signed payments at a door of their own, and come to know their secret by a one-time code. It keeps nothing; refusing or joining a repeated command is the host's, by
 * the header `webhook-id`.
 */
export function createProtocolPlatform(definition: ProtocolPlatform, parts: HostedParts): HostedPlatform {
  return {
    platform: definition.platform,
    isPaired: true,
    async findShop(request) {
      return toShopId(request);
    },
    async handleLifecycle(request, _peer, shops) {
      return isPairing(request, definition.platform) ? answerPairing(definition, parts, request, shops) : undefined;
    },
    connect: (shop) => connect(definition, parts, shop),
  };
}

function connect(definition: ProtocolPlatform, parts: HostedParts, shop: ShopSettings): HostedShopAdapter {
  const { platform, capabilities } = definition;
  const door = definition.toDoor(shop.settings);
  return {
    contractVersion: 1,
    platform,
    capabilities,
    async showPayment(payment, receipt, signal) {
      const secrets = await readSecrets(shop.secrets);
      const at = { url: door.url, advice: door.unreachable };
      return toShown(await postToShop(parts, at, secrets, { kind: "showPayment", payment, receipt }, signal), door);
    },
    async refreshMethods(signal) {
      const at = { url: door.url, advice: door.unreachable };
      const { status, url } = await postToShop(
        parts,
        at,
        await readSecrets(shop.secrets),
        { kind: "methodsChanged" },
        signal,
      );
      // 400: an older version of the shop's side, which asks once an hour.
      if (status === 200 || status === 400) return;
      throw new PaymentError("shopUnavailable", `The shop answered ${status} at ${url}.`, { retryable: true });
    },
    async readCommand(request) {
      return readSignedCommand(request, await readSecrets(shop.secrets), parts.now());
    },
    writeResult: (done) => Response.json(done.result),
  };
}
