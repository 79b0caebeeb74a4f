import { type Json, PaymentError } from "@checkout-plugins/core";
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
