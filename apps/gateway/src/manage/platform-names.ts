/** Names are the same in all languages. */
export const platformNames: Readonly<Record<string, string>> = {
  http: "HTTP",
  woocommerce: "WooCommerce",
  shopify: "Shopify",
};
