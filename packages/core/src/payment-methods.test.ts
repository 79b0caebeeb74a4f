import { expect, test } from "vitest";
import { pickText } from "./localized-text.ts";
import { toImage, toMethod } from "./payment-methods.ts";
import { aConfiguration } from "./testing/service-checkout.ts";

const texts = { "en-US": "Card", "de-DE": "Karte", "de-CH": "Chärtli", "fr-FR": "Carte", "it-IT": "" };

test.each([
  ["de-CH", "Chärtli"],
  ["DE-ch", "Chärtli"],
  ["de-AT", "Chärtli"],
  ["de", "Chärtli"],
  ["fr-CH", "Carte"],
  ["fr_CH", "Carte"],
  ["it-CH", "Card"],
  ["rm-CH", "Card"],
  ["", "Card"],
])("pickText in %j gives %s", (language, text) => {
  expect(pickText(texts, language)).toBe(text);
});

test("pickText gives the same text in whatever order they come", () => {
  const turned = Object.fromEntries(Object.entries(texts).toReversed());
  for (const language of ["de-AT", "fr", "rm"]) expect(pickText(turned, language)).toBe(pickText(texts, language));
});

test("pickText without English gives whatever there is", () => {
  expect(pickText({ "ja-JP": "カード" }, "de-CH")).toBe("カード");
  expect(pickText({}, "de-CH")).toBeNull();
});

test.each([
  ["https://pay.example.ch/a.svg", "https://pay.example.ch/a.svg"],
  ["javascript:alert(1)", null],
  ["data:image/svg+xml,x", null],
  ["/image/a.svg", null],
  [null, null],
])("toImage of %j", (address, image) => {
  expect(toImage(address)).toBe(image);
});

test("a method brings what the merchant wrote for buyers, and its currencies", () => {
  const texts = { "de-DE": "Mit der App.", "en-US": "With the app." };
  const method = aConfiguration(1, { resolvedDescription: texts, supportedCurrencies: ["CHF"] });
  expect(toMethod(method, "de-CH")).toMatchObject({ description: "Mit der App.", currencies: ["CHF"] });
  expect(toMethod(aConfiguration(1), "de-CH")).toMatchObject({ description: null, currencies: [] });
});

test("a method without a title is called as the merchant calls it, or by its id", () => {
  expect(toMethod(aConfiguration(1, { resolvedTitle: {} }), "de-CH").name).toBe("Method 1");
  expect(toMethod(aConfiguration(1, { resolvedTitle: {}, name: null }), "de-CH").name).toBe("8001");
});
