import { describe, expect, test } from "vitest";

test("passes", () => expect(1).toBe(1));
test("fails", () => expect(1).toBe(2));
test("is skipped with a reason", ({ skip }) => skip("no browser here"));
test.skip("is skipped in silence", () => expect(1).toBe(2));
test.todo("is to be written");
describe("a group", () => {
  test("passes too", () => expect(1).toBe(1));
});
