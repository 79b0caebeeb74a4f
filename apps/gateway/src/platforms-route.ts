import { type HostedPlatform, PaymentError, type Peer, type ShopRegistry } from "@checkout-plugins/core";
import { readBody } from "@checkout-plugins/shop-protocol";
import { bodyLimit, type createCommandsRoute } from "./commands-route.ts";
import type { DoorLimits } from "./limits/door-limits.ts";
import { toTooManyAnswer } from "./limits/too-many.ts";
import type { HostedShops } from "./shops.ts";

export interface PlatformsRouteParts {
  readonly platforms: readonly HostedPlatform[];
  readonly shops: HostedShops;
  /** null: this gateway keeps no shops. */
  readonly registry: ShopRegistry | null;
  readonly answerCommand: ReturnType<typeof createCommandsRoute>;
  readonly limits: DoorLimits;
}

/**
 * What a platform itself sends: install, pairing, uninstall, compliance; else a command of one of its shops.
 * Nobody has shown yet who he is, so that each caller and each shop has a limit: 429.
 *
 * The answer throws PaymentError where there is no result.
 */
export function createPlatformsRoute({
  platforms,
  shops,
  registry,
  answerCommand,
  limits,
}: PlatformsRouteParts): (name: string, request: Request, peer: Peer) => Promise<Response> {
  return async (name, request, peer) => {
    const platform = platforms.find((one) => one.platform === name);
    if (platform === undefined) {
      throw new PaymentError("unknownShop", "There is no such platform here. Check the address you call.");
    }
    const wait = limits.takeOfPeer(request, peer);
    if (wait !== null) return toTooManyAnswer(request, wait);
    const readable = await toReadable(request);
    const answer = registry === null ? undefined : await platform.handleLifecycle(readable(), peer, registry);
    if (answer !== undefined) return answer;
    const shop = await shops.findOf(platform, readable(), peer);
    const shopWait = limits.takeOfShop(shop.id);
    return shopWait === null ? answerCommand(shop, readable(), peer) : toTooManyAnswer(request, shopWait);
  };
}

/** A body can be read once; this one as often as it is asked for. */
async function toReadable(request: Request): Promise<() => Request> {
  const { url, method, headers } = request;
  if (method === "GET" || method === "HEAD") return () => new Request(url, { method, headers });
  const body = Buffer.from(await readBody(request, bodyLimit));
  return () => new Request(url, { method, headers, body });
}
