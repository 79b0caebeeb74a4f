import { describe, it } from "vitest";
import { testHistories } from "./test-histories.ts";

const perRun = 10_000;
const seeds = Array.from({ length: 25 }, (_, run) => 1_250_000 + run * perRun);

describe("and 250,000 more", () => {
  it.each(seeds)("10,000 from %i on", (seed) => testHistories(seed, perRun));
});
