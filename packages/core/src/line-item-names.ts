import type { LineItem } from "./contract/order.ts";

/** What a line is called when the shop gives it no name, and what our own line and a nameless tax are called. */
export type NamedThing = LineItem["type"] | "roundingDifference" | "tax";

const names: Readonly<Record<"de" | "en" | "fr" | "it", Readonly<Record<NamedThing, string>>>> = {
  de: {
    product: "Artikel",
    shipping: "Versand",
    fee: "Gebühr",
    discount: "Rabatt",
    tip: "Trinkgeld",
    rounding: "Rundung",
    roundingDifference: "Rundungsdifferenz",
    tax: "MwSt.",
  },
  en: {
    product: "Item",
    shipping: "Shipping",
    fee: "Fee",
    discount: "Discount",
    tip: "Tip",
    rounding: "Rounding",
    roundingDifference: "Rounding difference",
    tax: "VAT",
  },
  fr: {
    product: "Article",
    shipping: "Livraison",
    fee: "Frais",
    discount: "Rabais",
    tip: "Pourboire",
    rounding: "Arrondi",
    roundingDifference: "Différence d’arrondi",
    tax: "TVA",
  },
  it: {
    product: "Articolo",
    shipping: "Spedizione",
    fee: "Supplemento",
    discount: "Sconto",
    tip: "Mancia",
    rounding: "Arrotondamento",
    roundingDifference: "Differenza di arrotondamento",
    tax: "IVA",
  },
};

/** In the language of an IETF tag such as "de-CH"; English for a language we do not speak. */
export function nameOf(thing: NamedThing, language: string): string {
  const primary = language.toLowerCase().split(/[-_]/)[0];
  const known = primary === "de" || primary === "fr" || primary === "it" ? primary : "en";
  return names[known][thing];
}
