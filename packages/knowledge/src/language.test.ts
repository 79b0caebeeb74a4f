import { expect, it } from "vitest";
import { toLanguage } from "./language.ts";

it.each([
  ["fr", "fr"],
  ["it-CH", "it"],
  ["DE", "de"],
  ["rm-CH, de;q=0.9, en;q=0.8", "de"],
  ["rm", "en"],
  ["", "en"],
  [null, "en"],
  [undefined, "en"],
])("who wants to read %j reads %s", (tags, language) => {
  expect(toLanguage(tags)).toBe(language);
});
