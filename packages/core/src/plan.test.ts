import type { Decimal, ServiceId, Transaction } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { CommandId, CommandRow, Currency, EntityRow, LineAmount, Operation } from "./contract/index.ts";
import { type Planned, planComplete, planRefunding, readPlan, type WishedAmount } from "./plan.ts";
import { aCommand, anOperation, anOperationEntity, minute } from "./testing/operation-rows.ts";
import { chf } from "./testing/rows.ts";

const rucksack = { uniqueId: "rucksack", name: "Rucksack", quantity: "2", amountIncludingTax: "40.00" };
const coupon = { uniqueId: "coupon", name: "Coupon", quantity: "1", amountIncludingTax: "-10.00" };

/** CHF 30 for two rucksacks less a coupon. */
function aTransaction(state: Transaction["state"], changes: Partial<Transaction> = {}): Transaction {
  const taken = state === "AUTHORIZED" ? null : "30.00";
  const amounts = { authorizationAmount: "30.00", completedAmount: taken, refundedAmount: null };
  const transaction = { id: "900001", state, currency: "CHF", ...amounts, lineItems: [rucksack, coupon] };
  return { ...transaction, ...changes } as Transaction;
}

function part(id: string, quantity: string, minor: number, currency = "CHF"): LineAmount {
  return { id, quantity: quantity as Decimal, amount: { minor, currency: currency as Currency } };
}

function left(...lines: readonly (readonly [string, string, string])[]) {
  return lines.map(([uniqueId, quantity, amountIncludingTax]) => ({ uniqueId, quantity, amountIncludingTax }) as never);
}

const rest: WishedAmount = { amount: "rest", lines: null };

function planOf(planned: Planned) {
  return planned.kind === "planned" ? planned.plan : expect.fail(planned.failure.merchantMessage);
}

function failureOf(planned: Planned) {
  return planned.kind === "refused" ? planned.failure : expect.fail("it was planned");
}

describe("a completion", () => {
  const plan = (
    wish: Partial<WishedAmount>,
    operations: readonly Operation[] = [],
    entities: readonly EntityRow[] = [],
    transaction = aTransaction("AUTHORIZED"),
    commands: readonly CommandRow[] = [],
  ) => planComplete({ ...rest, ...wish }, transaction, operations, commands, entities);

  it.each(["PENDING", "CONFIRMED", "PROCESSING", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"] as const)(
    "of a payment that is %s is refused with its state",
    (state) => {
      const failure = failureOf(plan({}, [], [], aTransaction(state)));
      expect(failure.code).toBe("notPossibleNow");
      expect(failure.merchantMessage).toContain(state);
    },
  );

  it("of the rest takes all lines and is the last", () => {
    expect(planOf(plan({ last: "whenWhole" }))).toEqual({
      kind: "complete",
      lines: [
        { uniqueId: "rucksack", quantity: "2", amount: "40.00" },
        { uniqueId: "coupon", quantity: "1", amount: "-10.00" },
      ],
      last: true,
      amount: chf(3000),
    });
  });

  it.each([
    [undefined, false],
    ["whenWhole", false],
    [false, false],
    [true, true],
  ] as const)("of a part, whose wish to be the last is %s, is the last: %s", (last, isLast) => {
    const lines = [part("rucksack", "1", 2000)];
    expect(planOf(plan({ amount: chf(2000), lines, ...(last !== undefined && { last }) }))).toMatchObject({
      last: isLast,
      amount: chf(2000),
    });
  });

  it("that is the last takes the quantities as wanted", () => {
    const lines = [part("rucksack", "2", 1000)];
    expect(planOf(plan({ amount: chf(1000), lines, last: true }))).toMatchObject({ lines: [{ quantity: "2" }] });
    expect(planOf(plan({ amount: chf(1000), lines, last: false }))).toMatchObject({ lines: [{ quantity: "0.5" }] });
  });

  /** An earlier completion of ours, of which this was sent. */
  function sent(quantity: string, amount: string, state: Operation["state"] = "pending") {
    const lines = [{ uniqueId: "rucksack", quantity, amount }];
    const body = { plan: { kind: "complete", lines, last: false, amount: { minor: 2000, currency: "CHF" } } };
    return [
      anOperation("completion", { state }),
      aCommand("complete", { id: "completion-1" as CommandId, body }),
    ] as const;
  }

  it("takes no more of a line than what was sent before left of it", () => {
    const [operation, command] = sent("1", "20.00");
    const after = (wish: Partial<WishedAmount>) =>
      plan(wish, [operation], [], undefined, [aCommand("complete"), command]);
    expect(planOf(after({}))).toMatchObject({
      lines: [{ quantity: "1", amount: "20.00" }, { uniqueId: "coupon" }],
      last: true,
      amount: chf(1000),
    });
    expect(failureOf(after({ amount: chf(4000), lines: [part("rucksack", "2", 4000)] })).code).toBe("exceedsAmount");
  });

  it("takes the quantity that was kept for the rest, whatever the earlier one asked for", () => {
    const [operation, command] = sent("0.5", "10.00");
    const asked = { ...operation, lines: [part("rucksack", "2", 1000)] };
    const lines = [{ uniqueId: "rucksack", quantity: "1.5", amount: "30.00" }, { uniqueId: "coupon" }];
    expect(planOf(plan({}, [asked], [], undefined, [command]))).toMatchObject({ lines, last: true });
  });

  it.each([
    ["one that failed", ...sent("1", "20.00", "failed")],
    ["a refund", anOperation("refund"), aCommand("refund")],
    ["one of which nothing was sent or read", anOperation("completion", { serviceId: "920009" as ServiceId }), null],
  ])("takes everything beside %s", (_, other, command) => {
    const noise = anOperationEntity("refund", "920009", { lines: left(["rucksack", "1", "20.00"]) });
    const planned = plan({}, [other], [noise], undefined, command === null ? [] : [command]);
    expect(planOf(planned)).toMatchObject({ amount: chf(3000) });
  });

  it("counts what the back office completed by the lines that the service tells", () => {
    const other = anOperation("completion", { origin: "backOffice", serviceId: "920002" as ServiceId });
    const entities = [
      anOperationEntity("completion", "920001", { lines: left(["rucksack", "2", "40.00"]) }),
      anOperationEntity("refund", "920002", { lines: left(["rucksack", "2", "40.00"]) }),
      anOperationEntity("completion", "920002", { lines: left(["rucksack", "1", "20.00"]) }),
    ];
    expect(planOf(plan({}, [other], entities))).toMatchObject({
      lines: [{ uniqueId: "rucksack", quantity: "1", amount: "20.00" }, { uniqueId: "coupon" }],
      amount: chf(1000),
    });
  });

  it("tells every reason, and says that too much was asked for when one of them is that", () => {
    const failure = failureOf(
      plan({ amount: chf(4100), lines: [part("no-such-line", "1", 100), part("rucksack", "2", 4000)] }),
    );
    expect(failure.code).toBe("exceedsAmount");
    expect(failure.merchantMessage).toMatch(/asked for: 41\.00 CHF\. The line "no-such-line" is not a line/);
    expect(failureOf(plan({ amount: chf(100), lines: [part("no-such-line", "1", 100)] })).code).toBe("invalidRequest");
  });
});

describe("a refund", () => {
  const plan = (
    wish: Partial<WishedAmount>,
    operations: readonly Operation[] = [],
    changes: Partial<Transaction> = {},
    entities: readonly EntityRow[] = [],
  ) => planRefunding({ ...rest, ...wish }, aTransaction("FULFILL", changes), operations, entities);

  it.each(["COMPLETED", "FULFILL", "DECLINE"] as const)("of money that was taken is possible: %s", (state) => {
    expect(planOf(plan({}, [], { state }))).toEqual({ kind: "refundAmount", amount: chf(3000) });
  });

  it.each(["PENDING", "CONFIRMED", "PROCESSING", "AUTHORIZED", "FAILED", "VOIDED"] as const)(
    "of a payment that is %s is refused with its state",
    (state) => {
      const failure = failureOf(plan({}, [], { state }));
      expect(failure.code).toBe("notPossibleNow");
      expect(failure.merchantMessage).toContain(state);
    },
  );

  it.each([
    ["authorized, where the service tells no completed amount", { completedAmount: null }, 3000],
    ["completed, and not what was authorized", { completedAmount: "20.00" }, 2000],
    ["completed less what is refunded", { completedAmount: "20.00", refundedAmount: "5.00" }, 1500],
  ])("gives back at most what was %s", (_, changes, minor) => {
    const transaction = changes as Partial<Transaction>;
    expect(planOf(plan({}, [], transaction))).toEqual({ kind: "refundAmount", amount: chf(minor) });
    expect(failureOf(plan({ amount: chf(minor + 1) }, [], transaction)).code).toBe("exceedsAmount");
  });

  it.each([
    ["a pending refund", anOperation("refund", { state: "pending" }), 2000],
    ["one that is done, which the transaction counts", anOperation("refund"), 3000],
    ["one that failed", anOperation("refund", { state: "failed" }), 3000],
    ["a pending completion", anOperation("completion", { state: "pending" }), 3000],
    [
      "a pending one in another currency",
      anOperation("refund", { state: "pending", amount: { minor: 1000, currency: "EUR" as Currency } }),
      3000,
    ],
  ])("leaves what %s takes", (_, other, minor) => {
    expect(planOf(plan({}, [other]))).toMatchObject({ amount: chf(minor) });
  });

  it("by line is sent by line", () => {
    expect(planOf(plan({ amount: chf(2000), lines: [part("rucksack", "1", 2000)] }))).toEqual({
      kind: "refundLines",
      reductions: [{ lineItemUniqueId: "rucksack", quantityReduction: "1", unitPriceReduction: "0" }],
      amount: chf(2000),
    });
  });

  it.each([
    ["done", anOperation("refund", { lines: [part("rucksack", "2", 4000)] }), "refused"],
    ["failed", anOperation("refund", { lines: [part("rucksack", "2", 4000)], state: "failed" }), "planned"],
    ["of another currency", anOperation("refund", { lines: [part("rucksack", "2", 4000, "EUR")] }), "planned"],
    ["a completion", anOperation("completion", { lines: [part("rucksack", "2", 4000)] }), "planned"],
  ])("takes nothing off a line that is gone, by one that is %s", (_, other, kind) => {
    expect(plan({ amount: chf(1000), lines: [part("rucksack", "1", 1000)] }, [other]).kind).toBe(kind);
  });

  /** CHF 10 of the first rucksack went back: the service reduces what is left, CHF 30 for two, and that less the coupon. */
  const reduced = left(["rucksack", "2", "30.00"], ["coupon", "1", "-10.00"]);
  const whole = left(["rucksack", "2", "40.00"], ["coupon", "1", "-10.00"]);
  const latest = anOperationEntity("refund", "930005", { lines: reduced, createdOn: minute(15) });
  it.each([
    ["another transaction's", anOperationEntity("refund", "930006", { lines: whole, transaction: "900002" as never })],
    ["a failed one", anOperationEntity("refund", "930006", { lines: whole, state: "FAILED" })],
    ["a pending one", anOperationEntity("refund", "930006", { lines: whole, state: "PENDING" })],
    ["one that tells no lines", anOperationEntity("refund", "930006", { lines: [] })],
    ["a completion", anOperationEntity("completion", "930006", { lines: whole })],
  ])("is computed on the lines that the latest successful one left, beside %s", (_, newer) => {
    const later = { ...newer, snapshot: { ...(newer.snapshot as object), createdOn: minute(20) } };
    const earlier = anOperationEntity("refund", "930004", { lines: whole, createdOn: minute(12) });
    const wish = { amount: chf(1500), lines: [part("rucksack", "1", 1500)] };
    const refunded = { refundedAmount: "10.00" as Decimal };
    for (const entities of [
      [earlier, latest, later],
      [later, latest, earlier],
    ]) {
      expect(planOf(plan(wish, [], refunded, entities))).toMatchObject({
        kind: "refundLines",
        reductions: [{ lineItemUniqueId: "rucksack", quantityReduction: "1" }],
      });
    }
  });
});

describe("what is kept of a plan", () => {
  it("is read from the command's row, and nothing before it is planned", () => {
    const plan = { kind: "refundAmount", amount: { minor: 1000, currency: "CHF" } } as const;
    expect(readPlan(aCommand("refund", { body: { plan } }))).toEqual(plan);
    expect(readPlan(aCommand("refund"))).toBeNull();
  });
});
