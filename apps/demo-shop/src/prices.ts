import type { Language, Translated } from "./language.ts";
import { type Rappen, spread, type VatRate, vatRates, vatWithin } from "./money.ts";
import type { Product } from "./products.ts";

/** How an order comes to its buyer. */
export const shippingChoices = ["economy", "priority", "pickup"] as const;
export type ShippingChoice = (typeof shippingChoices)[number];

export function isShippingChoice(value: unknown): value is ShippingChoice {
  return shippingChoices.some((choice) => choice === value);
}

export const shippingPrices: Readonly<Record<ShippingChoice, Rappen>> = { economy: 700, priority: 900, pickup: 0 };
export const shippingNames: Readonly<Record<ShippingChoice, Translated>> = {
  economy: { de: "PostPac Economy", fr: "PostPac Economy", it: "PostPac Economy", en: "PostPac Economy" },
  priority: { de: "PostPac Priority", fr: "PostPac Priority", it: "PostPac Priority", en: "PostPac Priority" },
  pickup: { de: "Abholung in Bern", fr: "Retrait à Berne", it: "Ritiro a Berna", en: "Pick-up in Bern" },
};

/** Discount codes and what they take off the goods. */
export const discounts: Readonly<Record<string, Rappen>> = { WELCOME: 1000 };

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
}

export interface Cart {
  readonly lines: readonly CartLine[];
  readonly discount: string | null;
  readonly shipping: ShippingChoice;
}

/** One line of an order. The lines' sum is what is owed, to the last Rappen. */
export interface OrderLine {
  /** Unique in the order; completions and refunds refer to it. */
  readonly id: string;
  readonly type: "product" | "shipping" | "discount";
  /** In the language of the order. */
  readonly name: string;
  readonly product: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  /** The whole line, VAT included; negative for a discount. */
  readonly total: Rappen;
  readonly vat: VatRate;
}

/**
 * The lines of an order. Discount and shipping share the rates of the goods in proportion (MWSTG Art. 19 Abs. 4), so
 * each of them is one line per rate.
 */
export function toOrderLines(cart: Cart, language: Language): readonly OrderLine[] {
  const goods = cart.lines.map(
    ({ product, quantity }): OrderLine => ({
      id: product.id,
      type: "product",
      name: product.name[language],
      product: product.id,
      sku: product.sku,
      quantity,
      total: product.price * quantity,
      vat: product.vat,
    }),
  );
  const discount = cart.discount === null ? 0 : (discounts[cart.discount] ?? 0);
  const shared = (type: "shipping" | "discount", name: string, amount: Rappen): OrderLine[] => {
    const shares = vatRates.map((vat) => ({ vat, total: sumOf(goods.filter((line) => line.vat === vat)) }));
    const used = shares.filter((share) => share.total > 0);
    const parts = spread(
      Math.abs(amount),
      used.map((share) => share.total),
    );
    return used.map(({ vat }, index) => {
      const part = parts[index] ?? 0;
      const id = `${type}-${vat}`;
      return { id, type, name, product: null, sku: null, quantity: 1, total: amount < 0 ? -part : part, vat };
    });
  };
  if (goods.length === 0) return [];
  return [
    ...goods,
    ...(discount > 0 ? shared("discount", `Code ${cart.discount}`, -discount) : []),
    ...(shippingPrices[cart.shipping] > 0
      ? shared("shipping", shippingNames[cart.shipping][language], shippingPrices[cart.shipping])
      : []),
  ].filter((line) => line.total !== 0);
}

export function sumOf(lines: readonly { readonly total: Rappen }[]): Rappen {
  return lines.reduce((sum, line) => sum + line.total, 0);
}

export interface VatShare {
  readonly rate: VatRate;
  /** With VAT. */
  readonly gross: Rappen;
  readonly vat: Rappen;
}

/** The VAT contained in an order, per rate: reckoned on the sum of each rate, not line by line. */
export function toVatShares(lines: readonly OrderLine[]): readonly VatShare[] {
  return vatRates
    .map((rate) => ({ rate, gross: sumOf(lines.filter((line) => line.vat === rate)) }))
    .filter((share) => share.gross !== 0)
    .map((share) => ({ ...share, vat: vatWithin(share.gross, share.rate) }));
}
