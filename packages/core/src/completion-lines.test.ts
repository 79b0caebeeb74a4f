import type { LineItem } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orders } from "../test/arbitrary-orders.ts";
import { type Books, book, sequences, sumOf, toBooks, toParts } from "../test/part-sequences.ts";
import { read, toServiceLines } from "../test/service-lines.ts";
import { type CompletionBasis, type CompletionPlan, planCompletion } from "./completion-lines.ts";
import type { Currency, Decimal } from "./contract/ids.ts";
import type { LineAmount } from "./contract/order.ts";
import { toLineItems } from "./line-items.ts";
import { toCurrency, toMoney } from "./money.ts";

const francs = (amount: string) => toMoney(amount, "CHF");

function part(id: string, quantity: string, amount: string): LineAmount {
  return { id, quantity: quantity as Decimal, amount: francs(amount) };
}

function serviceLine(uniqueId: string, quantity: string, amount: string): LineItem {
  const create = { uniqueId, type: "PRODUCT", name: `A ${uniqueId}` } as const;
  const [line] = toServiceLines([{ ...create, quantity: quantity as Decimal, amountIncludingTax: amount as Decimal }]);
  return line ?? expect.fail();
}

const order: CompletionBasis = {
  currency: toCurrency("CHF"),
  lines: [
    serviceLine("rucksack", "2", "119.80"),
    serviceLine("gift", "1", "0.00"),
    serviceLine("post", "1", "7.00"),
    serviceLine("coupon", "1", "-10.00"),
  ],
  completed: [],
};

function linesOf(plan: CompletionPlan): readonly (readonly string[])[] {
  if (plan.kind === "refused") return expect.fail(plan.refusals.map(({ message }) => message).join(" "));
  return plan.lines.map(({ uniqueId, quantity, amount }) => [uniqueId, quantity, amount]);
}

describe("planCompletion", () => {
  test("takes everything that is left", () => {
    const plan = planCompletion(order, { amount: "rest", lines: null, last: true });
    expect(plan).toMatchObject({ kind: "lines", amount: francs("116.80"), remaining: francs("0") });
    expect(linesOf(plan)).toEqual([
      ["rucksack", "2", "119.80"],
      ["gift", "1", "0.00"],
      ["post", "1", "7.00"],
      ["coupon", "1", "-10.00"],
    ]);
  });

  test("takes the wanted lines, and then what is left of all", () => {
    const first = [part("rucksack", "1", "59.90"), part("gift", "1", "0"), part("coupon", "1", "-10")];
    const plan = planCompletion(order, { amount: francs("49.90"), lines: first, last: false });
    expect(plan).toMatchObject({ amount: francs("49.90"), remaining: francs("66.90") });
    expect(linesOf(plan)).toEqual([
      ["rucksack", "1", "59.90"],
      ["gift", "1", "0.00"],
      ["coupon", "1", "-10.00"],
    ]);
    const rest = planCompletion({ ...order, completed: first }, { amount: "rest", lines: null, last: true });
    expect(linesOf(rest)).toEqual([
      ["rucksack", "1", "59.90"],
      ["post", "1", "7.00"],
    ]);
  });

  test("spreads an amount over all lines, discounts too", () => {
    const half = planCompletion(order, { amount: francs("58.40"), lines: null, last: false });
    expect(linesOf(half)).toEqual([
      ["rucksack", "1", "59.90"],
      ["post", "0.5", "3.50"],
      ["coupon", "0.5", "-5.00"],
    ]);
    const third = { currency: toCurrency("JPY"), completed: [] };
    const yen = ["a", "b", "c"].map((id) => serviceLine(id, "1", "1"));
    expect(
      linesOf(planCompletion({ ...third, lines: yen }, { amount: toMoney("2", "JPY"), lines: null, last: false })),
    ).toEqual([
      ["a", "1", "1"],
      ["b", "1", "1"],
    ]);
  });

  test.each([
    [false, "1.66944908"],
    [true, "2"],
  ])("keeps a quantity for the rest of the amount unless it is the last: %s", (last, quantity) => {
    const plan = planCompletion(order, { amount: francs("100"), lines: [part("rucksack", "2", "100")], last });
    expect(linesOf(plan)).toEqual([["rucksack", quantity, "100.00"]]);
  });

  test("is the last where nothing remains, and takes the quantities as wanted", () => {
    const lines = [part("rucksack", "2", "109.80"), part("post", "1", "7")];
    const plan = planCompletion(order, { amount: francs("116.80"), lines, last: false });
    expect(plan).toMatchObject({ remaining: francs("0"), last: true });
    expect(linesOf(plan)).toEqual([
      ["rucksack", "2", "109.80"],
      ["post", "1", "7.00"],
    ]);
  });

  test("gives an amount without a quantity its share of the quantity", () => {
    const plan = planCompletion(order, {
      amount: francs("59.90"),
      lines: [part("rucksack", "0", "59.90")],
      last: true,
    });
    expect(linesOf(plan)).toEqual([["rucksack", "1", "59.90"]]);
    const whole = planCompletion(order, { amount: francs("7"), lines: [part("post", "0", "7")], last: false });
    expect(linesOf(whole)).toEqual([["post", "1", "7.00"]]);
  });

  test.each([
    ["0.00000002", "0.01", "0.00000001"],
    ["0.00000002", "9.99", "0.00000001"],
    ["0.00000001", "5.00", "0.00000001"],
  ])("sends a quantity above 0, and leaves one where it can: of %s for %s", (quantity, amount, sent) => {
    const grain = { ...order, lines: [serviceLine("grain", quantity, "10.00")] };
    expect(linesOf(planCompletion(grain, { amount: francs(amount), lines: null, last: false }))).toEqual([
      ["grain", sent, amount],
    ]);
  });

  test.each([
    ["more of a line", "rest", [part("rucksack", "2", "119.81")], "exceedsAmount", "rucksack"],
    ["more pieces of a line", "rest", [part("post", "2", "7")], "exceedsAmount", "post"],
    ["an unknown line", "rest", [part("hat", "1", "7")], "invalidRequest", "hat"],
    ["more than is left", francs("116.81"), null, "exceedsAmount", undefined],
    ["all products, of which the discount is due", francs("126.80"), null, "exceedsAmount", undefined],
    ["nothing", francs("0"), null, "invalidRequest", undefined],
    ["another currency", toMoney("1", "EUR"), null, "invalidRequest", undefined],
    ["lines of another amount", francs("7.01"), [part("post", "1", "7")], "invalidRequest", undefined],
  ] as const)("refuses %s", (_, amount, lines, code, line) => {
    const plan = planCompletion(order, { amount, lines, last: false });
    expect(plan.kind).toBe("refused");
    const first = plan.kind === "refused" ? plan.refusals[0] : undefined;
    expect([first?.code, first?.line?.id]).toEqual([code, line]);
  });

  test("refuses what is complete", () => {
    const completed = [part("rucksack", "2", "109.80"), part("post", "1", "7")];
    const plan = planCompletion({ ...order, completed }, { amount: "rest", lines: null, last: true });
    expect(plan).toMatchObject({ kind: "refused", refusals: [{ message: "Nothing is left to complete." }] });
  });
});

describe("any sequence of completions", () => {
  /** A service that adds up the lines it is sent. */
  interface World {
    readonly currency: Currency;
    readonly lines: readonly LineItem[];
    readonly books: Books;
    readonly completed: readonly LineAmount[];
    readonly left: number;
  }

  function complete(world: World, amount: number | "rest", lines: readonly LineAmount[] | null): World {
    const { currency, left } = world;
    const money = amount === "rest" ? amount : { minor: amount, currency };
    const wanted = amount === "rest" ? left : amount;
    const plan = planCompletion(world, { amount: money, lines, last: false });
    if (wanted <= 0 || wanted > left) {
      expect(plan.kind).toBe("refused");
      return world;
    }
    if (plan.kind === "refused") return expect.fail(plan.refusals.map(({ message }) => message).join(" "));
    const sent = plan.lines.map((line) => ({
      id: line.uniqueId,
      quantity: line.quantity,
      amount: toMoney(line.amount, currency),
    }));
    expect(sumOf(sent)).toBe(wanted);
    expect(plan.remaining).toEqual({ minor: left - wanted, currency });
    for (const { quantity } of sent) expect(read(quantity)).toBeGreaterThan(0n);
    const books = book(world.books, sent);
    for (const [id, line] of books) {
      const before = world.books.get(id)?.minor ?? 0;
      expect(Math.abs(line.minor)).toBeLessThanOrEqual(Math.abs(before));
      expect(line.minor * before).toBeGreaterThanOrEqual(0);
      expect(line.quantity).toBeGreaterThanOrEqual(line.minor === 0 || plan.last ? 0n : 1n);
    }
    return { ...world, books, completed: [...world.completed, ...sent], left: left - wanted };
  }

  test("takes what is asked for, never more than there is, and ends with nothing left", () => {
    fc.assert(
      fc.property(orders({ payable: true }), sequences, fc.boolean(), (shopOrder, sequence, byLine) => {
        const lines = toServiceLines(toLineItems(shopOrder));
        const { currency, minor } = shopOrder.total;
        let world: World = { currency, lines, books: toBooks(lines, currency), completed: [], left: minor };
        for (const wishes of sequence) {
          const parts = toParts(world.books, wishes, currency);
          const amount = byLine ? sumOf(parts) : Math.trunc((world.left * (wishes[0]?.share ?? 0)) / 1000);
          world = complete(world, amount, byLine ? parts : null);
        }
        const isComplete = world.left === 0;
        world = complete(world, "rest", null);
        expect(world.left).toBe(0);
        if (!isComplete)
          expect([...world.books.values()].filter((line) => line.minor !== 0 || line.quantity !== 0n)).toEqual([]);
        expect(complete(world, "rest", null)).toBe(world);
      }),
      { numRuns: 400 },
    );
  });
});
