import type { Operation, Payment, Standing } from "@checkout-plugins/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toChf } from "../money.ts";
import type { Order } from "../orders.ts";
import { toPayment } from "../testing.ts";
import { showPayment } from "./show-payment.ts";

const order: Order = {
  id: "order-1",
  number: "BF-10001",
  on: "2026-02-03T09:00:00.000Z" as Order["on"],
  language: "de",
  customer: null,
  lines: [],
  total: 5500,
  shipping: "economy",
  billing: { email: "anna@example.ch" },
  delivery: null,
  payment: null,
  stockTaken: false,
  mailed: [],
  requests: [],
};
const pay = (changes: Parameters<typeof toPayment>[1]): Payment => toPayment(order.id, changes);
const refund = (key: string, state: Operation["state"], minor = 1000): Operation =>
  ({ key, kind: "refund", state, amount: toChf(minor) }) as unknown as Operation;

describe("showPayment", () => {
  const fresh: Record<Standing, readonly ["take" | "putBack" | "keep", readonly string[]]> = {
    open: ["keep", []],
    authorized: ["take", ["confirmed"]],
    paid: ["take", ["confirmed"]],
    failed: ["keep", []],
    voided: ["keep", ["cancelled"]],
    declined: ["keep", []],
    held: ["keep", []],
  };
  it.each(Object.entries(fresh))("shows %s", (standing, [stock, mails]) => {
    const payment = pay({ standing: standing as Standing });
    const showing = showPayment(order, payment);
    expect(showing).toMatchObject({ isChanged: true, revision: 1, stock });
    expect(showing.order.payment).toBe(payment);
    expect(showing.mails.map((mail) => mail.kind)).toEqual(mails);
  });

  const afterPaid: Record<Standing, "take" | "putBack" | "keep"> = {
    open: "keep",
    authorized: "keep",
    paid: "keep",
    failed: "putBack",
    voided: "putBack",
    declined: "putBack",
    held: "keep",
  };
  it.each(Object.entries(afterPaid))("turns the stock of a paid order when it becomes %s: %s", (standing, stock) => {
    const paid = showPayment(order, pay({})).order;
    expect(showPayment(paid, pay({ revision: 2, standing: standing as Standing })).stock).toBe(stock);
  });

  it("changes nothing when the same payment comes again", () => {
    const paid = showPayment(order, pay({ revision: 4 })).order;
    const again = showPayment(paid, pay({ revision: 4 }));
    expect(again).toEqual({ isChanged: false, revision: 4, order: paid, stock: "keep", mails: [] });
  });

  it("refuses a lower revision, whatever it says", () => {
    const paid = showPayment(order, pay({ revision: 4 })).order;
    const late = showPayment(paid, pay({ revision: 3, standing: "failed", operations: [refund("r", "successful")] }));
    expect(late).toEqual({ isChanged: false, revision: 4, order: paid, stock: "keep", mails: [] });
  });

  it("writes of each refund once, by its key, and only when it succeeded", () => {
    const first = showPayment(order, pay({ operations: [refund("a", "pending"), refund("b", "successful", 500)] }));
    expect(first.mails.map((mail) => [mail.kind, mail.amount?.minor])).toEqual([
      ["confirmed", undefined],
      ["refunded", 500],
    ]);
    const operations = [refund("a", "successful"), refund("b", "successful", 500), refund("c", "failed")];
    const second = showPayment(first.order, pay({ revision: 2, operations }));
    expect(second.mails.map((mail) => mail.key)).toEqual(["refunded:a"]);
  });

  it("writes of a failure only to a buyer who was told that it takes days", () => {
    const slow = showPayment(order, pay({ standing: "open", slow: true })).order;
    const failed = pay({ revision: 2, standing: "failed" });
    expect(showPayment(slow, failed).mails.map((mail) => mail.kind)).toEqual(["paymentFailed"]);
    const quick = showPayment(order, pay({ standing: "open" })).order;
    expect(showPayment(quick, failed).mails).toEqual([]);
  });

  it("writes to nobody when it knows no address", () => {
    expect(showPayment({ ...order, billing: null }, pay({})).mails).toEqual([]);
  });

  it("ends the same whatever comes late or twice, and does each thing once", () => {
    const standings = Object.keys(fresh) as Standing[];
    const history = fc.array(fc.constantFrom(...standings), { minLength: 1, maxLength: 8 });
    const deliveries = fc.array(fc.nat(7), { maxLength: 12 });
    fc.assert(
      fc.property(history, deliveries, (told, order_) => {
        const payments = told.map((standing, index) => pay({ revision: index + 1, standing }));
        const last = payments.length - 1;
        const run = (indexes: readonly number[]) => {
          let current = order;
          let pieces = 0;
          const mails: string[] = [];
          for (const index of indexes) {
            const payment = payments[index];
            if (payment === undefined) continue;
            const showing = showPayment(current, payment);
            current = showing.order;
            pieces += { take: 1, putBack: -1, keep: 0 }[showing.stock];
            mails.push(...showing.mails.map((mail) => mail.key));
          }
          return { current, pieces, mails };
        };
        const { current, pieces, mails } = run([...order_, last, ...order_]);
        expect(current.payment).toBe(payments[last]);
        expect(pieces).toBe(current.stockTaken ? 1 : 0);
        expect(new Set(mails).size).toBe(mails.length);
      }),
    );
  });
});
