import { isUtf8 } from "node:buffer";
import { PaymentError, readBody } from "@checkout-plugins/core";
import { InvalidHmacError, WebhookValidationErrorReason } from "@shopify/shopify-api";
import { createLibrary } from "./shopify-library.ts";
import type { ShopifyApp } from "./shopify-parts.ts";

/** What Shopify tells an app. Its secret signs the body; the rest is believed because Shopify alone knows such a body. */
export interface Webhook {
  /** As Shopify's library writes it: `ORDERS_CREATE`. */
  readonly topic: string;
  /** Of the shop, such as `example.myshopify.com`; not checked. */
  readonly domain: string;
  readonly triggeredAt: string | undefined;
  readonly body: string;
}

/**
 * Reads a webhook of at most `longest` bytes.
 *
 * @throws PaymentError `badSignature`: this app's secret has not signed exactly these bytes; `badRequest`: it is too long,
 * or lacks a header that every webhook has.
 */
export async function readWebhook(app: ShopifyApp, request: Request, longest: number): Promise<Webhook> {
  const bytes = await readBody(request, longest);
  if (bytes === null) throw new PaymentError("badRequest", `A webhook has at most ${longest} bytes.`);
  const body = Buffer.from(bytes).toString("utf8");
  const check = await createLibrary(app).webhooks.validate({ rawBody: body, rawRequest: request });
  if (!check.valid && check.reason === WebhookValidationErrorReason.MissingHeaders) {
    const missing = "missingHeaders" in check ? check.missingHeaders.join(", ") : "a header";
    throw new PaymentError("badRequest", `This webhook lacks ${missing}.`);
  }
  // The library signs the text: only of UTF-8 is it the same bytes again.
  if (!check.valid || !isUtf8(bytes)) {
    throw new PaymentError("badSignature", "This webhook is not signed by the client secret of this app.");
  }
  const { topic, domain, triggeredAt } = check;
  return { topic, domain, triggeredAt, body };
}

/** Whether Shopify signed the address to which it sent a browser, no more than 90 seconds ago by the computer's clock. */
export async function isSignedQuery(app: ShopifyApp, query: URLSearchParams): Promise<boolean> {
  try {
    return await createLibrary(app).utils.validateHmac(query);
  } catch (error) {
    if (error instanceof InvalidHmacError) return false;
    throw error;
  }
}
