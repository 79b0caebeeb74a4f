import { isIP } from "node:net";
import { z } from "zod";

/** What the gateway needs for shops of Shopify. */
export interface ShopifyEnvironment {
  /** The payments app; null: only apps of a shop's own. */
  readonly app: { readonly clientId: string; readonly clientSecret: string } | null;
  /** Of the CA chain by which Shopify's client certificate is known; null without a payments app. */
  readonly caFile: string | null;
  readonly certificateHeader: string;
  readonly trustedProxies: readonly string[];
  /** With which this gateway ends TLS itself; null: a proxy does. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** One shop with an app of its own. */
  readonly shop: {
    readonly domain: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly paymentMethod: string;
  } | null;
}

interface Variables {
  readonly SHOPIFY_CLIENT_ID?: string | undefined;
  readonly SHOPIFY_CLIENT_SECRET?: string | undefined;
  readonly SHOPIFY_CA_FILE?: string | undefined;
  readonly SHOPIFY_SHOP?: string | undefined;
  readonly SHOPIFY_SHOP_CLIENT_ID?: string | undefined;
  readonly SHOPIFY_SHOP_CLIENT_SECRET?: string | undefined;
  readonly SHOPIFY_PAYMENT_METHOD?: string | undefined;
  readonly CERTIFICATE_HEADER: string;
  readonly TRUSTED_PROXIES?: readonly string[] | undefined;
  readonly TLS_CERT_FILE?: string | undefined;
  readonly TLS_KEY_FILE?: string | undefined;
}

const text: z.ZodType<string | undefined> = z.string().optional();

/** The variables of Shopify, part of the gateway's environment. */
export const shopifyVariables: { readonly [Name in keyof Required<Variables>]: z.ZodType<Variables[Name]> } = {
  SHOPIFY_CLIENT_ID: text,
  SHOPIFY_CLIENT_SECRET: text,
  SHOPIFY_CA_FILE: text,
  SHOPIFY_SHOP: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/, "must be the shop's own domain, such as example.myshopify.com")
    .optional(),
  SHOPIFY_SHOP_CLIENT_ID: text,
  SHOPIFY_SHOP_CLIENT_SECRET: text,
  SHOPIFY_PAYMENT_METHOD: text,
  CERTIFICATE_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, "must be the name of a header, such as x-client-cert")
    .default("x-client-cert"),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .refine((list) => list.every((one) => isIP(one) !== 0), "must be addresses parted by commas, such as 10.0.0.5")
    .optional(),
  TLS_CERT_FILE: text,
  TLS_KEY_FILE: text,
};

/** What belongs together; each says what it is for. */
const together: readonly (readonly (readonly [name: keyof Variables, what: string])[])[] = [
  [
    ["SHOPIFY_CLIENT_ID", "the client id of your payments app"],
    ["SHOPIFY_CLIENT_SECRET", "the client secret of your payments app"],
    ["SHOPIFY_CA_FILE", "the file with Shopify's CA chain, by which its client certificate is known"],
  ],
  [
    ["SHOPIFY_SHOP", "the shop's own domain, such as example.myshopify.com"],
    ["SHOPIFY_SHOP_CLIENT_ID", "the client id of the shop's own app"],
    ["SHOPIFY_SHOP_CLIENT_SECRET", "the client secret of the shop's own app"],
    ["SHOPIFY_PAYMENT_METHOD", "the name of the manual payment method, exactly as in Settings > Payments"],
  ],
  [
    ["TLS_CERT_FILE", "the file with this server's certificate and its chain"],
    ["TLS_KEY_FILE", "the file with the key of TLS_CERT_FILE"],
  ],
];

/** Names what is missing beside what is there, before anything fails because of it. */
export function checkShopify(all: Variables, context: z.RefinementCtx): void {
  for (const group of together) {
    if (group.every(([name]) => all[name] === undefined)) continue;
    for (const [name, what] of group) {
      if (all[name] === undefined) context.addIssue({ code: "custom", path: [name], message: `is missing: ${what}` });
    }
  }
  const isReachable = all.TRUSTED_PROXIES !== undefined || all.TLS_CERT_FILE !== undefined;
  if (all.SHOPIFY_CLIENT_ID === undefined || isReachable) return;
  const message =
    "is missing: the addresses of the proxies that pass Shopify's client certificate on in CERTIFICATE_HEADER; or set TLS_CERT_FILE and TLS_KEY_FILE, and this gateway asks for it itself";
  context.addIssue({ code: "custom", path: ["TRUSTED_PROXIES"], message });
}

export function toShopifyEnvironment(all: Variables): ShopifyEnvironment {
  const { SHOPIFY_CLIENT_ID: clientId, SHOPIFY_CLIENT_SECRET: clientSecret, TLS_CERT_FILE, TLS_KEY_FILE } = all;
  const {
    SHOPIFY_SHOP,
    SHOPIFY_SHOP_CLIENT_ID = "",
    SHOPIFY_SHOP_CLIENT_SECRET = "",
    SHOPIFY_PAYMENT_METHOD = "",
  } = all;
  return {
    app: clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret },
    caFile: all.SHOPIFY_CA_FILE ?? null,
    certificateHeader: all.CERTIFICATE_HEADER,
    trustedProxies: all.TRUSTED_PROXIES ?? [],
    tls:
      TLS_CERT_FILE === undefined || TLS_KEY_FILE === undefined
        ? null
        : { certFile: TLS_CERT_FILE, keyFile: TLS_KEY_FILE },
    shop:
      SHOPIFY_SHOP === undefined
        ? null
        : {
            domain: SHOPIFY_SHOP,
            clientId: SHOPIFY_SHOP_CLIENT_ID,
            clientSecret: SHOPIFY_SHOP_CLIENT_SECRET,
            paymentMethod: SHOPIFY_PAYMENT_METHOD,
          },
  };
}
