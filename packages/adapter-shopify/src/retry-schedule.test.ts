import { describe, expect, it } from "vitest";
import { retryWait, retryWaits } from "./retry-schedule.ts";

describe("retryWait", () => {
  it("is Shopify's schedule to the second, about a day long, and never ends", () => {
    const waits = Array.from({ length: 19 }, (_, index) => retryWait(index + 1));
    const hour = 3600;
    const four = 4 * hour;
    expect(waits).toEqual([0, 5, 10, 30, 45, 60, 120, 300, 720, 2280, hour, 2 * hour, ...Array(7).fill(four)]);
    expect(retryWaits.reduce((sum, one) => sum + one, 0) / hour).toBeCloseTo(24, 0);
  });
});
