import type { Environment, Logger, Seconds, ShopId, ShopSecrets, SpaceAccess } from "@checkout-plugins/core";

/** What the platform is made of. */
export interface ShopifyParts {
  /** Reaches shops at `shopOrigin`. */
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 128 bits of randomness or more, printable ASCII. */
  readonly createId: () => string;
  /** The gateway's public address, without a slash at its end. Asked when it is needed: a port may be found late. */
  readonly gatewayUrl: () => string;
  /** The payments app of this gateway; null: only custom apps, each with its own client secret. */
  readonly app: ShopifyApp | null;
  /** Where a merchant's spaces are kept; null: they are entered in the gateway's console only. */
  readonly spaces: SpaceKeeper | null;
  /** What the compliance webhooks do. */
  readonly privacy: PrivacyKeeper;
  readonly logger?: Logger;
  /** Where a shop's API and admin are. Default: `https://` and its domain; the mock is somewhere else. */
  readonly shopOrigin?: (shop: string) => string;
  /** How long one answer of Shopify may take. Default 20 seconds. */
  readonly patience?: Seconds;
}

/** What a merchant enters on the settings page after installing. */
export interface SpaceKeeper {
  secretsOf(shop: ShopId): ShopSecrets;
  /** What is set up, without the keys. */
  read(shop: ShopId): Promise<Readonly<Record<Environment, SpaceAccess | null>>>;
  /** What is wrong with these credentials in this space, in a sentence for the merchant; null: they work. */
  check(access: SpaceAccess, key: string): Promise<string | null>;
  save(shop: ShopId, environment: Environment, access: SpaceAccess, key: string): Promise<void>;
}

/** By what Shopify names a buyer. */
export interface ShopifyBuyer {
  readonly customer: string | null;
  readonly email: string | null;
}

/** What throws is tried again: Shopify sends its webhook until it is taken. */
export interface PrivacyKeeper {
  /** The merchant must be given what is kept of this buyer, within 30 days. `request` is Shopify's number of it. */
  request(shop: ShopId, buyer: ShopifyBuyer, request: string | null): Promise<void>;
  /** Beside `ShopRegistry.forgetCustomer`, which knows a customer's number: a payment session names only his e-mail. */
  forgetEmail(shop: ShopId, email: string): Promise<void>;
  /** The shop is gone for 48 hours: what is kept of its buyers goes too. */
  forgetShop(shop: ShopId): Promise<void>;
}

/** Client credentials of an app (Dev Dashboard > app > Settings). */
export interface ShopifyApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where a shop's API and admin are, without a slash at its end. */
export function toOrigin(parts: Pick<ShopifyParts, "shopOrigin">, shop: string): string {
  return parts.shopOrigin?.(shop) ?? `https://${shop}`;
}
