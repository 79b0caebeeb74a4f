import { PaymentError, readBody, type ShopId, type ShopRegistry } from "@checkout-plugins/core";
import { z } from "zod";
import { isWebhookOf } from "../hmac.ts";
import type { ShopifyApp, ShopifyBuyer, ShopifyParts } from "../shopify-parts.ts";
import { isShopDomain } from "../shopify-settings.ts";
import { readToken } from "../shopify-token.ts";

const longest = 64 * 1024;
const ok = () => new Response(null, { status: 200 });

const number = z.union([z.number(), z.string()]).nullish();
const customerSchema = z.object({
  customer: z.object({ id: number, email: z.string().nullish() }).nullish(),
  data_request: z.object({ id: number }).nullish(),
});

interface Told {
  readonly topic: string;
  readonly shop: string;
  readonly triggeredAt: number;
  readonly body: string;
}

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
  const { headers } = request;
  const body = await readBody(request, longest);
  if (body === null) throw new PaymentError("badRequest", `A webhook has at most ${longest} bytes.`);
  if (!isWebhookOf(body, headers.get("x-shopify-hmac-sha256"), app.clientSecret)) {
    throw new PaymentError("badSignature", "This webhook is not signed by the secret of this app.");
  }
  const shop = headers.get("x-shopify-shop-domain");
  const id = isShopDomain(shop) ? await shops.find("shopify", shop) : undefined;
  // A shop that is not here has nothing to forget.
  if (id === undefined || shop === null) return ok();
  const told: Told = {
    shop,
    topic: headers.get("x-shopify-topic") ?? "",
    triggeredAt: Date.parse(headers.get("x-shopify-triggered-at") ?? "") || parts.now(),
    body: Buffer.from(body).toString("utf8"),
  };
  await obey(parts, id, told, shops);
  parts.logger?.info("shopify webhook", { shop: id, topic: told.topic });
  return ok();
}

async function obey(parts: ShopifyParts, id: ShopId, told: Told, shops: ShopRegistry): Promise<void> {
  switch (told.topic) {
    case "app/uninstalled":
      return uninstall(parts, id, told, shops);
    case "customers/redact": {
      const { customer, email } = toBuyer(told.body);
      if (customer !== null) await shops.forgetCustomer(id, customer);
      if (email !== null) await parts.privacy.forgetEmail(id, email);
      return;
    }
    case "customers/data_request": {
      const { request, ...buyer } = toBuyer(told.body);
      return parts.privacy.request(id, buyer, request);
    }
    case "shop/redact":
      await shops.disable(id);
      return parts.privacy.forgetShop(id);
    default:
      throw new PaymentError("badRequest", `This app did not ask for webhooks of the topic "${told.topic}".`);
  }
}

/** Its tokens are worthless now, and go. One that comes late, after the app was installed again, changes nothing. */
async function uninstall(
  { spaces }: ShopifyParts,
  id: ShopId,
  { shop, triggeredAt }: Told,
  shops: ShopRegistry,
): Promise<void> {
  const token = readToken(await spaces?.secretsOf(id).get("token"));
  if (token !== null && Date.parse(token.issuedOn) > triggeredAt) return;
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
