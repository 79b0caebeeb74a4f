import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { orders } from "../test/arbitrary-orders.ts";
import type { Decimal } from "./contract/ids.ts";
import type { ShopOrder } from "./contract/order.ts";
import { toDigest, toFingerprint } from "./fingerprint.ts";

/** The same order, as another serializer would write it. */
function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite);
  if (typeof value !== "object" || value === null) return value;
  const properties = Object.entries(value).map(([key, property]) => [key, rewrite(property)]);
  return { nothing: undefined, ...Object.fromEntries(properties.toReversed()) };
}

test("is 64 hexadecimal digits, and the same for the same order", () => {
  fc.assert(
    fc.property(orders(), (order) => {
      const print = toFingerprint(order);
      expect(print).toMatch(/^[0-9a-f]{64}$/);
      expect(toFingerprint(rewrite(order) as ShopOrder)).toBe(print);
      const lines = order.lines.map((line) => ({ ...line, quantity: longer(line.quantity) }));
      expect(toFingerprint({ ...order, lines })).toBe(print);
    }),
  );
});

function longer(decimal: Decimal): Decimal {
  return (decimal.includes(".") ? `${decimal}0` : `${decimal}.0`) as Decimal;
}

test("is another for every other order", () => {
  fc.assert(
    fc.property(orders(), fc.nat(20), fc.constantFrom(-1, 1), (order, at, by) => {
      const index = at % order.lines.length;
      const line = order.lines[index] ?? expect.fail();
      const withLine = (changed: typeof line) => ({ ...order, lines: order.lines.with(index, changed) });
      const changes: readonly ShopOrder[] = [
        { ...order, total: { ...order.total, minor: order.total.minor + by } },
        withLine({ ...line, total: { ...line.total, minor: line.total.minor + by } }),
        withLine({ ...line, quantity: `1${line.quantity}` as Decimal }),
        withLine({ ...line, name: `${line.name}!` }),
        withLine({ ...line, taxes: [...line.taxes, { title: "New", rate: "1" as Decimal }] }),
        withLine({ ...line, taxes: [...line.taxes, { title: "New", rate: "2" as Decimal }] }),
        withLine({ ...line, taxes: [...line.taxes, { title: "Old", rate: "1" as Decimal }] }),
        { ...order, lines: order.lines.slice(1) },
        { ...order, lines: [...order.lines, line] },
        { ...order, language: "it-CH" },
        { ...order, shipping: { city: "Bern" } },
      ];
      const prints = [order, ...changes].map(toFingerprint);
      expect(new Set(prints).size).toBe(prints.length);
    }),
  );
});

test("a list is no object, and what is no number is kept as it is", () => {
  const values = [[], {}, ["a", "b"], ["ab"], { a: 1, b: 2 }, { a: "1", b: 2 }, { 0: "a", 1: "b" }];
  expect(new Set(values.map(toDigest)).size).toBe(values.length);
  // Digests are stored, so they stay what they are.
  expect(toDigest({ b: [1, "two"], a: { d: null, c: undefined } })).toBe(
    createHash("sha256").update('{"a":{"d":null},"b":[1,"two"]}').digest("hex"),
  );
});

test("a quantity that is no number is another one for each text", () => {
  const [order] = fc.sample(orders(), 1);
  if (order === undefined) expect.fail();
  const withQuantity = (quantity: string) => ({
    ...order,
    lines: order.lines.map((line) => ({ ...line, quantity: quantity as Decimal })),
  });
  const prints = ["many", "few", ""].map((quantity) => toFingerprint(withQuantity(quantity)));
  expect(new Set(prints).size).toBe(3);
});
