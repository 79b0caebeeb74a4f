// Runs in Shopify's checkout and on its order status page, which give `shopify` and a document of their own.
const texts = { de: "Jetzt bezahlen", fr: "Payer maintenant", it: "Pagare ora", en: "Pay now" };

/** Where the buyer pays this order; null while the page does not know it. */
export function toPayUrl({ shop, settings, orderConfirmation, order }) {
  const gateway = settings.value.gateway;
  const confirmation = orderConfirmation?.value;
  const id = (confirmation?.order.id ?? order?.value?.id)?.split("/").at(-1);
  const number = confirmation?.number ?? order?.value?.confirmationNumber;
  if (!gateway || !id || !number) return null;
  const query = new URLSearchParams({ shop: shop.myshopifyDomain, order: id, number });
  return `${gateway.replace(/\/+$/, "")}/platforms/shopify/pay?${query}`;
}

export default () => {
  const url = toPayUrl(shopify);
  if (url === null) return;
  const link = document.createElement("s-link");
  link.setAttribute("href", url);
  const language = shopify.localization.language.value.isoCode.slice(0, 2);
  link.textContent = texts[language] ?? texts.en;
  document.body.append(link);
};
