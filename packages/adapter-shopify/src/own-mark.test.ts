import { expect, it } from "vitest";
import { isOwn, signOwn } from "./own-mark.ts";

it("a mark of ours counts for one purpose, one text and one app only", () => {
  const mark = signOwn("cancel", "x", "secret");
  expect(isOwn("cancel", "x", mark, "secret")).toBe(true);
  expect(isOwn("state", "x", mark, "secret")).toBe(false);
  expect(isOwn("cancel", "y", mark, "secret")).toBe(false);
  expect(isOwn("cancel", "x", mark, "another")).toBe(false);
  expect(isOwn("cancel", "x", null, "secret")).toBe(false);
});
