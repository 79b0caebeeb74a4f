import { z } from "zod";

/** What is written in `medusa-config` for one provider; several providers are several spaces. */
export interface MedusaSettings {
  /** Space in which the buyers of this provider pay. */
  readonly spaceId: string | number;
  /** Id of the application user. */
  readonly userId: string | number;
  /** Its authentication key, Base64. */
  readonly authenticationKey: string;
  /** Where browsers and the service reach this Medusa server: `https://api.shop.example`. */
  readonly backendUrl: string;
  /** Where the buyer goes when he is back from the payment page; `{order}` and `{country}` are filled in. */
  readonly returnTo: {
    /** His order is placed: `https://shop.example/{country}/order/{order}/confirmed`. */
    readonly order: string;
    /** It is not. `payment=failed`, `open` or `processing` is added: `https://shop.example/{country}/checkout`. */
    readonly checkout: string;
  };
  /** `test`: test money pays. Never in a shop that sells. Default `live`. */
  readonly environment?: "live" | "test";
  /** When the money is taken. Default `configured`: as the space says. */
  readonly completion?: "immediate" | "deferred" | "configured";
  /** Where buyers pay. Default `page`: the payment page. `lightbox` and `iframe` keep them in the storefront. */
  readonly integration?: "page" | "lightbox" | "iframe";
  /** Offers a signed-in customer to keep his means of payment. Default false. */
  readonly saveMeans?: boolean;
  /** Default `automatic`: the plugin sets up the space's webhooks itself. */
  readonly webhooks?: "automatic" | "manual";
  /** What happens with the second of two payments of one cart. Default `resolve`: it is given back; `tell`: a person decides. */
  readonly doublePayment?: "resolve" | "tell";
  /**
   * Default true: what must not be shipped, because a review of its payment is denied or open, or a check failed, cannot
   * be fulfilled in the admin. With false the order page only says so.
   */
  readonly stopFulfillment?: boolean;
  /** Of the payment page where the cart has no locale, as an IETF tag. Default `en-US`. */
  readonly language?: string;
  /** Of the service. Default `https://checkout.postfinance.ch`. */
  readonly serviceUrl?: string;
}

export type ParsedSettings = Required<Omit<MedusaSettings, "spaceId" | "userId" | "serviceUrl">> & {
  readonly spaceId: string;
  readonly userId: string;
  readonly serviceUrl: string | null;
};

const id = z.union([z.string().regex(/^[1-9]\d*$/, "must be a number"), z.number().int().positive()]).transform(String);
const url = z
  .string()
  .regex(/^https?:\/\/[^/]+/, "must be an address that begins with https://")
  .transform((text) => text.replace(/\/$/, ""));

const schema = z.strictObject({
  spaceId: id,
  userId: id,
  authenticationKey: z.string().regex(/^[A-Za-z0-9+/]{20,}={0,2}$/, "must be the Base64 text of the application user"),
  backendUrl: url,
  returnTo: z.strictObject({ order: url, checkout: url }),
  environment: z.enum(["live", "test"]).default("live"),
  completion: z.enum(["immediate", "deferred", "configured"]).default("configured"),
  integration: z.enum(["page", "lightbox", "iframe"]).default("page"),
  saveMeans: z.boolean().default(false),
  webhooks: z.enum(["automatic", "manual"]).default("automatic"),
  doublePayment: z.enum(["resolve", "tell"]).default("resolve"),
  stopFulfillment: z.boolean().default(true),
  language: z
    .string()
    .regex(/^[a-z]{2}-[A-Z]{2}$/, 'must be a tag such as "de-CH"')
    .default("en-US"),
  serviceUrl: url.nullable().default(null),
});

/**
 * Strict: a misspelt option is an error, since it would else be a default that nobody chose.
 *
 * @throws Error that names each wrong option and no value, since one of them is a secret.
 */
export function parseSettings(options: unknown, where: string): ParsedSettings {
  const parsed = schema.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "options"}: ${message}`);
  throw new Error(`The options of ${where} in medusa-config are not right:\n${problems.join("\n")}`);
}
