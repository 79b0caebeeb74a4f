import { describe, it } from "vitest";
import { testHistories } from "./test-histories.ts";

/** Few, for mutation testing: what the tests beside the code let live must also survive these. */
describe("some random histories keep the promise", () => {
  it.each([1, 101, 201])("100 from %i on", (seed) => testHistories(seed, 100));
});
