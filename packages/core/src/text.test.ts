import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutText, toSingleLine } from "./text.ts";

const family = "👨‍👩‍👧‍👦";

describe("cutText", () => {
  test.each([
    ["Rucksack", 8, "Rucksack"],
    ["Rucksack", 4, "Ruck"],
    ["a\u0301bc", 1, "a"],
    ["a\u0301bc", 2, "a\u0301"],
    [`ab${family}`, 12, "ab"],
    [`ab${family}`, 13, `ab${family}`],
    ["🇨🇭🇨🇭", 6, "🇨🇭"],
    ["one two", 4, "one"],
    [family, 3, "👨‍"],
    ["😀", 1, ""],
  ])("cuts %j to %d", (text, max, expected) => {
    expect(cutText(text, max)).toBe(expected);
  });

  test("is a beginning of the text, whole characters only, and as long as possible", () => {
    const texts = fc.array(fc.constantFrom("a", " ", "é", "e\u0301", "😀", family, "🇨🇭"), { maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.integer({ min: family.length, max: 60 }), (characters, max) => {
        const text = characters.join("");
        const cut = cutText(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(text.startsWith(cut)).toBe(true);
        let whole = "";
        for (const character of characters) {
          if ((whole + character).length > max) break;
          whole += character;
        }
        expect(cut).toBe(text.length <= max ? text : whole.trimEnd());
      }),
    );
  });
});

describe("toSingleLine", () => {
  test.each([
    ["  Rucksack \r\n blau\t", "Rucksack blau"],
    ["a\u0000b\u2028c", "a b c"],
    ["\n", ""],
    ["\ud83d!", "\ufffd!"],
  ])("makes %j %j", (text, expected) => {
    expect(toSingleLine(text)).toBe(expected);
  });
});
