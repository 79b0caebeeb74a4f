import { describe, expect, it } from "vitest";
import { misunderstood } from "./understood.ts";

describe("what a model misunderstood", () => {
  it("is nothing where dates, sets and unset values say the same", () => {
    const wire = { id: 1, on: "2026-02-03T09:00:00.000Z", off: null, taxes: [{ rate: 8.1 }], names: { de: "Karte" } };
    const model = { ...wire, on: new Date(wire.on), off: undefined, taxes: new Set(wire.taxes) };
    expect(misunderstood(wire, model)).toEqual([]);
  });

  it("is each property that it does not know, and each value that it bent", () => {
    const wire = {
      id: 1,
      invented: null,
      on: "tomorrow",
      items: [{ rate: 1, sum: 2 }],
      list: [1, 2],
      name: { de: "x" },
    };
    const model = { id: "1", on: new Date(wire.on), items: [{ rate: 1 }], list: new Set([1]), name: "x" };
    expect(misunderstood(wire, model)).toEqual(["$.id", "$.invented", "$.on", "$.items[0].sum", "$.list", "$.name"]);
  });
});
