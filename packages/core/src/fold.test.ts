import { type TransactionState, transactionStates } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { AttemptRow, EntityRow, Json, OrderGroup, Payment, PaymentId, Standing } from "./contract/index.ts";
import { type FoldInput, fold } from "./fold.ts";
import { toOwed } from "./owed.ts";
import type { TransactionSnapshot } from "./snapshot.ts";
import { toTransactionRow } from "./snapshot.ts";
import { anAttempt, anEntity, anOrder, aRow, chf } from "./testing/rows.ts";

function foldOf(changes: Partial<FoldInput>) {
  return fold({ row: aRow(), attempts: [anAttempt()], commands: [], entities: [], siblings: [], ...changes });
}

function paymentOf(state: TransactionState, changes: Partial<TransactionSnapshot> = {}): Payment {
  return foldOf({ entities: [anEntity(state, anAttempt(), changes)] }).payment;
}

const standings: Readonly<Record<TransactionState, Standing>> = {
  CREATE: "open",
  PENDING: "open",
  CONFIRMED: "open",
  PROCESSING: "open",
  AUTHORIZED: "authorized",
  COMPLETED: "paid",
  FULFILL: "paid",
  DECLINE: "declined",
  FAILED: "failed",
  VOIDED: "voided",
};

/** What an older or newer answer of the service leaves recorded. */
function record(known: TransactionState, answered: TransactionState): { state: string; stale: boolean } {
  const before = anEntity(known, anAttempt());
  const reading = {
    ...(anEntity(answered, anAttempt()).snapshot as object),
    id: before.id,
    metaData: {},
    failureReason: null,
  };
  const { row, stale } = toTransactionRow(before, { ...reading, paymentMethodConfiguration: null } as never);
  return { state: (row.snapshot as unknown as TransactionSnapshot).state, stale };
}

describe("one attempt", () => {
  it.each(transactionStates)("%s", (state) => {
    const payment = paymentOf(state);
    expect(payment.standing).toBe(standings[state]);
    expect(payment.mayShip).toBe(state === "FULFILL");
    expect(payment.findings).toEqual([]);
    expect(payment.revision).toBe(1);
  });

  it("takes amounts from the transaction and only when there is money", () => {
    expect(paymentOf("PROCESSING").authorized).toEqual(chf(0));
    expect(paymentOf("AUTHORIZED").authorized).toEqual(chf(2995));
    expect(paymentOf("AUTHORIZED").completed).toEqual(chf(0));
    expect(paymentOf("FULFILL").completed).toEqual(chf(2995));
  });

  it("names the means that are kept", () => {
    expect(paymentOf("FULFILL").means).toBeNull();
    expect(paymentOf("FULFILL", { token: "940001" as never }).means).toBe("940001");
  });

  it("expires by the authorization's date while open and by the completion's while authorized", () => {
    expect(paymentOf("PROCESSING").expiresOn).toBe("2026-02-03T10:00:00.000Z");
    expect(paymentOf("AUTHORIZED").expiresOn).toBe("2026-02-08T09:00:00.000Z");
    expect(paymentOf("FULFILL").expiresOn).toBeNull();
  });

  it("is slow when the service gives the answer more than a day", () => {
    expect(paymentOf("PROCESSING").slow).toBe(false);
    expect(paymentOf("PROCESSING", { authorizationTimeoutOn: "2026-02-10T09:00:00.000Z" as never }).slow).toBe(true);
  });

  it("names the method in the language of the order", () => {
    const title = { "en-US": "Card", "de-DE": "Karte" };
    const method = { id: "340868" as never, name: "Card (internal)", title };
    expect(paymentOf("FULFILL", { method }).method).toEqual({ id: "340868", name: "Karte", brand: null });
    expect(paymentOf("FULFILL", { method: { ...method, title: {} } }).method?.name).toBe("Card (internal)");
  });

  it("tells the buyer in his language and the merchant the service's reason", () => {
    const failureReason = { id: null, category: "END_USER", description: "The issuer declined." } as const;
    const { failure } = paymentOf("FAILED", { failureReason });
    expect(failure?.code).toBe("declined");
    expect(failure?.publicMessage).toContain("abgelehnt");
    expect(failure?.merchantMessage).toBe("The issuer declined.");
  });
});

describe("readings over time", () => {
  it("takes DECLINE although COMPLETED was missed", () => {
    expect(record("AUTHORIZED", "DECLINE")).toEqual({ state: "DECLINE", stale: false });
  });

  it.each(["FULFILL", "DECLINE", "FAILED", "VOIDED"] as const)("keeps the final state %s", (known) => {
    for (const answered of transactionStates.filter((state) => state !== known)) {
      expect(record(known, answered)).toEqual({ state: known, stale: true });
    }
  });

  it("does not go back along the path", () => {
    expect(record("COMPLETED", "PROCESSING")).toEqual({ state: "COMPLETED", stale: true });
  });

  it("keeps a decided review", () => {
    const attempt = anAttempt();
    const decided = { state: "NOT_SUITABLE", transaction: attempt.transaction, decideBy: null } as unknown as Json;
    const review: EntityRow = { entity: "deliveryIndication", id: "980001" as never, snapshot: decided, final: true };
    const { payment } = foldOf({ entities: [anEntity("DECLINE", attempt), review] });
    expect(payment.review).toEqual({ state: "notSuitable", decideBy: null });
    expect(payment.standing).toBe("declined");
    expect(payment.mayShip).toBe(false);
  });
});

describe("revision", () => {
  it("grows by one only when something differs", () => {
    const first = paymentOf("PROCESSING");
    const recorded = aRow({ payment: JSON.parse(JSON.stringify(first)) as Payment, revision: 1 });
    const entities = [anEntity("PROCESSING", anAttempt())];
    expect(foldOf({ row: recorded, entities }).payment.revision).toBe(1);
    expect(foldOf({ row: recorded, entities: [anEntity("FULFILL", anAttempt())] }).payment.revision).toBe(2);
  });
});

describe("checks", () => {
  const cases: readonly (readonly [string, Partial<TransactionSnapshot>])[] = [
    ["wrongAmount", { authorizationAmount: "0.01" as never }],
    ["wrongCurrency", { currency: "EUR" }],
    ["wrongSpace", { space: "70002" as never }],
    ["wrongOrder", { attempt: "attempt-9" }],
    ["wrongOrder", { attempt: null }],
    ["testMoney", { authorizationEnvironment: "TEST" }],
  ];

  it.each(cases)("%s is held and never paid: %o", (kind, changes) => {
    for (const state of ["AUTHORIZED", "COMPLETED", "FULFILL"] as const) {
      const payment = paymentOf(state, changes);
      expect(payment.standing).toBe("held");
      expect(payment.mayShip).toBe(false);
      expect(payment.findings.map((finding) => finding.kind)).toEqual([kind]);
    }
  });

  it("lets test money pay in a test", () => {
    const attempt = anAttempt(1, { environment: "test" });
    const { payment } = foldOf({
      attempts: [attempt],
      entities: [anEntity("FULFILL", attempt, { authorizationEnvironment: "TEST" })],
    });
    expect(payment.standing).toBe("paid");
    expect(payment.environment).toBe("test");
  });
});

describe("several attempts", () => {
  const [one, two, three] = [anAttempt(1), anAttempt(2), anAttempt(3)];
  const governing = (...pairs: readonly (readonly [AttemptRow, TransactionState])[]) =>
    foldOf({
      attempts: pairs.map(([attempt]) => attempt),
      entities: pairs.map(([attempt, state]) => anEntity(state, attempt)),
    });

  it("ranks money over a reservation, over open, over failed, then the newest", () => {
    expect(governing([one, "FAILED"], [two, "PENDING"]).payment.governing?.id).toBe(two.id);
    expect(governing([one, "PENDING"], [two, "FAILED"]).payment.governing?.id).toBe(one.id);
    expect(governing([one, "AUTHORIZED"], [two, "PENDING"]).payment.governing?.id).toBe(one.id);
    expect(governing([one, "AUTHORIZED"], [two, "DECLINE"]).payment.governing?.id).toBe(two.id);
    expect(governing([one, "VOIDED"], [two, "FAILED"]).payment.governing?.id).toBe(two.id);
    expect(governing([one, "PENDING"], [two, "PENDING"], [three, "PENDING"]).payment.governing?.id).toBe(three.id);
  });

  it("never shows a superseded attempt as a failure of the order", () => {
    const { payment } = governing([one, "FULFILL"], [two, "FAILED"]);
    expect(payment.standing).toBe("paid");
    expect(payment.failure).toBeNull();
    expect(payment.superseded.map(({ state }) => state)).toEqual(["failed"]);
  });

  it("lets the first authorized govern and owes the other back, once", () => {
    const { payment, unwanted } = governing([one, "FULFILL"], [two, "FULFILL"]);
    expect(payment.governing?.id).toBe(one.id);
    expect(payment.standing).toBe("paid");
    expect(payment.findings).toMatchObject([{ kind: "doublePayment", key: `doublePayment:${two.id}` }]);
    const owed = toOwed(unwanted, [], two.on);
    expect(owed).toMatchObject([{ kind: "refund", attempt: two.id, origin: "core", amount: chf(2995) }]);
    const rows = owed.map(
      (command) => ({ ...command, state: "open", serviceId: null, failure: null, sends: 0 }) as const,
    );
    expect(toOwed(unwanted, rows, two.on)).toEqual([]);
  });

  it("voids a second reservation", () => {
    const { unwanted } = governing([one, "FULFILL"], [two, "AUTHORIZED"]);
    expect(toOwed(unwanted, [], two.on)).toMatchObject([{ kind: "void", attempt: two.id, amount: null }]);
  });

  it("owes nothing for what was given back already", () => {
    const entities = [anEntity("FULFILL", one), anEntity("FULFILL", two, { refundedAmount: "29.95" as never })];
    expect(foldOf({ attempts: [one, two], entities }).unwanted).toEqual([]);
  });

  it("does not let one govern whose create was cut", () => {
    const cut = anAttempt(2, { createState: "cut", transaction: null });
    const { payment } = foldOf({ attempts: [one, cut], entities: [anEntity("PENDING", one)] });
    expect(payment.governing?.id).toBe(one.id);
    expect(payment.superseded).toEqual([]);
  });
});

describe("payments of one order", () => {
  const group = "cart-7" as OrderGroup;
  const sibling = (changes: Partial<Payment>): Payment => ({
    ...paymentOf("FULFILL"),
    id: "payment-0" as PaymentId,
    group,
    ...changes,
  });
  const later = anAttempt(2);

  it("holds the one that was authorized later, and owes it back", () => {
    const folded = foldOf({ attempts: [later], entities: [anEntity("FULFILL", later)], siblings: [sibling({})] });
    expect(folded.payment.standing).toBe("held");
    expect(folded.payment.findings).toMatchObject([{ kind: "doublePayment" }]);
    expect(folded.unwanted).toHaveLength(1);
  });

  it("lets the earlier one be paid whatever came later", () => {
    const { payment } = foldOf({ entities: [anEntity("FULFILL", anAttempt(3))], attempts: [anAttempt(3)] });
    const other = sibling({ governing: payment.governing });
    expect(foldOf({ entities: [anEntity("FULFILL", anAttempt())], siblings: [other] }).payment.standing).toBe("paid");
  });
});

describe("given up by the shop", () => {
  it("is voided while open, and owes a later authorization back", () => {
    const row = aRow({ abandoned: true });
    expect(foldOf({ row, entities: [anEntity("PENDING", anAttempt())] }).payment.standing).toBe("voided");
    const folded = foldOf({ row, entities: [anEntity("AUTHORIZED", anAttempt())] });
    expect(folded.payment.standing).toBe("held");
    expect(folded.unwanted).toHaveLength(1);
  });
});

describe("refunds", () => {
  it("finds money that went back without a refund that is known", () => {
    const payment = paymentOf("FULFILL", { refundedAmount: "10.00" as never });
    expect(payment.refunded).toEqual(chf(1000));
    expect(payment.findings).toMatchObject([{ kind: "unexplainedRefund", amount: chf(1000) }]);
    expect(payment.standing).toBe("paid");
  });
});

it("begins with an attempt", () => {
  expect(() => foldOf({ attempts: [] })).toThrow(/no attempt/);
});

it("takes the amount from the order as agreed", () => {
  const attempt = anAttempt(1, { order: anOrder(chf(100)) });
  expect(foldOf({ attempts: [attempt], entities: [anEntity("FULFILL", attempt)] }).payment.standing).toBe("held");
});
