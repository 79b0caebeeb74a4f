import type { LineItem } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orders } from "../test/arbitrary-orders.ts";
import { type Books, book, everything, sequences, sumOf, toBooks, toParts } from "../test/part-sequences.ts";
import { read, reduce, reduceByAmount, round, toServiceLines } from "../test/service-lines.ts";
import { thrown } from "../test/thrown.ts";
import type { Currency, Decimal } from "./contract/ids.ts";
import type { LineAmount } from "./contract/order.ts";
import { currencyDigits } from "./currency-digits.ts";
import { toLineItems } from "./line-items.ts";
import { toMoney } from "./money.ts";
import { planRefund, type RefundBasis } from "./reductions.ts";
import type { ServiceLine } from "./remaining-lines.ts";

const francs = (amount: string) => toMoney(amount, "CHF");

function part(id: string, quantity: string, amount: string): LineAmount {
  return { id, quantity: quantity as Decimal, amount: francs(amount) };
}

function serviceLine(uniqueId: string, quantity: string, amount: string): LineItem {
  const [line] = toServiceLines([
    {
      uniqueId,
      type: "PRODUCT",
      name: `A ${uniqueId}`,
      quantity: quantity as Decimal,
      amountIncludingTax: amount as Decimal,
    },
  ]);
  return line ?? expect.fail();
}

function basis(remaining: string, lines: readonly ServiceLine[], more: Partial<RefundBasis> = {}): RefundBasis {
  return { lines, refunded: [], reduced: null, remaining: francs(remaining), ...more };
}

const rucksack = serviceLine("rucksack", "2", "119.80");
const post = serviceLine("post", "1", "7.00");
const coupon = serviceLine("coupon", "1", "-10.00");
const order = basis("116.80", [rucksack, post, coupon]);

describe("planRefund", () => {
  test.each([
    ["one of two", part("rucksack", "1", "59.90"), ["1", "0"]],
    ["both", part("rucksack", "2", "119.80"), ["2", "0"]],
    ["one of two and something", part("rucksack", "1", "60.00"), ["1", "0.1"]],
    ["one of two but for a handling fee", part("rucksack", "1", "50.00"), ["0", "25"]],
    ["both but for a handling fee", part("rucksack", "2", "100.00"), ["0", "50"]],
    ["a price reduction", part("rucksack", "0", "10.01"), ["0", "5.005"]],
    ["all of the money, one piece", part("rucksack", "1", "119.80"), ["1", "59.9"]],
  ])("says %s in the service's terms", (_, wanted, [quantityReduction, unitPriceReduction]) => {
    const plan = planRefund(basis("126.80", [rucksack, post]), { amount: wanted.amount, lines: [wanted] });
    expect(plan).toEqual({
      kind: "lines",
      amount: wanted.amount,
      reductions: [{ lineItemUniqueId: "rucksack", quantityReduction, unitPriceReduction }],
    });
  });

  test("takes a third of a price that has no end", () => {
    const lines = [serviceLine("a", "3", "10.00")];
    const plan = planRefund(basis("10", lines), { amount: francs("3.34"), lines: [part("a", "1", "3.34")] });
    expect(plan).toMatchObject({ reductions: [{ quantityReduction: "1", unitPriceReduction: "0.00333333" }] });
  });

  test("goes by amount where the service has no words for the lines", () => {
    const all = [part("rucksack", "2", "119.80"), part("post", "1", "7.00"), part("coupon", "1", "-10.00")];
    const byAmount = (amount: string) => ({ kind: "amount", amount: francs(amount) });
    expect(planRefund(order, { amount: "rest", lines: all })).toEqual(byAmount("116.80"));
    expect(planRefund(order, { amount: "rest", lines: null })).toEqual(byAmount("116.80"));
    expect(planRefund(order, { amount: francs("50"), lines: [part("post", "1", "7.00")] })).toEqual(byAmount("50"));
    const grains = basis("10", [serviceLine("grains", "90000000", "10.00")]);
    const oneUnit = { amount: francs("0.01"), lines: [part("grains", "0", "0.01")] };
    expect(planRefund(grains, oneUnit)).toEqual(byAmount("0.01"));
  });

  test("goes by amount where an earlier refund by amount left too little on the line", () => {
    const reduced = [serviceLine("rucksack", "2", "69.80"), post, coupon];
    const after = basis("66.80", order.lines, { reduced });
    expect(planRefund(after, { amount: francs("59.90"), lines: [part("rucksack", "1", "59.90")] })).toEqual({
      kind: "lines",
      amount: francs("59.90"),
      reductions: [{ lineItemUniqueId: "rucksack", quantityReduction: "1", unitPriceReduction: "25" }],
    });
    const whole = { ...after, reduced: [serviceLine("rucksack", "2", "59.80"), post] };
    const plan = planRefund(whole, { amount: francs("60.00"), lines: [part("rucksack", "1", "60.00")] });
    expect(plan).toEqual({ kind: "amount", amount: francs("60.00") });
  });

  test("goes by amount where it does not know the lines that the service computes on", () => {
    const wanted = { amount: francs("7.00"), lines: [part("post", "1", "7.00")] };
    expect(planRefund(order, wanted).kind).toBe("lines");
    expect(planRefund({ ...order, remaining: francs("100") }, wanted).kind).toBe("amount");
    expect(planRefund({ ...order, reduced: [rucksack, post] }, wanted).kind).toBe("amount");
    expect(planRefund({ ...order, reduced: [serviceLine("rucksack", "2", "116.80")] }, wanted).kind).toBe("amount");
    const priceOnly = [{ ...post, quantity: "0" as Decimal }, serviceLine("rucksack", "2", "109.80")];
    expect(planRefund({ ...order, reduced: priceOnly }, wanted).kind).toBe("amount");
  });

  test("reduces only the price where the service has fewer pieces left than the shop", () => {
    const reduced = [serviceLine("rucksack", "1", "119.80"), post, coupon];
    const wanted = { amount: francs("20.00"), lines: [part("rucksack", "2", "20.00")] };
    expect(planRefund({ ...order, reduced }, wanted)).toMatchObject({
      reductions: [{ quantityReduction: "0", unitPriceReduction: "20" }],
    });
  });

  test("sends nothing for free goods", () => {
    const lines = [rucksack, serviceLine("gift", "1", "0")];
    const wanted = [part("rucksack", "1", "59.90"), part("gift", "1", "0")];
    const plan = planRefund(basis("119.80", lines), { amount: francs("59.90"), lines: wanted });
    expect(plan).toMatchObject({ kind: "lines", reductions: [{ lineItemUniqueId: "rucksack" }] });
  });

  test.each([
    [
      "more of the amount",
      [part("rucksack", "1", "119.81")],
      "exceedsAmount",
      "2 for 119.80 left, asked for: 1 for 119.81",
    ],
    ["more pieces", [part("rucksack", "3", "59.90")], "exceedsAmount", "2 for 119.80 left"],
    ["more of a discount", [part("coupon", "1", "-10.01")], "exceedsAmount", "1 for -10.00 left"],
    ["a discount the wrong way round", [part("coupon", "1", "10.00")], "exceedsAmount", "1 for -10.00 left"],
    ["a price increase", [part("rucksack", "1", "-1.00")], "exceedsAmount", "2 for 119.80 left"],
    ["an unknown line", [part("hat", "1", "1.00")], "invalidRequest", '"hat" is not a line of this payment'],
    ["a negative quantity", [part("post", "-1", "1.00")], "invalidRequest", 'has the quantity "-1"'],
    ["no quantity", [part("post", "one", "1.00")], "invalidRequest", 'has the quantity "one"'],
    ["a line twice", [part("post", "0", "1.00"), part("post", "0", "1.00")], "invalidRequest", "is named twice"],
    ["euros", [{ ...part("post", "0", "1.00"), amount: toMoney("1", "EUR") }], "invalidRequest", "is wanted in EUR"],
  ])("refuses %s and names the line", (_, lines, code, message) => {
    const plan = planRefund(order, { amount: francs("1.00"), lines });
    expect(plan).toMatchObject({ kind: "refused", refusals: [{ code, line: { id: lines[0]?.id } }] });
    expect(plan.kind === "refused" && plan.refusals[0]?.message).toContain(message);
  });

  test.each([
    [order, francs("116.81"), "exceedsAmount", "116.80 CHF are left to refund, asked for: 116.81 CHF."],
    [basis("0", [post]), "rest" as const, "exceedsAmount", "Nothing is left to refund."],
    [order, francs("0"), "invalidRequest", "A refund of 0.00 CHF is not possible."],
    [order, francs("-1"), "invalidRequest", "A refund of -1.00 CHF is not possible."],
    [order, toMoney("1", "EUR"), "invalidRequest", "A refund in EUR of a payment in CHF is not possible."],
  ])("refuses a whole that is not possible", (of, amount, code, message) => {
    const refusals = [{ code, line: null, left: null, message }];
    expect(planRefund(of, { amount, lines: null })).toEqual({ kind: "refused", refusals });
  });

  test("does not forget what was refunded before", () => {
    const once = basis("56.90", [rucksack, post, coupon], { refunded: [part("rucksack", "1", "59.90")] });
    const again = { amount: francs("59.91"), lines: [part("rucksack", "1", "59.91")] };
    expect(planRefund({ ...once, remaining: francs("100") }, again)).toMatchObject({
      refusals: [{ code: "exceedsAmount", left: { quantity: "1", amount: francs("59.90") } }],
    });
    const tooMuch = { ...once, refunded: [part("rucksack", "9", "500.00")] };
    expect(planRefund(tooMuch, { amount: francs("0.01"), lines: [part("rucksack", "0", "0.01")] })).toMatchObject({
      refusals: [{ code: "exceedsAmount", left: { quantity: "0", amount: francs("0") } }],
    });
  });

  test("says so when the service's lines make no sense", () => {
    for (const unreadable of [{ quantity: "many" as Decimal }, { amountIncludingTax: "much" as Decimal }]) {
      const odd = basis("1", [{ ...post, ...unreadable }]);
      expect(thrown(() => planRefund(odd, { amount: "rest", lines: null })).code).toBe("unknownState");
    }
    const other = basis("1", [post], { refunded: [part("hat", "1", "1.00")] });
    expect(thrown(() => planRefund(other, { amount: "rest", lines: null })).code).toBe("unknownState");
  });
});

describe("any sequence of refunds", () => {
  /** A service that computes with eight decimals, and a shop that keeps its own books. */
  interface World {
    readonly currency: Currency;
    readonly bought: readonly LineItem[];
    readonly reduced: readonly LineItem[];
    readonly books: Books;
    readonly refunded: readonly LineAmount[];
    readonly remaining: number;
    readonly kinds: readonly string[];
  }

  function refund(world: World, amount: number | "rest", lines: readonly LineAmount[] | null, reads: boolean): World {
    const { currency, remaining } = world;
    const unit = 10n ** BigInt(8 - (currencyDigits.get(currency) ?? 0));
    const plan = planRefund(
      {
        lines: world.bought,
        refunded: world.refunded,
        reduced: reads ? world.reduced : null,
        remaining: { minor: remaining, currency },
      },
      { amount: amount === "rest" ? amount : { minor: amount, currency }, lines },
    );
    const wanted = amount === "rest" ? remaining : amount;
    if (wanted <= 0 || wanted > remaining) {
      expect(plan.kind).toBe("refused");
      return world;
    }
    if (plan.kind === "refused") return expect.fail(plan.refusals.map(({ message }) => message).join(" "));
    expect(plan.amount).toEqual({ minor: wanted, currency });
    const after =
      plan.kind === "amount"
        ? { amount: BigInt(wanted) * unit, reduced: reduceByAmount(world.reduced, BigInt(wanted) * unit) }
        : reduce(world.reduced, plan.reductions);
    expect(round(after.amount, unit)).toBe(BigInt(wanted));
    for (const { quantityReduction, unitPriceReduction } of plan.kind === "lines" ? plan.reductions : []) {
      expect(read(quantityReduction)).toBeGreaterThanOrEqual(0n);
      expect(read(unitPriceReduction)).toBeGreaterThanOrEqual(0n);
    }
    return {
      ...world,
      reduced: after.reduced,
      books: book(world.books, lines ?? []),
      refunded: [...world.refunded, ...(lines ?? [])],
      remaining: remaining - wanted,
      kinds: [...world.kinds, plan.kind],
    };
  }

  function start(shopOrder: Parameters<typeof toLineItems>[0]): World {
    const bought = toServiceLines(toLineItems(shopOrder));
    const { currency, minor } = shopOrder.total;
    return {
      currency,
      bought,
      reduced: bought,
      books: toBooks(bought, currency),
      refunded: [],
      remaining: minor,
      kinds: [],
    };
  }

  test("takes what is asked for, never more than there is, and ends at zero", () => {
    const shops = orders({ payable: true });
    fc.assert(
      fc.property(shops, sequences, (shopOrder, sequence) => {
        let world = start(shopOrder);
        for (const wishes of sequence) {
          const lines = toParts(world.books, wishes, world.currency);
          world = refund(world, sumOf(lines), lines, true);
        }
        world = refund(world, "rest", null, true);
        expect(world.remaining).toBe(0);
        expect(refund(world, "rest", null, true)).toBe(world);
      }),
      { numRuns: 400 },
    );
  });

  test("by line alone ends with nothing left of any line", () => {
    const shops = orders({ modes: ["gross"], payable: true }).filter(({ lines }) =>
      lines.every(({ total }) => total.minor >= 0),
    );
    fc.assert(
      fc.property(shops, sequences, fc.boolean(), (shopOrder, sequence, reads) => {
        let world = start(shopOrder);
        for (const wishes of [...sequence, everything]) {
          const lines = toParts(world.books, wishes, world.currency);
          world = refund(world, sumOf(lines), lines, reads);
        }
        expect(world.remaining).toBe(0);
        expect([...world.books.values()].filter(({ minor }) => minor !== 0)).toEqual([]);
        if (reads) expect(world.kinds).not.toContain("amount");
      }),
      { numRuns: 400 },
    );
  });

  test("refuses one unit more than is left of a line", () => {
    fc.assert(
      fc.property(orders({ payable: true }), sequences, fc.nat(20), (shopOrder, sequence, at) => {
        let world = start(shopOrder);
        for (const wishes of sequence) {
          const lines = toParts(world.books, wishes, world.currency);
          world = refund(world, sumOf(lines), lines, true);
        }
        const all = [...world.books];
        const [id, left] = all[at % all.length] ?? expect.fail();
        const minor = left.minor + (left.minor < 0 ? -1 : 1);
        const wanted = { id, quantity: "0" as Decimal, amount: { minor, currency: world.currency } };
        const plan = planRefund(
          {
            lines: world.bought,
            refunded: world.refunded,
            reduced: world.reduced,
            remaining: { minor: 10 ** 12, currency: world.currency },
          },
          { amount: { minor: 10 ** 11, currency: world.currency }, lines: [wanted] },
        );
        expect(plan).toMatchObject({ kind: "refused", refusals: [{ code: "exceedsAmount", line: { id } }] });
      }),
    );
  });
});
