import { type Json, PaymentError } from "@checkout-plugins/core";
import { z } from "zod";

/** What the gateway keeps for one shop, its secrets apart. */
export interface WoocommerceSettings {
  /** WordPress's own address (Settings > General > WordPress Address): where its index.php answers. */
  readonly siteUrl: string;
}

const schema: z.ZodType<WoocommerceSettings> = z.strictObject({
  siteUrl: z.url({ protocol: /^https?$/ }).refine((url) => !/[?#]/.test(url)),
});

/** @throws PaymentError `notConfigured` that names the setting and what it must be. */
export function parseWoocommerceSettings(settings: Json): WoocommerceSettings {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new PaymentError(
    "notConfigured",
    "The shop's settings must be its siteUrl and nothing else: the http or https address of WordPress without a query, such as https://shop.example.ch.",
    { cause: parsed.error },
  );
}

/**
 * Where the plugin takes payments. By `rest_route` instead of /wp-json/, because that works with every permalink
 * setting (https://developer.wordpress.org/rest-api/key-concepts/).
 */
export function toDoorUrl({ siteUrl }: WoocommerceSettings): string {
  return `${siteUrl.replace(/\/+$/, "")}/?rest_route=/checkout-plugins/v1/payments`;
}
