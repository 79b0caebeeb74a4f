import { readPaymentOutcome } from "@checkout-plugins/adapter-medusa/storefront";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { storefrontKey } from "../../catalogue.ts";
import { escapeHtml, findTexts, toPage } from "../../page.ts";
import { buyScript } from "../../storefront.ts";

interface Product {
  readonly title: string;
  readonly variants: readonly { readonly id: string; readonly prices: readonly { readonly amount: number }[] }[];
}

/** The smallest storefront: a list to buy from. */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { language, texts } = findTexts(request.headers["accept-language"]);
  const query = request.scope.resolve(ContainerRegistrationKeys.QUERY);
  const [{ data: products }, { data: regions }, { data: keys }] = await Promise.all([
    query.graph({ entity: "product", fields: ["title", "variants.id", "variants.prices.amount"] }),
    query.graph({ entity: "region", fields: ["id"] }),
    query.graph({ entity: "api_key", fields: ["token"], filters: { title: storefrontKey } }),
  ]);
  const outcome = readPaymentOutcome(new URLSearchParams(request.url.split("?")[1]));
  const items = (products as unknown as readonly Product[]).map(({ title, variants: [variant] }) => {
    const price = `CHF ${(variant?.prices[0]?.amount ?? 0).toFixed(2)}`;
    return `<li><strong>${escapeHtml(title)}</strong> ${price} <button data-variant="${variant?.id}">${texts.buy}</button></li>`;
  });
  const note = outcome === null ? "" : `<p role="status">${texts[outcome]}</p>`;
  const settings = { region: regions[0]?.id ?? "", key: keys[0]?.token ?? "", language, error: texts.error };
  const body = `${note}<ul>${items.join("")}</ul><p>${texts.delivery}</p>${buyScript(settings)}`;
  response.type("html").send(toPage(language, texts.shop, body));
}
