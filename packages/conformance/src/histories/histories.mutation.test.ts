import { expect, it } from "vitest";
import { liveHistory } from "./history.ts";

/** Few, for mutation testing: a mutant that the tests beside the code let live must survive these too. */
it.each([1, 101, 201])("a hundred random histories keep the promise, from %i on", async (from) => {
  for (let seed = from; seed < from + 100; seed += 1) {
    const { wrong } = await liveHistory(seed);
    expect(wrong, `history ${seed}`).toEqual([]);
  }
});
