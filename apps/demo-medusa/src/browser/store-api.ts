import { findPaymentStep, type PaymentStep, type StoreSession } from "@checkout-plugins/adapter-medusa/storefront";

export interface StoreSettings {
  readonly region: string;
  /** Publishable. */
  readonly key: string;
  readonly language: string;
}

/** What a storefront does with Medusa's Store API until its buyer can pay. @throws Error with what Medusa answered. */
export interface StoreApi {
  /** Makes a cart with one piece, delivered to an example address. Answers its id. */
  createCart(variant: string): Promise<string>;
  startPayment(cart: string, integration: PaymentStep["kind"]): Promise<PaymentStep>;
}

const provider = "pp_postfinance-checkout_default";
const address = {
  first_name: "Anna",
  last_name: "Müller",
  address_1: "Länggassstrasse 12",
  postal_code: "3012",
  city: "Bern",
  country_code: "ch",
};

export function createStoreApi({ region, key, language }: StoreSettings): StoreApi {
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const headers = { "content-type": "application/json", "x-publishable-api-key": key };
    const request = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`/store${path}`, request);
    if (!response.ok) throw new Error(((await response.json()) as { message: string }).message);
    return (await response.json()) as T;
  };
  return {
    async createCart(variant) {
      const { cart } = await ask<{ cart: { id: string } }>("/carts", {
        region_id: region,
        locale: `${language}-CH`,
        email: "anna@example.ch",
        items: [{ variant_id: variant, quantity: 1 }],
        shipping_address: address,
      });
      const found = await ask<{ shipping_options: { id: string }[] }>(`/shipping-options?cart_id=${cart.id}`);
      await ask(`/carts/${cart.id}/shipping-methods`, { option_id: found.shipping_options[0]?.id });
      return cart.id;
    },
    async startPayment(cart, integration) {
      const { payment_collection } = await ask<{ payment_collection: { id: string } }>("/payment-collections", {
        cart_id: cart,
      });
      const path = `/payment-collections/${payment_collection.id}/payment-sessions`;
      const wish = { provider_id: provider, data: { integration } };
      const started = await ask<{ payment_collection: { payment_sessions: StoreSession[] } }>(path, wish);
      const step = findPaymentStep(started.payment_collection.payment_sessions[0]);
      if (step === null) throw new Error("There is nothing to pay.");
      return step;
    },
  };
}
