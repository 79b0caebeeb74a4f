import type { Channel } from "../facts.ts";
import { languages } from "../language.ts";
import { type Acceptable, cardBrands, cardWords, methodNames, paymentMethods } from "./methods.ts";
import type { CallQuestion } from "./whom-to-call.ts";

/** A payment's method in the service's own words, in any of the four languages. */
export interface ShownMethod {
  readonly name: string;
  /** null: the service did not tell. */
  readonly brand: string | null;
}

const isCardWord = new RegExp(`^(?:credit|kredit|debit)?(?:${cardWords.join("|")})[ns]?$`);

/**
 * The question for `whomToCall` about a payment's method. null where its words are none that are known: nobody is named
 * by guessing. A card of a brand that is not told is asked about as a card; of a brand that is told and not known, not.
 */
export function toCallQuestion(method: ShownMethod | null, channel: Channel): CallQuestion | null {
  if (method === null) return null;
  const words = [method.brand, method.name].map((text) => toLetters(text ?? "")).filter((word) => word !== "");
  const isNamed = (one: Acceptable): boolean =>
    languages.some((language) => words.includes(toLetters(methodNames[one][language])));
  const brand = cardBrands.find(isNamed);
  if (brand !== undefined) return { method: "card", brand, channel };
  const known = paymentMethods.find((one) => one !== "card" && isNamed(one));
  if (known !== undefined) return { method: known, channel };
  return method.brand === null && isCard(method.name) ? { method: "card", channel } : null;
}

function isCard(name: string): boolean {
  return name
    .toLowerCase()
    .split(/\P{L}+/u)
    .some((word) => isCardWord.test(word));
}

function toLetters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
