import { type TransactionState, transactionStates } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type {
  AttemptRow,
  CommandId,
  CommandRow,
  EntityRow,
  Json,
  OrderGroup,
  Payment,
  PaymentId,
  Standing,
} from "./contract/index.ts";
import { type FoldInput, fold } from "./fold.ts";
import { toOwed } from "./owed.ts";
import type { TransactionSnapshot } from "./snapshot.ts";
import { toTransactionRow } from "./snapshot.ts";
import { aCommand, anOperationEntity, aReviewEntity } from "./testing/operation-rows.ts";
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
    lineItems: [],
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
    const within = (authorizationTimeoutOn: string | null) => ({ authorizationTimeoutOn }) as never;
    expect(paymentOf("PROCESSING", within("2026-02-10T09:00:00.000Z")).slow).toBe(true);
    expect(paymentOf("PROCESSING", within("2026-02-04T09:00:00.000Z")).slow).toBe(false);
    expect(paymentOf("PROCESSING", within(null)).slow).toBe(false);
    expect(paymentOf("AUTHORIZED", within("2026-02-10T09:00:00.000Z")).slow).toBe(false);
  });

  it("has nothing completed or refunded where the service tells no amount", () => {
    const payment = paymentOf("AUTHORIZED", { completedAmount: null, refundedAmount: null });
    expect([payment.completed, payment.refunded]).toEqual([chf(0), chf(0)]);
  });

  it("names the method in the language of the order", () => {
    const title = { "en-US": "Card", "de-DE": "Karte" };
    const method = { id: "340868" as never, name: "Card (internal)", title };
    expect(paymentOf("FULFILL", { method }).method).toEqual({ id: "340868", name: "Karte", brand: null });
    expect(paymentOf("FULFILL", { method: { ...method, title: {} } }).method?.name).toBe("Card (internal)");
    expect(paymentOf("FULFILL", { method: { ...method, title: {}, name: null } }).method?.name).toBe("");
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

describe("what is known beside the transaction", () => {
  const attempts = [anAttempt(1), anAttempt(2)];
  const transactions = [anEntity("FULFILL", anAttempt(1)), anEntity("FAILED", anAttempt(2))];
  const aside = (entity: "deliveryIndication" | "transactionInvoice", id: string, snapshot: object): EntityRow => ({
    entity,
    id: id as never,
    snapshot: { transaction: "900001", decideBy: null, dueOn: null, ...snapshot } as Json,
    final: false,
  });
  const paymentWith = (...entities: readonly EntityRow[]) =>
    foldOf({ attempts, entities: [...transactions, ...entities] }).payment;

  it.each([
    ["CREATE", "open"],
    ["OPEN", "open"],
    ["OVERDUE", "overdue"],
    ["CANCELED", "cancelled"],
    ["DERECOGNIZED", "cancelled"],
    ["PAID", "paid"],
  ])("is the invoice: %s is %s", (state, expected) => {
    const dueOn = "2026-03-05T00:00:00.000Z";
    expect(paymentWith(aside("transactionInvoice", "960001", { state, dueOn })).invoice).toEqual({
      state: expected,
      dueOn,
    });
  });

  it("is no invoice where there is none to be paid", () => {
    expect(paymentWith(aside("transactionInvoice", "960001", { state: "NOT_APPLICABLE" })).invoice).toBeNull();
    expect(paymentWith().invoice).toBeNull();
  });

  it.each([
    ["PENDING", "open"],
    ["MANUAL_CHECK_REQUIRED", "open"],
    ["SUITABLE", "suitable"],
    ["NOT_SUITABLE", "notSuitable"],
  ])("is the review: %s is %s", (state, expected) => {
    const decideBy = "2026-02-05T00:00:00.000Z";
    expect(paymentWith(aside("deliveryIndication", "980001", { state, decideBy })).review).toEqual({
      state: expected,
      decideBy,
    });
  });

  it("is the newest of its kind on the attempt that governs", () => {
    const payment = paymentWith(
      aside("deliveryIndication", "980001", { state: "PENDING" }),
      aside("deliveryIndication", "980002", { state: "SUITABLE" }),
      aside("transactionInvoice", "960001", { state: "OPEN" }),
      aside("deliveryIndication", "980003", { state: "NOT_SUITABLE", transaction: "900002" }),
      aside("transactionInvoice", "960002", { state: "PAID", transaction: "900002" }),
    );
    expect(payment.review?.state).toBe("suitable");
    expect(payment.invoice?.state).toBe("open");
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

  it.each(cases)("%s of what was declined leaves it declined: %o", (kind, changes) => {
    const payment = paymentOf("DECLINE", changes);
    expect([payment.standing, payment.findings.map((finding) => finding.kind)]).toEqual(["declined", [kind]]);
  });

  it.each(cases)("%s is no finding before there is money: %o", (_, changes) => {
    expect(paymentOf("CONFIRMED", changes)).toMatchObject({ standing: "open", findings: [] });
  });

  it.each<[string, Partial<TransactionSnapshot>, readonly string[]]>([
    ["wrongAmount", { authorizationAmount: "0.01" as never }, ["CHF 0.01", "CHF 29.95", "Do not ship"]],
    ["wrongCurrency", { currency: "EUR" }, ["EUR 29.95", "order is in CHF", "Do not ship"]],
    ["wrongSpace", { space: "70002" as never }, ["space 70002", "Check the space id"]],
    ["wrongOrder", { attempt: null }, ["mark of this payment", "before you ship"]],
    ["testMoney", { authorizationEnvironment: "TEST" }, ["test money", "Do not ship"]],
  ])("%s says which transaction, what is wrong and what to do", (kind, changes, texts) => {
    const [finding] = paymentOf("FULFILL", changes).findings;
    expect(finding).toMatchObject({ key: `${kind}:attempt-1`, amount: chf(2995) });
    for (const text of ["Transaction 900001 in space 70001", ...texts]) expect(finding?.detail).toContain(text);
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

  it("stays failed when it failed", () => {
    const row = aRow({ abandoned: true });
    expect(foldOf({ row, entities: [anEntity("FAILED", anAttempt())] }).payment.standing).toBe("failed");
  });
});

describe("refunds", () => {
  it("finds money that went back without a refund that is known", () => {
    const payment = paymentOf("FULFILL", { refundedAmount: "10.00" as never });
    expect(payment.refunded).toEqual(chf(1000));
    expect(payment.findings).toMatchObject([{ kind: "unexplainedRefund", amount: chf(1000) }]);
    expect(payment.standing).toBe("paid");
    expect(payment.findings[0]?.key).toBe("unexplainedRefund:attempt-1");
    expect(payment.findings[0]?.detail).toContain("more was refunded");
  });

  const refunded = [
    anEntity("FULFILL", anAttempt(1), { refundedAmount: "10.00" as never }),
    anEntity("FAILED", anAttempt(2)),
  ];
  it.each<[string, EntityRow, number | undefined]>([
    ["a refund of that amount", anOperationEntity("refund", "930001"), undefined],
    ["a pending one", anOperationEntity("refund", "930001", { state: "PENDING" }), undefined],
    ["one of less", anOperationEntity("refund", "930001", { amount: "4.00" as never }), 600],
    ["one that failed", anOperationEntity("refund", "930001", { state: "FAILED" }), 1000],
    ["a completion of that amount", anOperationEntity("completion", "920001"), 1000],
    ["a refund of another attempt", anOperationEntity("refund", "930001", { transaction: "900002" as never }), 1000],
  ])("of which %s is known are explained by it", (_, entity, missing) => {
    const { findings } = foldOf({ attempts: [anAttempt(1), anAttempt(2)], entities: [...refunded, entity] }).payment;
    expect(findings.map(({ kind, amount }) => [kind, amount?.minor])).toEqual(
      missing === undefined ? [] : [["unexplainedRefund", missing]],
    );
  });

  it("by the buyer's bank are found, with whom to ask", () => {
    const { findings } = foldOf({
      entities: [
        refunded[0] as EntityRow,
        anOperationEntity("completion", "930001"),
        anOperationEntity("refund", "930002", { amount: "1.00" as never }),
        anOperationEntity("refund", "930001", { byCustomer: true, amount: "9.00" as never }),
      ],
    }).payment;
    expect(findings).toMatchObject([{ key: "chargeback:refund:930001", kind: "chargeback", amount: chf(900) }]);
    expect(findings[0]?.detail).toMatch(/refund 930001.*Ask the acquirer/);
  });
});

describe("money that was given back as a whole", () => {
  const whole = { refundedAmount: "29.95" as never };
  const refund = anOperationEntity("refund", "930001", { amount: "29.95" as never, externalId: "refund-1" });
  const byCore = aCommand("refund", {
    origin: "core",
    state: "known",
    serviceId: "930001" as never,
    amount: chf(2995),
  });
  const byShop: CommandRow = { ...byCore, origin: "shop" };
  const elsewhere = aCommand("void", { id: "core-void" as CommandId, origin: "core", attempt: anAttempt(2).id });

  it.each<[Standing, string, TransactionState, boolean, readonly CommandRow[]]>([
    ["voided", "by core", "FULFILL", false, [byCore]],
    [
      "voided",
      "by core, beside what the merchant asked for",
      "FULFILL",
      false,
      [byShop, { ...byCore, id: "c" as CommandId }],
    ],
    ["voided", "by anybody, of an order that the shop gave up", "FULFILL", true, [byShop]],
    ["paid", "by the merchant", "FULFILL", false, [byShop]],
    ["paid", "by the merchant, while core owed another attempt's", "FULFILL", false, [byShop, elsewhere]],
    ["declined", "by core, of what was declined", "DECLINE", false, [byCore]],
  ])("leaves the payment %s: %s", (standing, _, state, abandoned, commands) => {
    const attempts = [anAttempt(1), anAttempt(2)];
    const entities = [anEntity(state, anAttempt(1), whole), anEntity("VOIDED", anAttempt(2)), refund];
    const { payment } = foldOf({ row: aRow({ abandoned }), attempts, entities, commands });
    expect(payment.standing).toBe(standing);
  });

  it("in part leaves it paid", () => {
    const entities = [anEntity("FULFILL", anAttempt(), { refundedAmount: "29.94" as never })];
    expect(foldOf({ entities, commands: [byCore] }).payment.standing).toBe("paid");
  });
});

describe("a payment whose every create was cut", () => {
  it("is open with nothing that governs", () => {
    const order = { ...anOrder(chf(700)), language: "fr-CH" };
    const cut = anAttempt(1, { createState: "cut", transaction: null, environment: "test", order });
    const entities = [aReviewEntity("PENDING")];
    const { payment, unwanted } = foldOf({ attempts: [cut], commands: [aCommand("refund")], entities });
    expect(unwanted).toEqual([]);
    expect(payment).toMatchObject({
      standing: "open",
      state: "created",
      mayShip: false,
      governing: null,
      superseded: [],
      amount: chf(700),
      authorized: chf(0),
      completed: chf(0),
      refunded: chf(0),
      review: null,
      invoice: null,
      method: null,
      means: null,
      environment: "test",
      expiresOn: null,
      slow: false,
      failure: null,
      findings: [],
    });
  });
});

it("begins with an attempt", () => {
  expect(() => foldOf({ attempts: [] })).toThrow(/no attempt/);
});

it("takes the amount from the order as agreed", () => {
  const attempt = anAttempt(1, { order: anOrder(chf(100)) });
  expect(foldOf({ attempts: [attempt], entities: [anEntity("FULFILL", attempt)] }).payment.standing).toBe("held");
});
