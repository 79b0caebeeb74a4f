export interface BuySettings {
  readonly region: string;
  /** Publishable. */
  readonly key: string;
  readonly language: string;
  readonly error: string;
}

/** What a storefront does with Medusa's Store API until the buyer is at the payment page. */
export function buyScript(settings: BuySettings): string {
  const text = JSON.stringify(settings).replaceAll("<", "\\u003c");
  return `<script type="module">
const { region, key, language, error } = ${text};
const ask = async (path, body) => {
  const headers = { "content-type": "application/json", "x-publishable-api-key": key };
  const response = await fetch("/store" + path, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  if (!response.ok) throw new Error((await response.json()).message);
  return response.json();
};
const buy = async (variant) => {
  const { cart } = await ask("/carts", {
    region_id: region,
    locale: language + "-CH",
    email: "anna@example.ch",
    items: [{ variant_id: variant, quantity: 1 }],
    shipping_address: {
      first_name: "Anna", last_name: "Müller", address_1: "Länggassstrasse 12", postal_code: "3012", city: "Bern", country_code: "ch",
    },
  });
  const { shipping_options: [option] } = await ask("/shipping-options?cart_id=" + cart.id);
  await ask("/carts/" + cart.id + "/shipping-methods", { option_id: option.id });
  const { payment_collection: { id } } = await ask("/payment-collections", { cart_id: cart.id });
  const { payment_collection } = await ask("/payment-collections/" + id + "/payment-sessions", {
    provider_id: "pp_postfinance-checkout_default",
  });
  location.assign(payment_collection.payment_sessions[0].data.url);
};
document.addEventListener("click", async ({ target }) => {
  if (!target.dataset.variant) return;
  target.disabled = true;
  try {
    await buy(target.dataset.variant);
  } catch (reason) {
    target.disabled = false;
    target.insertAdjacentHTML("afterend", '<span role="alert"></span>');
    target.nextSibling.textContent = error;
    console.error(reason);
  }
});
</script>`;
}
