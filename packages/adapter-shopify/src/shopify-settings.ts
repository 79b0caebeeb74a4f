import { type Json, PaymentError } from "@checkout-plugins/core";
import { z } from "zod";
import { type ApiVersion, apiVersions } from "./api-version.ts";

interface BaseSettings {
  /** `example.myshopify.com`: never the domain that buyers see. */
  readonly shop: string;
  /** The version the app's requests and answers are in; the extension must say the same. */
  readonly apiVersion: ApiVersion;
}

/** The shop installed the payments app: Shopify calls us, and we answer its sessions. */
export interface PaymentsAppSettings extends BaseSettings {
  readonly mode: "paymentsApp";
}

/** The merchant's own app: a manual payment method, a pay link, and the order marked as paid. */
export interface CustomAppSettings extends BaseSettings {
  readonly mode: "customApp";
  readonly clientId: string;
  /** Name of the manual payment method, exactly as in Settings > Payments. */
  readonly paymentMethod: string;
}

/** What the gateway keeps for one shop, its secrets apart. */
export type ShopifySettings = PaymentsAppSettings | CustomAppSettings;

/** https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant */
const shopDomain = /^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/;

export function isShopDomain(domain: string | null | undefined): domain is string {
  return typeof domain === "string" && shopDomain.test(domain);
}

const base = { shop: z.string().regex(shopDomain), apiVersion: z.enum(apiVersions).default(apiVersions[0]) };
const schema: z.ZodType<ShopifySettings> = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("paymentsApp"), ...base }),
  z.strictObject({
    mode: z.literal("customApp"),
    ...base,
    clientId: z.string().min(1),
    paymentMethod: z.string().min(1).max(100),
  }),
]);

/** @throws PaymentError `notConfigured` that says what the settings must be. */
export function parseShopifySettings(settings: Json): ShopifySettings {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues
    .map(({ path, message }) => `${path.join(".") || "settings"}: ${message}`)
    .join("; ");
  throw new PaymentError(
    "notConfigured",
    `A Shopify shop's settings are {"mode":"paymentsApp","shop":"example.myshopify.com"} or {"mode":"customApp","shop":…,"clientId":…,"paymentMethod":…}, each with an "apiVersion" if it is not ${apiVersions[0]}. ${where}`,
    { cause: parsed.error },
  );
}
