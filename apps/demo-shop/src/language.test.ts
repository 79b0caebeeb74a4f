import { describe, expect, it } from "vitest";
import { toLanguage, toTag } from "./language.ts";

describe("toLanguage", () => {
  it.each([
    ["fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7", "fr"],
    ["en-GB,en;q=0.5", "en"],
    ["rm, it;q=0.8, de;q=0.9", "de"],
    ["de;q=0, it", "it"],
    ["IT", "it"],
    ["ja, *;q=0.1", "de"],
    ["", "de"],
    [undefined, "de"],
    [";;;,,q=1", "de"],
  ])("finds in %j: %s", (header, language) => {
    expect(toLanguage(header)).toBe(language);
  });
});

describe("toTag", () => {
  it("names a language as the payment page knows it", () => {
    expect([toTag("de"), toTag("fr"), toTag("it"), toTag("en")]).toEqual(["de-CH", "fr-CH", "it-CH", "en-US"]);
  });
});
