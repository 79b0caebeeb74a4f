import type { Operation, Payment } from "@checkout-plugins/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toChf } from "./money.ts";
import type { Order } from "./orders.ts";
import { amountOf, toPossible } from "./possible.ts";
import type { OrderLine } from "./prices.ts";
import { toPayment } from "./testing.ts";
import { parseAmount, readWish } from "./wishes.ts";

const mugs: OrderLine = {
  id: "enamel-mug",
  type: "product",
  name: "Mug",
  product: "enamel-mug",
  sku: null,
  quantity: 2,
  total: 4800,
  vat: "8.1",
};
const shipping: OrderLine = { ...mugs, id: "shipping-8.1", type: "shipping", product: null, quantity: 1, total: 700 };

function orderWith(changes: Parameters<typeof toPayment>[1] | null): Order {
  const payment = changes === null ? null : toPayment("order-1", changes);
  return { id: "order-1", lines: [mugs, shipping], total: 5500, payment } as unknown as Order;
}
const operation = (some: Partial<Operation>): Operation => ({ lines: null, state: "successful", ...some }) as Operation;
const authorized = { standing: "authorized", state: "authorized", completed: toChf(0) } as const;

describe("toPossible", () => {
  const nothing = { complete: null, void: null, refund: null, review: false };
  const left = (rest: number) => ({ rest, lines: [{ pieces: 2 }, { pieces: 1 }], isOneOpen: false });
  it.each([
    ["an order that nobody has begun to pay", null, nothing],
    ["an open one", { standing: "open", state: "confirmed", completed: toChf(0) }, { ...nothing, void: "cancel" }],
    ["one being asked", { standing: "open", state: "processing", completed: toChf(0) }, nothing],
    ["a cancelled one", { standing: "open", state: "confirmed", abandoned: true, completed: toChf(0) }, nothing],
    ["a reservation", authorized, { ...nothing, complete: left(5500), void: "release" }],
    ["a paid one", {}, { ...nothing, refund: left(5500) }],
    ["one paid back in part", { refunded: toChf(1500) }, { ...nothing, refund: left(4000) }],
    ["one paid back", { refunded: toChf(5500) }, nothing],
    ["goods that must not go out", { standing: "declined" }, { ...nothing, refund: left(5500) }],
    [
      "one to be reviewed",
      { review: { state: "open", decideBy: null } },
      { ...nothing, refund: left(5500), review: true },
    ],
  ] as const)("offers for %s what can be done", (_name, changes, expected) => {
    expect(toPossible(orderWith(changes as Parameters<typeof toPayment>[1]))).toMatchObject(expected);
  });

  it("counts what is on its way as gone", () => {
    const lines = [{ id: "enamel-mug", quantity: "1" as never, amount: toChf(2400) }];
    const operations = [
      operation({ kind: "refund", state: "pending", amount: toChf(2400), lines }),
      operation({ kind: "refund", state: "failed", amount: toChf(700) }),
    ];
    expect(toPossible(orderWith({ operations })).refund).toEqual({
      rest: 3100,
      lines: [
        { line: mugs, pieces: 1 },
        { line: shipping, pieces: 1 },
      ],
      isOneOpen: true,
    });
  });

  it("releases no reservation of which a part is charged, or while one is being released", () => {
    expect(toPossible(orderWith({ ...authorized, completed: toChf(700) })).void).toBeNull();
    const voiding = orderWith({ ...authorized, operations: [operation({ kind: "void", state: "pending" })] });
    expect(toPossible(voiding)).toMatchObject({ void: null, complete: null });
  });

  it("pays back no line that was not charged", () => {
    const lines = [{ id: "enamel-mug", quantity: "1" as never, amount: toChf(2400) }];
    const operations = [operation({ kind: "completion", amount: toChf(2400), lines })];
    const possible = toPossible(orderWith({ completed: toChf(2400), operations }));
    expect(possible.refund).toMatchObject({ rest: 2400, lines: [{ line: { id: "enamel-mug" }, pieces: 1 }] });
  });
});

describe("amountOf", () => {
  it("makes the parts of a line add up to the line", () => {
    const total = fc.integer({ min: -99_999, max: 99_999 });
    const cuts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 });
    fc.assert(
      fc.property(total, cuts, (whole, parts) => {
        const quantity = parts.reduce((sum, part) => sum + part, 0);
        const line = { ...mugs, quantity, total: whole };
        let left = quantity;
        let sum = 0;
        for (const part of parts) {
          sum += amountOf({ line, pieces: left }, part);
          left -= part;
        }
        expect(sum).toBe(whole);
      }),
    );
  });
});

describe("readWish", () => {
  const paid = orderWith({});
  const reserved = orderWith(authorized);

  it("refunds all, lines or an amount", () => {
    const base = { kind: "refund", reference: "order-1", shopKey: "k", heldKeys: "all", offline: false };
    expect(readWish(paid, "refund", { key: "k", part: "all", reason: " wrong size " })).toEqual({
      wish: { ...base, amount: "rest", lines: null, reason: "wrong size" },
    });
    const byLine = { key: "k", part: "lines", "pieces.enamel-mug": "1", "pieces.shipping-8.1": "0" };
    const lines = [{ id: "enamel-mug", quantity: "1", amount: toChf(2400) }];
    expect(readWish(paid, "refund", byLine)).toEqual({ wish: { ...base, amount: toChf(2400), lines, reason: null } });
    expect(readWish(paid, "refund", { key: "k", part: "amount", amount: "12,50" })).toMatchObject({
      wish: { amount: toChf(1250), lines: null },
    });
  });

  it("completes all at once, or a part, after which more may follow or not", () => {
    expect(readWish(reserved, "complete", { key: "k", part: "all" })).toMatchObject({
      wish: { amount: "rest", last: true },
    });
    const part = { key: "k", part: "lines", "pieces.enamel-mug": "2" };
    expect(readWish(reserved, "complete", part)).toMatchObject({ wish: { amount: toChf(4800), last: "whenWhole" } });
    expect(readWish(reserved, "complete", { ...part, last: "yes" })).toMatchObject({ wish: { last: true } });
  });

  it("voids and reviews", () => {
    expect(readWish(reserved, "void", { key: "k" })).toMatchObject({ wish: { kind: "void", whenCompleted: "refuse" } });
    const open = orderWith({ review: { state: "open", decideBy: null } as Payment["review"] });
    const decided = readWish(open, "review", { key: "k", decision: "suitable" });
    expect(decided).toMatchObject({ wish: { kind: "review", decision: "suitable" } });
  });

  it.each([
    ["complete", { part: "all" }, "notPossible"],
    ["void", {}, "notPossible"],
    ["review", { decision: "suitable" }, "notPossible"],
    ["refund", { part: "lines" }, "nothingChosen"],
    ["refund", { part: "lines", "pieces.enamel-mug": "-1" }, "nothingChosen"],
    ["refund", { part: "amount", amount: "much" }, "notAnAmount"],
    ["refund", { part: "amount", amount: "0" }, "notAnAmount"],
    ["refund", { part: "amount", amount: "55.01" }, "tooMuch"],
    ["refund", {}, "nothingChosen"],
  ] as const)("does not ask for a %s of %j: %s", (kind, form, mistake) => {
    expect(readWish(paid, kind, { key: "k", ...form })).toEqual({ mistake });
  });

  it("asks for no more pieces than are left, and for nothing without a key", () => {
    expect(readWish(paid, "refund", { key: "k", part: "lines", "pieces.enamel-mug": "99" })).toMatchObject({
      wish: { amount: toChf(4800) },
    });
    expect(readWish(paid, "refund", { part: "all" })).toEqual({ mistake: "notPossible" });
  });
});

describe("parseAmount", () => {
  it.each([
    ["12.50", 1250],
    ["12,5", 1250],
    ["1’200", 120000],
    ["CHF 007.00", 700],
    ["12.505", null],
    ["-1", null],
    ["1e3", null],
    ["", null],
  ])("reads %j as %j", (typed, rappen) => {
    expect(parseAmount(typed)).toBe(rappen);
  });
});
