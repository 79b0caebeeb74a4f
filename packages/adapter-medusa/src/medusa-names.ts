import type { ShopId } from "@checkout-plugins/core";

/** The provider's name in Medusa; with the id from medusa-config it is `pp_postfinance-checkout_default`. */
export const identifier = "postfinance-checkout";

/** One provider of Medusa is one shop of ours: it has a space and settings of its own. */
export function toShopId(id: string | undefined): ShopId {
  return (id === undefined ? `pp_${identifier}` : `pp_${identifier}_${id}`) as ShopId;
}

/** Where the service sends its webhooks, and where the buyer comes back to. */
export const hookPath = "/hooks/postfinance-checkout";
export const returnPath = "/postfinance-checkout/return";
/** Where a buyer pays what an order owes: a payment collection's id follows. */
export const payPath = "/postfinance-checkout/pay";

/** Who wrote a capture or refund that this adapter entered. */
export const author: string = identifier;
