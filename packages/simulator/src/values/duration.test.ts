import { expect, it } from "vitest";
import { isDuration, toMilliseconds } from "./duration.ts";

it.each([
  ["PT1H", 3_600_000],
  ["P5D", 432_000_000],
  ["P1DT2H3M4.5S", 93_784_500],
  ["PT0.05S", 50],
  ["PT0S", 0],
])("%s is %d ms", (text, milliseconds) => {
  expect(toMilliseconds(text)).toBe(milliseconds);
});

it.each(["", "P", "PT", "1H", "P1M", "PT1.2345S", "-PT1H"])("refuses %j", (text) => {
  expect(isDuration(text)).toBe(false);
  expect(() => toMilliseconds(text)).toThrow(TypeError);
});
