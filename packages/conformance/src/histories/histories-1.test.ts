import { describe, it } from "vitest";
import { testHistories } from "./test-histories.ts";

/** Histories 1 to 12500 of 50,000: four files, so that they are lived on more than one core. */
describe("random histories keep the promise", () => {
  it.each([1, 2_501, 5_001, 7_501, 10_001])("2,500 from %i on", (seed) => testHistories(seed, 2500));
});
