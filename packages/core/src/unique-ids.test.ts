import fc from "fast-check";
import { expect, test } from "vitest";
import { toUniqueId, toUniqueIds } from "./unique-ids.ts";

test("keeps what is unique and short enough", () => {
  expect(toUniqueIds(["a", "b", "x".repeat(200)])).toEqual(["a", "b", "x".repeat(200)]);
});

test("numbers duplicates, and takes no id that another line has", () => {
  expect(toUniqueIds(["a", "a", "b", "a", "a_2"])).toEqual(["a", "a_3", "b", "a_4", "a_2"]);
});

test("gives a long id its own short form, whatever other lines there are", () => {
  const [one, two] = [`${"x".repeat(200)}1`, `${"x".repeat(200)}2`];
  expect(toUniqueIds([one, two])).toEqual([toUniqueId(one), toUniqueId(two)]);
  expect(toUniqueId(one)).not.toBe(toUniqueId(two));
  expect(toUniqueId(one)).toHaveLength(200);
  expect(toUniqueId(one)).toMatch(/^x{183}_[0-9a-f]{16}$/);
});

test("tells duplicates apart whose ids leave no room for a number", () => {
  const [one, two] = [`${"x".repeat(199)}1`, `${"x".repeat(199)}2`];
  expect(new Set(toUniqueIds([one, one, two, two])).size).toBe(4);
});

test("is unique, within the limit, and the same again", () => {
  const parts = fc.array(fc.constantFrom("a", "_", "2", "é", "x".repeat(99), "y".repeat(101)), { maxLength: 4 });
  const ids = fc.array(
    parts.map((part) => `a${part.join("")}`),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(ids, (given) => {
      const unique = toUniqueIds(given);
      expect(new Set(unique).size).toBe(given.length);
      expect(Math.max(0, ...unique.map((id) => id.length))).toBeLessThanOrEqual(200);
      expect(toUniqueIds(unique)).toEqual(unique);
      for (const [index, id] of given.entries()) {
        if (given.indexOf(id) === index) expect(unique[index]).toBe(toUniqueId(id));
      }
    }),
  );
});
