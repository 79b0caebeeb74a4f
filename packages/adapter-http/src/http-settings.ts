import { type Json, PaymentError, type ShopSecrets } from "@checkout-plugins/core";
import { isSecret } from "@checkout-plugins/shop-protocol";
import { z } from "zod";

/** What the gateway keeps for one shop, its secrets apart. */
export interface HttpSettings {
  /** The shop's door: where `createShopDoor` of `@checkout-plugins/shop-protocol` answers. */
  readonly showUrl: string;
}

const schema: z.ZodType<HttpSettings> = z.strictObject({ showUrl: z.url({ protocol: /^https?$/ }) });

/** @throws PaymentError `notConfigured` that names the setting and what it must be. */
export function parseHttpSettings(settings: Json): HttpSettings {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new PaymentError(
    "notConfigured",
    "The shop's settings must be its showUrl and nothing else: the http or https address at which the shop takes payments, such as https://shop.example.ch/payments/show.",
    { cause: parsed.error },
  );
}

/**
 * The secrets `secret` and, while it is being replaced, `previousSecret`, newest first.
 *
 * @throws PaymentError `notConfigured` when there is none, or one is not of the form `whsec_…`.
 */
export async function readSecrets(secrets: ShopSecrets): Promise<readonly string[]> {
  const found = await Promise.all([secrets.get("secret"), secrets.get("previousSecret")]);
  const set = found.filter((secret) => secret !== undefined);
  if (set.length > 0 && set.every(isSecret)) return set;
  throw new PaymentError(
    "notConfigured",
    'The shop\'s secret is missing or malformed. It is "whsec_" and the Base64 of 24 to 64 random bytes; make one with: echo "whsec_$(openssl rand -base64 32)", and give it to the shop and the gateway.',
  );
}
