import type { Entered } from "./address-form.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Cart, discounts, isShippingChoice } from "./prices.ts";

/** What one visitor has gathered and entered so far. */
export interface Basket {
  /** In the visitor's cookie. */
  readonly id: string;
  /** Pieces by product. */
  readonly quantities: Readonly<Record<string, number>>;
  readonly discount: string | null;
  /** As it was typed, for the form; checked again before it becomes an order. */
  readonly entered: Entered;
  /** The id that the order of this basket will have: pressing "pay" twice places one order. */
  readonly nextOrder: string;
}

export const maxQuantity = 20;

/** The baskets of all visitors. In memory, and the oldest go when there are too many. */
export interface Baskets {
  find(id: string | undefined): Basket | undefined;
  open(): Basket;
  save(basket: Basket): void;
  /** After the order was placed: what was entered stays, the goods go. */
  empty(basket: Basket): void;
}

export function createBaskets(createId: () => string, limit = 10_000): Baskets {
  const baskets = new Map<string, Basket>();
  const save = (basket: Basket): void => {
    baskets.delete(basket.id);
    baskets.set(basket.id, basket);
    for (const id of baskets.keys()) {
      if (baskets.size <= limit) break;
      baskets.delete(id);
    }
  };
  return {
    find: (id) => (id === undefined ? undefined : baskets.get(id)),
    open() {
      const basket = { id: createId(), quantities: {}, discount: null, entered: {}, nextOrder: createId() };
      save(basket);
      return basket;
    },
    save,
    empty: (basket) => save({ ...basket, quantities: {}, discount: null, nextOrder: createId() }),
  };
}

/** How many of a product the basket holds after `wanted` was asked for: at most what there is, and `maxQuantity`. */
export function withQuantity(basket: Basket, catalogue: Catalogue, product: string, wanted: number): Basket {
  const most = Math.max(0, Math.min(maxQuantity, catalogue.stock(product)));
  const quantity = Math.min(Math.max(0, Math.trunc(wanted)), most);
  const { [product]: _before, ...others } = basket.quantities;
  if (quantity === 0 || Number.isNaN(quantity)) return { ...basket, quantities: others };
  return { ...basket, quantities: { ...basket.quantities, [product]: quantity } };
}

/** What the basket holds and the shop still has. */
export function toCart(basket: Basket, catalogue: Catalogue): Cart {
  const lines = Object.entries(basket.quantities).flatMap(([id, quantity]) => {
    const product = catalogue.find(id);
    const there = Math.min(quantity, catalogue.stock(id));
    return product === undefined || there <= 0 ? [] : [{ product, quantity: there }];
  });
  const shipping = basket.entered.shipping;
  return { lines, discount: basket.discount, shipping: isShippingChoice(shipping) ? shipping : "economy" };
}

/** "welcome " is WELCOME; null when there is no such code. */
export function toDiscountCode(typed: string): string | null {
  const code = typed.trim().toUpperCase();
  return Object.hasOwn(discounts, code) ? code : null;
}

export function countPieces(basket: Basket | undefined): number {
  return Object.values(basket?.quantities ?? {}).reduce((sum, quantity) => sum + quantity, 0);
}
