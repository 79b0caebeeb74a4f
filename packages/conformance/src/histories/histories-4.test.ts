import { describe, it } from "vitest";
import { testHistories } from "./test-histories.ts";

/** Histories 37501 to 50000 of 50,000: four files, so that they are lived on more than one core. */
describe("random histories keep the promise", () => {
  it.each([37_501, 40_001, 42_501, 45_001, 47_501])("2,500 from %i on", (seed) => testHistories(seed, 2500));
});
