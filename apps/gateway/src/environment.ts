import { type SpaceId, toSpaceId } from "@checkout-plugins/client";
import type { Seconds, Url } from "@checkout-plugins/core";
import { isSecret } from "@checkout-plugins/shop-protocol";
import { z } from "zod";
import { isEncryptionKey, toEncryptionKey } from "./encryption-keys.ts";
import { type Level, levels } from "./log.ts";
import { checkNotices, type NoticeEnvironment, noticeVariables, toNoticeEnvironment } from "./notices/environment.ts";
import { type OperationsEnvironment, operationsVariables, toOperationsEnvironment } from "./operations-environment.ts";

/** What the gateway reads from its environment, once. */
export interface Environment {
  /** null: 4001, or the next free one. 0: any free one. */
  readonly port: number | null;
  readonly host: string;
  /** null: this machine, at the port that was found. */
  readonly gatewayUrl: Url | null;
  readonly serviceUrl: string;
  readonly liveSpace: SpaceId | null;
  readonly testSpace: SpaceId | null;
  readonly userId: string;
  readonly authenticationKey: string;
  readonly shop: {
    readonly id: string;
    readonly secret: string;
    readonly previousSecret: string | null;
    /** Of a shop that speaks the shop protocol itself; null for a WooCommerce shop. */
    readonly showUrl: string | null;
    /** Of a WooCommerce shop; null for any other. */
    readonly siteUrl: string | null;
  };
  /** Where payments are kept: any number of gateways on PostgreSQL, or one gateway on a file. */
  readonly database: { readonly connectionString: string } | { readonly file: string };
  /** 32 bytes each, newest first. null: made at the first start, and kept in a file beside the payments. */
  readonly encryptionKeys: readonly Uint8Array[] | null;
  readonly doublePayment: "resolve" | "tell";
  /** How long a payment that a killed gateway held waits for another one. */
  readonly lease: Seconds;
  readonly logLevel: Level;
  /** null: the console opens only to a browser on this machine. */
  readonly consolePassword: string | null;
  readonly notices: NoticeEnvironment;
  readonly operations: OperationsEnvironment;
}

/** Thrown when the environment does not fit; the message is for whoever starts the gateway and holds no value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

const address = (what: string): z.ZodType<string, string> =>
  z
    .url({ protocol: /^https?$/, error: `must be an http or https address, such as ${what}` })
    .refine((url) => !/[?#]/.test(url), "must have no query and no fragment")
    .transform((url) => url.replace(/\/+$/, ""));
const space = z
  .string()
  .regex(/^[1-9][0-9]{0,18}$/, "must be a space's id, such as 70001: digits only")
  .transform(toSpaceId)
  .optional();
const secret = z
  .string('is missing: the secret shared with the shop; make one with: echo "whsec_$(openssl rand -base64 32)"')
  .refine(
    isSecret,
    'must be "whsec_" and the Base64 of 24 to 64 bytes; make one with: echo "whsec_$(openssl rand -base64 32)"',
  );

const schema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535, "must be a port, 0 to 65535").optional(),
    HOST: z.string().default("127.0.0.1"),
    GATEWAY_URL: address("https://pay.example.ch").optional(),
    SERVICE_URL: address("https://checkout.postfinance.ch")
      .refine((url) => /^https?:\/\/[^/]+$/.test(url), "must have no path: /api/v2.0 is added to it")
      .default("https://checkout.postfinance.ch"),
    SPACE_ID: space,
    TEST_SPACE_ID: space,
    APPLICATION_USER_ID: z
      .string("is missing: the id of the application user (Account > Users > Application users)")
      .regex(/^[1-9][0-9]{0,18}$/, "must be the id of the application user: digits only"),
    AUTHENTICATION_KEY: z
      .string("is missing: the application user's key, shown once when it is created")
      .regex(/^[A-Za-z0-9+/]{22,}={0,2}$/, "must be the application user's key: Base64, exactly as it was shown"),
    SHOP_ID: z
      .string("is missing: a short name for your shop, such as my-shop")
      .regex(/^[A-Za-z0-9_-]{1,100}$/, "must be 1 to 100 letters, digits, - and _"),
    SHOP_SECRET: secret,
    SHOP_PREVIOUS_SECRET: secret.optional(),
    SHOP_SHOW_URL: z
      .url({
        protocol: /^https?$/,
        error: "must be the address at which your shop takes payments, such as https://shop.example.ch/payments/show",
      })
      .optional(),
    SHOP_SITE_URL: address("https://shop.example.ch").optional(),
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
    LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(", ")}`).default("info"),
    ...noticeVariables,
    ...operationsVariables,
    CONSOLE_PASSWORD: z.string().min(12, "must have at least 12 characters").optional(),
  })
  .refine((all) => all.SPACE_ID !== undefined || all.TEST_SPACE_ID !== undefined, {
    path: ["SPACE_ID"],
    error: "is missing: the id of your space (Space > Settings), or TEST_SPACE_ID for one with test money",
    // Also when other variables are at fault: all are named at once.
    when: () => true,
  })
  .refine((all) => (all.SHOP_SHOW_URL === undefined) !== (all.SHOP_SITE_URL === undefined), {
    path: ["SHOP_SHOW_URL"],
    error:
      "is missing: the address at which your shop takes payments; for WooCommerce set SHOP_SITE_URL instead, WordPress's own address. Set one of the two, not both",
    when: () => true,
  })
  .refine((all) => all.SPACE_ID === undefined || all.SPACE_ID !== all.TEST_SPACE_ID, {
    path: ["TEST_SPACE_ID"],
    error: "must be another space than SPACE_ID; leave one of them out",
  })
  .superRefine(checkNotices);

/**
 * Checks the environment; an empty variable counts as missing.
 *
 * @throws EnvironmentError that names every variable at fault and says what it must be.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")} ${message}`);
    throw new EnvironmentError(`The gateway cannot start. Set these environment variables:\n${lines.join("\n")}`);
  }
  const all = parsed.data;
  return {
    port: all.PORT ?? null,
    host: all.HOST,
    gatewayUrl: (all.GATEWAY_URL as Url | undefined) ?? null,
    serviceUrl: all.SERVICE_URL,
    liveSpace: all.SPACE_ID ?? null,
    testSpace: all.TEST_SPACE_ID ?? null,
    userId: all.APPLICATION_USER_ID,
    authenticationKey: all.AUTHENTICATION_KEY,
    shop: {
      id: all.SHOP_ID,
      secret: all.SHOP_SECRET,
      previousSecret: all.SHOP_PREVIOUS_SECRET ?? null,
      showUrl: all.SHOP_SHOW_URL ?? null,
      siteUrl: all.SHOP_SITE_URL ?? null,
    },
    database: all.DATABASE_URL === undefined ? { file: all.DATABASE_FILE } : { connectionString: all.DATABASE_URL },
    encryptionKeys: all.ENCRYPTION_KEYS ?? null,
    doublePayment: all.DOUBLE_PAYMENT,
    lease: all.LEASE_SECONDS,
    logLevel: all.LOG_LEVEL,
    consolePassword: all.CONSOLE_PASSWORD ?? null,
    notices: toNoticeEnvironment(all),
    operations: toOperationsEnvironment(all),
  };
}
