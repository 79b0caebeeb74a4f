import { type Json, PaymentError } from "@checkout-plugins/core";
import { z } from "zod";
import { type ApiVersion, apiVersions } from "./api-version.ts";
import { createLibrary } from "./shopify-library.ts";

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

/** The same for every app. */
const { sanitizeShop } = createLibrary({ clientId: "any", clientSecret: "any" }).utils;

/** The library lets capitals and slashes at the end pass; by them one shop would be kept twice. */
const otherSpelling = /[A-Z/]/;

/** Whether this is a shop's domain at Shopify, in the one spelling by which shops are kept here. */
export function isShopDomain(domain: string | null | undefined): domain is string {
  return typeof domain === "string" && !otherSpelling.test(domain) && sanitizeShop(domain) !== null;
}

const base = {
  shop: z.string().refine(isShopDomain, "is no shop's domain at Shopify"),
  apiVersion: z.enum(apiVersions).default(apiVersions[0]),
};
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
