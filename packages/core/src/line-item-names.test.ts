import { expect, it } from "vitest";
import { type NamedThing, nameOf } from "./line-item-names.ts";

const things: readonly NamedThing[] = [
  "product",
  "shipping",
  "fee",
  "discount",
  "tip",
  "rounding",
  "roundingDifference",
  "tax",
];

it.each(["de", "en", "fr", "it"])("everything has a name of its own in %s", (language) => {
  const names = things.map((thing) => nameOf(thing, language));
  expect(names.filter((name) => name.trim() === "")).toEqual([]);
  expect(new Set(names).size).toBe(things.length);
});

it.each([
  ["de-CH", "MwSt."],
  ["FR_ch", "TVA"],
  ["it", "IVA"],
  ["en-GB", "VAT"],
  ["rm-CH", "VAT"],
  ["", "VAT"],
])("in %j a tax is called %s", (language, name) => {
  expect(nameOf("tax", language)).toBe(name);
});
