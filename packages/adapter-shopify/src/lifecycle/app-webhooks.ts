import { PaymentError, type ShopId, type ShopRegistry } from "@checkout-plugins/core";
import { z } from "zod";
import type { ShopifyApp, ShopifyBuyer, ShopifyParts } from "../shopify-parts.ts";
import { isShopDomain } from "../shopify-settings.ts";
import { readWebhook, type Webhook } from "../shopify-signature.ts";
import { readToken } from "../shopify-token.ts";

const longest = 64 * 1024;
const ok = () => new Response(null, { status: 200 });

const number = z.union([z.number(), z.string()]).nullish();
const customerSchema = z.object({
  customer: z.object({ id: number, email: z.string().nullish() }).nullish(),
  data_request: z.object({ id: number }).nullish(),
});

/**
 * What Shopify tells of a shop: uninstalling, and the three compliance topics that every app must take
 * (https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance). 401 without the app's HMAC over the raw bytes.
 */
export async function answerAppWebhook(
  parts: ShopifyParts,
  app: ShopifyApp,
  request: Request,
  shops: ShopRegistry,
): Promise<Response> {
  const webhook = await readWebhook(app, request, longest);
  const { domain, topic } = webhook;
  const id = isShopDomain(domain) ? await shops.find("shopify", domain) : undefined;
  // A shop that is not here has nothing to forget.
  if (id === undefined) return ok();
  await obey(parts, id, webhook, shops);
  parts.logger?.info("shopify webhook", { shop: id, topic });
  return ok();
}

async function obey(parts: ShopifyParts, id: ShopId, webhook: Webhook, shops: ShopRegistry): Promise<void> {
  switch (webhook.topic) {
    case "APP_UNINSTALLED":
      return uninstall(parts, id, webhook, shops);
    case "CUSTOMERS_REDACT": {
      const { customer, email } = toBuyer(webhook.body);
      if (customer !== null) await shops.forgetCustomer(id, customer);
      if (email !== null) await parts.privacy.forgetEmail(id, email);
      return;
    }
    case "CUSTOMERS_DATA_REQUEST": {
      const { request, ...buyer } = toBuyer(webhook.body);
      return parts.privacy.request(id, buyer, request);
    }
    case "SHOP_REDACT":
      await shops.disable(id);
      return parts.privacy.forgetShop(id);
    default:
      throw new PaymentError("badRequest", `This app did not ask for webhooks of the topic "${webhook.topic}".`);
  }
}

/** Its tokens are worthless now, and go. One that comes late, after the app was installed again, changes nothing. */
async function uninstall(
  { spaces, now }: ShopifyParts,
  id: ShopId,
  { domain: shop, triggeredAt }: Webhook,
  shops: ShopRegistry,
): Promise<void> {
  const token = readToken(await spaces?.secretsOf(id).get("token"));
  const uninstalledAt = Date.parse(triggeredAt ?? "") || now();
  if (token !== null && Date.parse(token.issuedOn) > uninstalledAt) return;
  await shops.save("shopify", shop, { mode: "paymentsApp", shop }, { token: "" });
  await shops.disable(id);
}

function toBuyer(body: string): ShopifyBuyer & { readonly request: string | null } {
  const parsed = customerSchema.safeParse(JSON.parse(body));
  if (!parsed.success) throw new PaymentError("badRequest", "This webhook names no customer.");
  const { customer, data_request } = parsed.data;
  const toText = (id: string | number | null | undefined) => (id === null || id === undefined ? null : String(id));
  return { customer: toText(customer?.id), email: customer?.email ?? null, request: toText(data_request?.id) };
}
