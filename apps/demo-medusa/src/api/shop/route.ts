import { readPaymentOutcome } from "@checkout-plugins/adapter-medusa/storefront";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { storefrontKey } from "../../catalogue.ts";
import { escapeHtml, findTexts, type Texts, toPage } from "../../page.ts";

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
  const again = outcome === "failed" || outcome === "open" ? ` <button data-again>${texts.again}</button>` : "";
  const note = outcome === null ? "" : `<p role="status">${texts[outcome]}${again}</p>`;
  const settings = { region: regions[0]?.id ?? "", key: keys[0]?.token ?? "", language, texts };
  const body = `${note}${choices(texts)}<ul>${items.join("")}</ul><p>${texts.delivery}</p>
<div id="methods"></div><div id="fields"></div><div id="mistakes" role="alert"></div><p id="pay"></p>
<script type="application/json" id="settings">${JSON.stringify(settings).replaceAll("<", "\\u003c")}</script>
<script type="module" src="/shop/script"></script>`;
  response.type("html").send(toPage(language, texts.shop, body));
}

/** The three integrations of the provider, one of which a shop would choose for its buyers. */
function choices({ where, integration }: Texts): string {
  const radios = Object.entries(integration).map(([kind, text], index) => {
    const checked = index === 0 ? " checked" : "";
    return `<label><input type="radio" name="integration" value="${kind}"${checked}> ${text}</label>`;
  });
  return `<fieldset><legend>${where}</legend>${radios.join("")}</fieldset>`;
}
