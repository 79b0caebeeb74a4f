import { describe, it } from "vitest";
import { testHistories } from "./test-histories.ts";

/** Histories 12501 to 25000 of 50,000: four files, so that they are lived on more than one core. */
describe("random histories keep the promise", () => {
  it.each([12_501, 15_001, 17_501, 20_001, 22_501])("2,500 from %i on", (seed) => testHistories(seed, 2500));
});
