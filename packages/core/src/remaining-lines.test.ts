import type { Decimal } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Currency, LineAmount, Money } from "./contract/index.ts";
import { findRefusals, refuseWhole, type ServiceLine, toRemainingLines, totalOf } from "./remaining-lines.ts";
import { chf } from "./testing/rows.ts";

const line = (uniqueId: string, quantity: string, amount: string, name: string | null = "Mug"): ServiceLine => ({
  uniqueId,
  ...(name !== null && { name }),
  quantity: quantity as Decimal,
  amountIncludingTax: amount as Decimal,
});
const part = (id: string, quantity: string, amount: Money): LineAmount => ({
  id,
  quantity: quantity as Decimal,
  amount,
});
const francs = "CHF" as Currency;
const left = (lines: readonly ServiceLine[], taken: readonly LineAmount[]) =>
  toRemainingLines(lines, taken, francs).map(({ id, quantity, amount }) => [id, quantity, amount.minor]);
const tick = 100_000_000n;

describe("what is left of lines", () => {
  it("is all of them, in their order, where nothing was taken", () => {
    expect(left([line("b", "2", "10.00"), line("a", "0.5", "-3.00")], [])).toEqual([
      ["b", 2n * tick, 1000],
      ["a", tick / 2n, -300],
    ]);
  });

  it("is less by each part, however often a line is named", () => {
    const taken = [part("a", "1", chf(400)), part("a", "0.25", chf(100))];
    expect(left([line("a", "2", "10.00"), line("b", "1", "1.00")], taken)).toEqual([
      ["a", (3n * tick) / 4n, 500],
      ["b", tick, 100],
    ]);
  });

  it("is nothing where all was taken, or more in ways nobody planned", () => {
    expect(left([line("a", "2", "10.00")], [part("a", "2", chf(1000))])).toEqual([["a", 0n, 0]]);
    expect(left([line("a", "2", "10.00")], [part("a", "3", chf(1000))])).toEqual([["a", 0n, 0]]);
    expect(left([line("a", "2", "10.00")], [part("a", "1", chf(1001))])).toEqual([["a", tick, 0]]);
    expect(left([line("a", "2", "10.00")], [part("a", "1", chf(-1))])).toEqual([["a", tick, 0]]);
  });

  it("is read in the currency's digits, by the line's id where it has no name", () => {
    const [yen] = toRemainingLines([line("a", "1", "4999", null)], [], "JPY" as Currency);
    expect(yen).toEqual({ id: "a", name: "a", quantity: tick, amount: { minor: 4999, currency: "JPY" } });
    expect(toRemainingLines([line("a", "1", "1.234", "Dates")], [], "KWD" as Currency)).toMatchObject([
      { name: "Dates", amount: { minor: 1234 } },
    ]);
  });

  it.each([
    ["a part of no line", [line("a", "1", "1.00")], [part("b", "1", chf(1))], 'Quantity "1" was taken of the line "b"'],
    ["a part without a number", [line("a", "1", "1.00")], [part("a", "all", chf(1))], 'Quantity "all" was taken'],
    ["a quantity that is none", [line("a", "many", "1.00")], [], 'The line "a" has the quantity "many" and amount'],
    ["an amount that is none", [line("a", "1", "free")], [], 'amount "free"'],
  ])("is not guessed from %s", (_what, lines, taken, message) => {
    const read = () => toRemainingLines(lines, taken, francs);
    expect(read).toThrow(expect.objectContaining({ code: "unknownState" }));
    expect(read).toThrow(message);
  });

  it("is not guessed in a currency whose digits nobody knows", () => {
    expect(() => toRemainingLines([line("a", "1", "1.00")], [], "XXQ" as Currency)).toThrow('The line "a"');
  });
});

describe("wanted parts", () => {
  const lines = toRemainingLines([line("a", "2", "10.00"), line("off", "1", "-4.00", "Coupon")], [], francs);
  const euros = { minor: 100, currency: "EUR" as Currency };

  it.each([
    ["all of a line", [part("a", "2", chf(1000))]],
    ["nothing of a line", [part("a", "0", chf(0))]],
    ["a price alone", [part("a", "0", chf(1))]],
    ["all of a discount", [part("off", "1", chf(-400))]],
    ["none of a discount", [part("off", "0", chf(0))]],
    ["parts of both", [part("a", "0.5", chf(250)), part("off", "1", chf(-1))]],
  ])("may be %s", (_what, wanted) => {
    expect(findRefusals(lines, wanted)).toEqual([]);
  });

  it.each([
    ["more pieces than are left", part("a", "2.5", chf(1000))],
    ["more than its amount", part("a", "2", chf(1001))],
    ["less than nothing", part("a", "1", chf(-1))],
    ["more than a discount", part("off", "1", chf(-401))],
    ["money for a discount", part("off", "1", chf(1))],
  ])("may not be %s", (_what, wanted) => {
    const [refusal, ...others] = findRefusals(lines, [wanted]);
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ code: "exceedsAmount", line: { id: wanted.id } });
    const [name, have] = wanted.id === "a" ? ["Mug", "2 for 10.00"] : ["Coupon", "1 for -4.00"];
    expect(refusal?.message).toContain(`The line "${wanted.id}" (${name}) has ${have} left, asked for: `);
    expect(refusal?.left).toEqual(
      wanted.id === "a" ? { quantity: "2", amount: chf(1000) } : { quantity: "1", amount: chf(-400) },
    );
  });

  it.each([
    ["of another line", [part("c", "1", chf(1))], 'The line "c" is not a line of this payment.', "c"],
    ["without a quantity", [part("a", "some", chf(1))], 'The line "a" (Mug) has the quantity "some": give', "Mug"],
    ["of less than no piece", [part("a", "-1", chf(1))], 'has the quantity "-1": give a decimal of at least 0', "Mug"],
    ["of half a Rappen", [part("a", "1", chf(0.5))], "has 0.5 minor units: give a whole number", "Mug"],
    ["in other money", [part("a", "1", euros)], "is wanted in EUR: the payment is in CHF", "Mug"],
  ])("may not be one %s", (_what, wanted, message, name) => {
    const refusals = findRefusals(lines, wanted);
    expect(refusals).toMatchObject([{ code: "invalidRequest", left: null, line: { name } }]);
    expect(refusals[0]?.message).toContain(message);
  });

  it("may name a line once; each mistake is told", () => {
    const wanted = [part("a", "1", chf(100)), part("a", "1", chf(100)), part("c", "1", chf(1))];
    expect(findRefusals(lines, wanted).map(({ message }) => message)).toEqual([
      'The line "a" (Mug) is named twice: give each line once, with its whole quantity and amount.',
      'The line "c" is not a line of this payment.',
    ]);
  });
});

it("adds parts up, and refuses the whole where no single line is the reason", () => {
  expect(totalOf([part("a", "1", chf(100)), part("b", "1", chf(-30))], francs)).toEqual(chf(70));
  expect(totalOf([], francs)).toEqual(chf(0));
  expect(refuseWhole("exceedsAmount", "Too much.")).toEqual({
    code: "exceedsAmount",
    line: null,
    left: null,
    message: "Too much.",
  });
});
