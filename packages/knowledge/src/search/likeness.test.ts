import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, likeness, slipLikeness } from "./likeness.ts";

const word = fc.string({ unit: fc.constantFrom(..."abcdef0"), minLength: 1, maxLength: 12 });

describe("likeness", () => {
  it.each([
    ["terminal", "terminal", 1],
    ["terminal", "terminale", 0.8],
    ["konto", "kontakt", 0],
    ["401", "403", 0],
    ["4010", "4011", 0],
    ["card", "cart", 0],
  ])("%s and %s: %d", (left, right, expected) => {
    expect(likeness(left, right)).toBe(expected);
  });

  it("takes a word within a compound by its share", () => {
    expect(likeness("kartenterminal", "terminal")).toBeGreaterThan(likeness("kartenterminalshop", "terminal"));
  });

  it("is symmetric and between 0 and 1", () => {
    fc.assert(
      fc.property(word, word, (left, right) => {
        const result = likeness(left, right);
        expect(result).toBe(likeness(right, left));
        expect(result).toBeGreaterThanOrEqual(0);
        expect(result).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("slipLikeness", () => {
  it.each([
    ["terminal", "termnal", 0.7],
    ["lightbox", "ligthbox", 0.7],
    ["aktivierungscode", "aktivirungscod", 0.5],
    ["test", "rest", 0],
    ["terminal", "partner", 0],
  ])("%s and %s: %d", (left, right, expected) => {
    expect(slipLikeness(left, right)).toBe(expected);
  });
});

describe("editDistance", () => {
  it("is symmetric, 0 only for the same word, at most limit + 1", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (left, right, limit) => {
        const distance = editDistance(left, right, limit);
        expect(distance).toBe(editDistance(right, left, limit));
        expect(distance === 0).toBe(left === right);
        expect(distance).toBeLessThanOrEqual(limit + 1);
      }),
    );
  });

  it("counts one for a letter left out, added, replaced or swapped with its neighbour", () => {
    for (const typed of ["contrat", "contracct", "contrakt", "cnotract"]) {
      expect(editDistance("contract", typed, 3), typed).toBe(1);
    }
  });
});
