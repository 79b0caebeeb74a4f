import type { Decimal } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { CoreParts, Currency, HeldKeys, NewCommand, Operation, Payment, PaymentRow } from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { fold } from "./fold.ts";
import { toOpenCommand } from "./join-command.ts";
import type { TransactionSnapshot } from "./snapshot.ts";
import { reference, shopId } from "./testing/bench.ts";
import { aComplete, aRefund, aReview } from "./testing/commands.ts";
import { anOperation } from "./testing/operation-rows.ts";
import { anAttempt, anEntity, aRow, chf, start } from "./testing/rows.ts";
import { createTestClock } from "./testing/test-clock.ts";
import { runWrite } from "./write-command.ts";

type Given = Parameters<typeof runWrite>[2];

function aPayment(
  state: "AUTHORIZED" | "FULFILL",
  changes: Partial<TransactionSnapshot> = {},
  operations: readonly Operation[] = [],
): Payment {
  const attempts = [anAttempt()];
  const entities = [anEntity(state, anAttempt(), changes)];
  return { ...fold({ row: aRow(), attempts, commands: [], entities, siblings: [] }).payment, operations };
}

/** Runs a command while nobody can look: what is written, and what is answered from the record. */
async function write(given: Given, before: PaymentRow | null, after: PaymentRow | null = before, fault?: unknown) {
  const written: { readonly command: NewCommand; readonly heldKeys: HeldKeys }[] = [];
  const warnings: unknown[] = [];
  const records = [before, after];
  const store = {
    read: async () => records.shift(),
    addCommand: async (_id: string, command: NewCommand, heldKeys: HeldKeys) => {
      written.push({ command, heldKeys });
      return { row: toOpenCommand(command), kind: "added" };
    },
    lease: async () => {
      throw fault ?? new PaymentError("busy", "It is being worked on.", { retryable: true });
    },
  };
  const logger = { warn: (...said: unknown[]) => warnings.push(said) };
  const parts = { store, clock: createTestClock(), createId: () => "id-1", logger } as unknown as CoreParts;
  const result = await runWrite(parts, shopId, given, undefined);
  return { result, written, warnings };
}

async function writtenFor(given: Given, payment: Payment) {
  const { written } = await write(given, aRow({ payment }));
  return written[0] ?? expect.fail("nothing was written");
}

describe("what is written before anything is sent", () => {
  const lines = [{ id: "sku-1", quantity: "1" as Decimal, amount: chf(1000) }];
  const base = { id: "id-1", attempt: "attempt-1", origin: "shop", on: start };

  it("of a completion", async () => {
    const given = aComplete("capture-1", { amount: chf(1000), lines, last: true });
    expect(await writtenFor(given, aPayment("AUTHORIZED"))).toEqual({
      command: {
        ...base,
        kind: "complete",
        shopKeys: ["capture-1"],
        body: { amount: chf(1000), lines, last: true },
        amount: chf(1000),
        lines,
      },
      heldKeys: ["capture-1"],
    });
  });

  it("of a refund", async () => {
    const given = aRefund(null, { amount: chf(1000), lines, reason: "broken", offline: true });
    expect(await writtenFor(given, aPayment("FULFILL"))).toEqual({
      command: {
        ...base,
        kind: "refund",
        shopKeys: [],
        body: { amount: chf(1000), lines, reason: "broken", offline: true },
        amount: chf(1000),
        lines,
      },
      heldKeys: "all",
    });
  });

  it("of a review, whose rows no shop deletes", async () => {
    expect(await writtenFor(aReview("notSuitable", "review-1"), aPayment("FULFILL"))).toEqual({
      command: {
        ...base,
        kind: "review",
        shopKeys: ["review-1"],
        body: { decision: "notSuitable" },
        amount: null,
        lines: null,
      },
      heldKeys: "all",
    });
  });
});

describe("the rest", () => {
  const inEuros = { minor: 1000, currency: "EUR" as Currency };
  const pending = (kind: Operation["kind"], changes: Partial<Operation> = {}) =>
    anOperation(kind, { state: "pending", ...changes });

  it.each<[string, number, Partial<TransactionSnapshot>, readonly Operation[]]>([
    ["what is reserved", 2995, {}, []],
    ["less what is completed", 1995, { completedAmount: "10.00" as Decimal }, []],
    ["less what is about to be", 1995, {}, [pending("completion")]],
    ["less nothing for a pending refund", 2995, {}, [pending("refund")]],
    ["less nothing for what the transaction counts already", 2995, {}, [anOperation("completion")]],
    ["less nothing for another currency", 2995, {}, [pending("completion", { amount: inEuros })]],
  ])("of a completion is %s: %d", async (_, minor, changes, operations) => {
    const { command } = await writtenFor(aComplete("capture-9"), aPayment("AUTHORIZED", changes, operations));
    expect(command.amount).toEqual(chf(minor));
  });

  it.each<[string, number, Partial<TransactionSnapshot>, readonly Operation[]]>([
    ["what was completed", 2000, { completedAmount: "20.00" as Decimal }, []],
    ["less what went back", 2495, { refundedAmount: "5.00" as Decimal }, []],
    ["less what is about to", 1995, {}, [pending("refund")]],
    ["less nothing for a pending completion", 2995, {}, [pending("completion")]],
    ["less what failed, which is nothing", 2995, {}, [anOperation("refund", { state: "failed" })]],
  ])("of a refund is %s: %d", async (_, minor, changes, operations) => {
    const { command } = await writtenFor(
      aRefund("refund-9", { amount: "rest" }),
      aPayment("FULFILL", changes, operations),
    );
    expect([command.amount, command.body]).toMatchObject([chf(minor), { amount: chf(minor) }]);
  });

  it("is marked as such, and nothing where nothing is left", async () => {
    const whole = { refundedAmount: "29.95" as Decimal };
    const given = aRefund("refund-9", { amount: "rest" });
    const { command } = await writtenFor(given, aPayment("FULFILL", whole, [anOperation("refund")]));
    expect([command.amount, command.body]).toMatchObject([chf(0), { amount: chf(0), isRest: true }]);
  });

  it.each([
    ["refund", aRefund("refund-9", { amount: chf(100) }), "FULFILL"],
    ["completion", aComplete("capture-9", { amount: chf(100) }), "AUTHORIZED"],
  ] as const)("is not the mark of a %s of an amount", async (_, given, state) => {
    expect((await writtenFor(given, aPayment(state, {}, []))).command.body).not.toHaveProperty("isRest");
  });
});

describe("nothing is written", () => {
  it("for a payment that is not there", async () => {
    const { result, written } = await write(aRefund("refund-1"), null);
    expect(written).toEqual([]);
    expect(result).toMatchObject({ kind: "failed", failure: { code: "unknownPayment" }, payment: null });
    expect(result.kind === "failed" && result.failure.merchantMessage).toContain(`"${reference}"`);
  });

  it.each<[string, Payment | null, string]>([
    ["has not begun", null, "has not begun"],
    ["has nothing that governs", { ...aPayment("FULFILL"), governing: null }, "no transaction yet"],
    [
      "has no transaction",
      {
        ...aPayment("FULFILL"),
        governing: { ...(aPayment("FULFILL").governing as never as object), transaction: null } as never,
      },
      "no transaction yet",
    ],
  ])("for one that %s", async (_, payment, why) => {
    const { result, written } = await write(aRefund("refund-1"), aRow({ payment }));
    expect(written).toEqual([]);
    expect(result).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" }, payment });
    expect(result.kind === "failed" && result.failure.merchantMessage).toContain(why);
  });
});

describe("what is answered while nobody can look", () => {
  const payment = aPayment("FULFILL");
  const mine = (state: Operation["state"]) => anOperation("refund", { key: "id-1" as Operation["key"], state });
  const recorded = (operation: Operation) =>
    aRow({ payment: { ...payment, operations: [anOperation("refund", { state: "successful" }), operation] } });

  it("is pending with the record, and a line in the log", async () => {
    const { result, warnings } = await write(aRefund("refund-1"), aRow({ payment }));
    expect(result).toEqual({ kind: "pending", operation: "id-1", payment });
    expect(warnings).toEqual([["command waits", { payment: "payment-1", why: "It is being worked on." }]]);
  });

  it("is pending even where the record is gone", async () => {
    const { result } = await write(aRefund("refund-1"), aRow({ payment }), null);
    expect(result).toEqual({ kind: "pending", operation: "id-1", payment: null });
  });

  it("is what somebody else recorded since", async () => {
    const pending = await write(aRefund("refund-1"), aRow({ payment }), recorded(mine("pending")));
    expect(pending.result).toMatchObject({ kind: "pending", operation: "id-1" });
    const done = await write(aRefund("refund-1"), aRow({ payment }), recorded(mine("successful")));
    expect(done.result).toMatchObject({ kind: "successful", answer: mine("successful") });
    const failed = await write(aRefund("refund-1"), aRow({ payment }), recorded(mine("failed")));
    expect(failed.result).toMatchObject({
      kind: "failed",
      failure: { code: "refusedByService", merchantMessage: "The service gives no reason." },
    });
  });

  it("is nothing when it is a mistake of ours", async () => {
    await expect(write(aRefund("refund-1"), aRow({ payment }), undefined, new TypeError("of ours"))).rejects.toThrow(
      "of ours",
    );
  });
});
