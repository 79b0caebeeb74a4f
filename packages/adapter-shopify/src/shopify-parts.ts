import type { Logger, Seconds } from "@checkout-plugins/core";

/** What the platform is made of. */
export interface ShopifyParts {
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 128 bits of randomness or more, printable ASCII. */
  readonly createId: () => string;
  /** The gateway's public address, without a slash at its end. Asked when it is needed: a port may be found late. */
  readonly gatewayUrl: () => string;
  /** The payments app of this gateway; null: only custom apps, each with its own client secret. */
  readonly app: ShopifyApp | null;
  readonly logger?: Logger;
  /** Where a shop's API and admin are. Default: `https://` and its domain; the mock is somewhere else. */
  readonly shopOrigin?: (shop: string) => string;
  /** How long one answer of Shopify may take. Default 20 seconds. */
  readonly patience?: Seconds;
}

/** Client credentials of an app (Dev Dashboard > app > Settings). */
export interface ShopifyApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

export function toOrigin(parts: Pick<ShopifyParts, "shopOrigin">, shop: string): string {
  return parts.shopOrigin?.(shop) ?? `https://${shop}`;
}
