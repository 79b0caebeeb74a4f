import { describe, it } from "vitest";
import { testHistories } from "./test-histories.ts";

/** Histories 25001 to 37500 of 50,000: four files, so that they are lived on more than one core. */
describe("random histories keep the promise", () => {
  it.each([25_001, 27_501, 30_001, 32_501, 35_001])("2,500 from %i on", (seed) => testHistories(seed, 2500));
});
