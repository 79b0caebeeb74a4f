import { setImmediate as turn } from "node:timers/promises";

/** Counts what is under way between the parts of a test, so that a test can wait until nothing is. */
export interface Traffic {
  /** As `fetch`, counted from the request until the last byte of the answer. */
  readonly fetch: typeof globalThis.fetch;
  /** Resolves when nothing moved for some turns of the event loop. */
  quiet(): Promise<void>;
}

/** Everything in a test happens in one process: without a request under way, only turns of the event loop are left. */
const turns = 5;

/** @param parked how many of the requests under way wait for time to pass, which only the test lets pass. */
export function createTraffic(parked: () => number = () => 0): Traffic {
  let underWay = 0;
  return {
    async fetch(...given) {
      // It waits for a person, who is the test.
      if (String(given[0]).includes("/perform-transaction")) return fetch(...given);
      underWay += 1;
      try {
        const response = await fetch(...given);
        const { status, headers } = response;
        const bytes = await response.arrayBuffer();
        return new Response(bytes.byteLength === 0 ? null : bytes, { status, headers });
      } finally {
        underWay -= 1;
      }
    },
    async quiet() {
      for (let calm = 0; calm < turns; calm = underWay === parked() ? calm + 1 : 0) await turn();
    },
  };
}
