import { createShopifyPlatform } from "@checkout-plugins/adapter-shopify";
import type { HostedPlatform, ShopId, SpaceId } from "@checkout-plugins/core";
import type { RegistryParts } from "../shops.ts";
import type { ShopifyEnvironment } from "./environment.ts";
import { createPrivacyKeeper, type PrivacyParts } from "./privacy.ts";
import { change, createSpaceKeeper, withSpace } from "./spaces.ts";

export interface ShopifyPlatformParts extends PrivacyParts {
  readonly registry: RegistryParts | null;
  readonly now: () => number;
  /** Known once a port was found. */
  readonly gatewayUrl: () => string;
  readonly fetch: typeof globalThis.fetch;
  readonly shopOrigin?: (shop: string) => string;
}

export function createShopify(
  { app }: Pick<ShopifyEnvironment, "app">,
  { registry, now, createId, gatewayUrl, logger, ...parts }: ShopifyPlatformParts,
): HostedPlatform {
  const { fetch, shopOrigin } = parts;
  return createShopifyPlatform({
    now,
    createId,
    gatewayUrl,
    app,
    logger,
    fetch,
    spaces: registry === null ? null : createSpaceKeeper(registry),
    privacy: createPrivacyKeeper({ ...parts, createId, logger }),
    ...(shopOrigin !== undefined && { shopOrigin }),
  });
}

/** Spaces that a shop takes over where nothing else was chosen for it. */
export interface OwnSpaces {
  readonly liveSpace: SpaceId | null;
  readonly testSpace: SpaceId | null;
  readonly userId: string;
  readonly authenticationKey: string;
}

/**
 * The shop of the environment that has an app of its own: kept like every other, so it can be changed in the console.
 * `spaces` is null where they are entered there.
 */
export async function keepOwnShop(
  { store }: RegistryParts,
  { domain, clientId, clientSecret, paymentMethod }: NonNullable<ShopifyEnvironment["shop"]>,
  spaces: OwnSpaces | null,
): Promise<ShopId> {
  const settings = { mode: "customApp", shop: domain, clientId, paymentMethod };
  const id = await store.save("shopify", domain, settings, { clientSecret });
  if (spaces === null) return id;
  const { userId, authenticationKey, liveSpace, testSpace } = spaces;
  for (const [environment, space] of [
    ["live", liveSpace],
    ["test", testSpace],
  ] as const) {
    if (space === null) continue;
    await change(store, id, (terms) =>
      terms[environment] === null
        ? { terms: withSpace(terms, environment, { space, userId }), keys: { [environment]: authenticationKey } }
        : {},
    );
  }
  return id;
}
