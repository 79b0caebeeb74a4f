import { createHttpPlatform } from "@checkout-plugins/adapter-http";
import { createWoocommercePlatform } from "@checkout-plugins/adapter-woocommerce";
import type { HostedPlatform } from "@checkout-plugins/core";
import type { AddressGuard } from "./addresses/guarded-fetch.ts";
import type { ShopifyEnvironment } from "./shopify/environment.ts";
import { createShopify, type ShopifyPlatformParts } from "./shopify/platform.ts";

export interface PlatformParts extends Omit<ShopifyPlatformParts, "fetch"> {
  /** Through which alone a shop is reached: other people say where it is. */
  readonly addresses: AddressGuard;
}

/** All platforms whose shops this gateway hosts. */
export function createPlatforms(
  { shopify }: { readonly shopify: Pick<ShopifyEnvironment, "app"> },
  { addresses, ...parts }: PlatformParts,
): readonly HostedPlatform[] {
  const { now, createId } = parts;
  const { fetch, check: checkAddress } = addresses;
  const hosted = { now, createId, fetch, checkAddress };
  return [
    createHttpPlatform(hosted),
    createWoocommercePlatform(hosted),
    createShopify(shopify, { ...parts, fetch: addresses.fetch }),
  ];
}
