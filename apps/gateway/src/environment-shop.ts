import { isServiceId, type SpaceId, toSpaceId } from "@checkout-plugins/client";
import { isSecret } from "@checkout-plugins/shop-protocol";
import { z } from "zod";

/** The one shop that may stand in the environment; all others are added in the console. */
export interface EnvironmentShop {
  readonly id: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  /** Of a shop that speaks the shop protocol itself; null for a WooCommerce shop. */
  readonly showUrl: string | null;
  /** Of a WooCommerce shop; null for any other. */
  readonly siteUrl: string | null;
  readonly liveSpace: SpaceId | null;
  readonly testSpace: SpaceId | null;
  readonly userId: string;
  readonly authenticationKey: string;
}

export const address = (what: string): z.ZodType<string, string> =>
  z
    .url({ protocol: /^https?$/, error: `must be an http or https address, such as ${what}` })
    .refine((url) => !/[?#]/.test(url), "must have no query and no fragment")
    .transform((url) => url.replace(/\/+$/, ""));
const space = z
  .string()
  .refine(isServiceId, "must be a space's id, such as 70001: digits only")
  .transform(toSpaceId)
  .optional();
const secret = z
  .string('is missing: the secret shared with the shop; make one with: echo "whsec_$(openssl rand -base64 32)"')
  .refine(
    isSecret,
    'must be "whsec_" and the Base64 of 24 to 64 bytes; make one with: echo "whsec_$(openssl rand -base64 32)"',
  );

const variables = {
  SPACE_ID: space,
  TEST_SPACE_ID: space,
  APPLICATION_USER_ID: z
    .string("is missing: the id of the application user (Account > Users > Application users)")
    .refine(isServiceId, "must be the id of the application user: digits only"),
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
};

export const shopSchema: z.ZodType<EnvironmentShop, unknown> = z
  .object(variables)
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
  .transform((all) => ({
    id: all.SHOP_ID,
    secret: all.SHOP_SECRET,
    previousSecret: all.SHOP_PREVIOUS_SECRET ?? null,
    showUrl: all.SHOP_SHOW_URL ?? null,
    siteUrl: all.SHOP_SITE_URL ?? null,
    liveSpace: all.SPACE_ID ?? null,
    testSpace: all.TEST_SPACE_ID ?? null,
    userId: all.APPLICATION_USER_ID,
    authenticationKey: all.AUTHENTICATION_KEY,
  }));

/** Is any of the shop's variables set? Then all that a shop needs must be. */
export function namesShop(set: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(variables).some((name) => name in set);
}
