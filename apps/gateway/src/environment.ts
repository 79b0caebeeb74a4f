import type { Seconds, Url } from "@checkout-plugins/core";
import { z } from "zod";
import { findRefusedAddresses } from "./addresses/entered-addresses.ts";
import { isEncryptionKey, toEncryptionKey } from "./encryption-keys.ts";
import { address, type EnvironmentShop, namesShop, shopSchema } from "./environment-shop.ts";
import { type Level, levels } from "./log.ts";
import { checkNotices, type NoticeEnvironment, noticeVariables, toNoticeEnvironment } from "./notices/environment.ts";
import { type OperationsEnvironment, operationsVariables, toOperationsEnvironment } from "./operations-environment.ts";
import {
  checkShopify,
  type ShopifyEnvironment,
  shopifyVariables,
  toShopifyEnvironment,
} from "./shopify/environment.ts";

/** What the gateway reads from its environment, once. */
export interface Environment {
  /** null: 4001, or the next free one. 0: any free one. */
  readonly port: number | null;
  readonly host: string;
  /** null: this machine, at the port that was found. */
  readonly gatewayUrl: Url | null;
  readonly serviceUrl: string;
  /** null: all shops are those that are added in the console. */
  readonly shop: EnvironmentShop | null;
  /** Where payments are kept: any number of gateways on PostgreSQL, or one gateway on a file. */
  readonly database: { readonly connectionString: string } | { readonly file: string };
  /** 32 bytes each, newest first. null: made at the first start, and kept in a file beside the payments. */
  readonly encryptionKeys: readonly Uint8Array[] | null;
  readonly doublePayment: "resolve" | "tell";
  /** How long a payment that a killed gateway held waits for another one. */
  readonly lease: Seconds;
  /** Requests that the service takes of one space in two minutes; null: only its own 429 is heeded. */
  readonly requestLimit: number | null;
  readonly logLevel: Level;
  /** null: the console opens only to a browser on this machine. */
  readonly consolePassword: string | null;
  readonly notices: NoticeEnvironment;
  readonly operations: OperationsEnvironment;
  readonly shopify: ShopifyEnvironment;
}

/** Thrown when the environment does not fit; the message is for whoever starts the gateway and holds no value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

const schema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535, "must be a port, 0 to 65535").optional(),
    HOST: z.string().default("127.0.0.1"),
    GATEWAY_URL: address("https://pay.example.ch").optional(),
    SERVICE_URL: address("https://checkout.postfinance.ch")
      .refine((url) => /^https?:\/\/[^/]+$/.test(url), "must have no path: /api/v2.0 is added to it")
      .default("https://checkout.postfinance.ch"),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: "must be a PostgreSQL address, such as postgres://user:password@host/database",
      })
      .optional(),
    DATABASE_FILE: z.string().default("checkout-plugins.sqlite"),
    ENCRYPTION_KEYS: z
      .string()
      .transform((list) => list.split(",").map((one) => one.trim()))
      .refine(
        (list) => list.every(isEncryptionKey),
        "must be keys of 32 bytes in Base64, newest first, parted by commas; make one with: openssl rand -base64 32",
      )
      .transform((list) => list.map(toEncryptionKey))
      .optional(),
    DOUBLE_PAYMENT: z.enum(["resolve", "tell"], 'must be "resolve" or "tell"').default("resolve"),
    LEASE_SECONDS: z.coerce.number().int().min(10).max(600, "must be seconds, 10 to 600").default(60),
    REQUEST_LIMIT: z.coerce.number().int().min(10, "must be requests in two minutes, 10 at least").optional(),
    LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(", ")}`).default("info"),
    ...noticeVariables,
    ...operationsVariables,
    ...shopifyVariables,
    CONSOLE_PASSWORD: z.string().min(12, "must have at least 12 characters").optional(),
  })
  .superRefine(checkNotices)
  .superRefine(checkShopify);

/**
 * Checks the environment; an empty variable counts as missing.
 *
 * @throws EnvironmentError that names every variable at fault and says what it must be.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(set);
  const shop = namesShop(set) ? shopSchema.safeParse(set) : null;
  const { NOTIFY_WEBHOOK_URL, PRIVATE_ADDRESSES } = set;
  const addresses = { SHOP_SHOW_URL: shop?.data?.showUrl, SHOP_SITE_URL: shop?.data?.siteUrl, NOTIFY_WEBHOOK_URL };
  const refused = findRefusedAddresses(addresses, PRIVATE_ADDRESSES === "allow");
  if (!parsed.success || shop?.success === false || refused.length > 0) {
    const issues = [...(shop?.error?.issues ?? []), ...(parsed.error?.issues ?? []), ...refused];
    const lines = issues.map(({ path, message }) => `  ${path.join(".")} ${message}`);
    throw new EnvironmentError(`The gateway cannot start. Set these environment variables:\n${lines.join("\n")}`);
  }
  const all = parsed.data;
  return {
    port: all.PORT ?? null,
    host: all.HOST,
    gatewayUrl: (all.GATEWAY_URL as Url | undefined) ?? null,
    serviceUrl: all.SERVICE_URL,
    shop: shop?.data ?? null,
    database: all.DATABASE_URL === undefined ? { file: all.DATABASE_FILE } : { connectionString: all.DATABASE_URL },
    encryptionKeys: all.ENCRYPTION_KEYS ?? null,
    doublePayment: all.DOUBLE_PAYMENT,
    lease: all.LEASE_SECONDS,
    requestLimit: all.REQUEST_LIMIT ?? null,
    logLevel: all.LOG_LEVEL,
    consolePassword: all.CONSOLE_PASSWORD ?? null,
    notices: toNoticeEnvironment(all),
    operations: toOperationsEnvironment(all),
    shopify: toShopifyEnvironment(all),
  };
}
