import { describe, expect, it } from "vitest";
import { type Language, languages } from "../language.ts";
import { shippingNames } from "../prices.ts";
import { products } from "../products.ts";
import { toMerchantText } from "./merchant.ts";
import { fill, toText } from "./text.ts";

/** Every text of a tree with its path: "states.paid.title". */
function textsOf(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    textsOf(inner, path === "" ? key : `${path}.${key}`),
  );
}
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const allOf = (language: Language) => textsOf({ buyer: toText(language), merchant: toMerchantText(language) });
const german = allOf("de");

describe("the texts", () => {
  it.each(languages)("are all there in %s, with the same gaps to fill", (language) => {
    const texts = new Map(allOf(language));
    expect([...texts.keys()].sort()).toEqual(german.map(([path]) => path).sort());
    for (const [path, text] of german) {
      const other = texts.get(path) ?? "";
      expect(other.trim(), path).not.toBe("");
      expect(placeholders(other), path).toEqual(placeholders(text));
    }
  });

  it("are written as Switzerland writes: no ß, and “vous”, “Lei”, “Sie”", () => {
    for (const [path, text] of german) expect(text, path).not.toMatch(/ß|\b(?:du|dein|dir|dich|euch)\b/i);
    for (const [path, text] of allOf("fr")) expect(text, path).not.toMatch(/\b(?:tu|ton|ta|tes|toi)\b/i);
    for (const [path, text] of allOf("it")) expect(text, path).not.toMatch(/\b(?:tuo|tua|tuoi|tue|ti)\b/i);
  });

  it("describe every product and way of shipping in every language", () => {
    const described = [
      ...products.flatMap(({ name, lead, text, facts }) => [name, lead, text, ...facts]),
      ...Object.values(shippingNames),
    ];
    for (const translated of described)
      for (const language of languages) expect(translated[language].trim()).not.toBe("");
  });
});

describe("fill", () => {
  it("fills what it knows and leaves the rest to be seen", () => {
    expect(fill("{pieces} of {all}", { pieces: 3 })).toBe("3 of {all}");
  });
});
