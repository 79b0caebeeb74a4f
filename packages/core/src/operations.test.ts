import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { toReadAttempt } from "./attempt.ts";
import type { CommandId, CommandRow, EntityRow, Operation, ShopKey } from "./contract/index.ts";
import { refusal } from "./failure.ts";
import { entityOf, isUnresolved, isUntold, toOperations } from "./operations.ts";
import { aCommand, anOperationEntity, aReviewEntity, minute } from "./testing/operation-rows.ts";
import { anAttempt, anEntity, anOrder, chf } from "./testing/rows.ts";

const first = anAttempt(1);
const second = anAttempt(2);

function operationsOf(
  commands: readonly CommandRow[],
  entities: readonly EntityRow[] = [],
  transactions: readonly EntityRow[] = [anEntity("FULFILL", first), anEntity("FULFILL", second)],
): readonly Operation[] {
  const attempts = [first, second].map((row) => toReadAttempt(row, transactions));
  return toOperations(attempts, commands, entities);
}

function operationOf(command: CommandRow, entities: readonly EntityRow[] = [], transaction?: EntityRow): Operation {
  const [operation, ...others] = operationsOf([command], entities, transaction && [transaction]);
  expect(others).toEqual([]);
  return operation ?? expect.fail("there is no operation");
}

const known = (id: string) => ({ state: "known", serviceId: id as ServiceId, sends: 1 }) as const;
const refused = { state: "refused", failure: refusal("notPossibleNow", "de", "It is too late.") } as const;

describe("the entity of a command", () => {
  const open = aCommand("refund", { sends: 1 });
  const another = anOperationEntity("refund", "930001", { externalId: "refund-2" });

  it("is found by its id", () => {
    const mine = anOperationEntity("refund", "930002", { externalId: null });
    expect(entityOf(aCommand("refund", known("930002")), [another, mine])).toBe(mine);
  });

  it("is found by the key that was sent while the answer is missing", () => {
    const mine = anOperationEntity("refund", "930002", { externalId: "refund-1" });
    expect(entityOf(open, [another, mine])).toBe(mine);
  });

  it.each([
    ["of another key", another],
    ["of another kind and the same key", anOperationEntity("completion", "930002", { externalId: "refund-1" })],
  ])("is none %s", (_, entity) => {
    expect(entityOf(open, [entity])).toBeUndefined();
    expect(operationsOf([open], [entity])).toMatchObject([{ serviceId: null }, { origin: "backOffice" }]);
  });

  it("is none of another kind and the same id", () => {
    const entity = anOperationEntity("completion", "930002");
    expect(entityOf(aCommand("refund", known("930002")), [entity])).toBeUndefined();
    expect(operationsOf([aCommand("refund", known("930002"))], [entity])).toMatchObject([
      { key: "refund-1", state: "pending" },
      { key: "completion:930002", state: "successful" },
    ]);
  });
});

describe("the outcome of a command is still to come", () => {
  it.each<[string, boolean, CommandRow, readonly EntityRow[]]>([
    ["while it is open", true, aCommand("refund"), []],
    ["not once it was refused", false, aCommand("refund", refused), []],
    ["while nothing was read of it", true, aCommand("refund", known("1")), []],
    [
      "while it is pending",
      true,
      aCommand("refund", known("1")),
      [anOperationEntity("refund", "1", { state: "PENDING" })],
    ],
    ["not once it is done", false, aCommand("refund", known("1")), [anOperationEntity("refund", "1")]],
    [
      "not once it failed",
      false,
      aCommand("refund", known("1")),
      [anOperationEntity("refund", "1", { state: "FAILED" })],
    ],
    [
      "while a void is pending",
      true,
      aCommand("void", known("1")),
      [anOperationEntity("void", "1", { state: "PENDING" })],
    ],
    ["not of a void that only its transaction tells", false, aCommand("void", { state: "known" }), []],
    ["while a review has no id", true, aCommand("review", { state: "known" }), []],
    ["not once the review is decided", false, aCommand("review", known("980001")), [aReviewEntity("SUITABLE")]],
    ["while the review is open", true, aCommand("review", known("980001")), [aReviewEntity("PENDING")]],
  ])("%s", (_, expected, command, entities) => {
    expect(isUnresolved(command, entities)).toBe(expected);
  });
});

describe("the shop does not know what came of a command", () => {
  const done = anOperationEntity("refund", "1");
  const failed = anOperationEntity("refund", "1", { state: "FAILED" });
  it.each<[string, boolean, CommandRow, readonly EntityRow[]]>([
    ["while it is open", true, aCommand("refund"), []],
    ["while it is done in no revision yet", true, aCommand("refund", known("1")), [done]],
    ["while it does not show the revision", true, aCommand("refund", { ...known("1"), doneIn: 6 }), [done]],
    ["not once it shows that one", false, aCommand("refund", { ...known("1"), doneIn: 5 }), [done]],
    ["not of one that failed", false, aCommand("refund", known("1")), [failed]],
    ["not of one that was refused", false, aCommand("refund", refused), []],
    ["while a void is told by its transaction only", true, aCommand("void", { state: "known", doneIn: 6 }), []],
    [
      "while a review is decided",
      true,
      aCommand("review", { ...known("980001"), doneIn: 6 }),
      [aReviewEntity("SUITABLE")],
    ],
  ])("%s", (_, expected, command, entities) => {
    expect(isUntold(command, entities, 5)).toBe(expected);
  });
});

describe("our own operation", () => {
  it("keeps what was asked for, under our key", () => {
    const lines = [{ id: "sku-1", quantity: "1" as Decimal, amount: chf(1000) }];
    const shopKeys = ["refund-7" as ShopKey];
    expect(operationOf(aCommand("refund", { lines, shopKeys, origin: "core" }))).toEqual({
      key: "refund-1",
      kind: "refund",
      origin: "core",
      attempt: first.id,
      shopKeys,
      serviceId: null,
      externalId: "refund-1",
      amount: chf(1000),
      lines,
      on: minute(10),
      state: "pending",
      failure: null,
    });
  });

  it.each([
    ["complete", "completion", "complete-1"],
    ["refund", "refund", "refund-1"],
    ["void", "void", null],
    ["review", "review", null],
  ] as const)("of %s is a %s with the key that the service takes: %s", (kind, operation, externalId) => {
    expect(operationOf(aCommand(kind))).toMatchObject({ kind: operation, externalId });
  });

  it.each([
    ["CREATE", "pending"],
    ["SCHEDULED", "pending"],
    ["PENDING", "pending"],
    ["MANUAL_CHECK", "pending"],
    ["SUCCESSFUL", "successful"],
    ["FAILED", "failed"],
  ] as const)("that the service has as %s is %s", (state, expected) => {
    const failureReason = { id: null, category: "END_USER", description: "The account is closed." } as const;
    const entity = anOperationEntity("refund", "930001", { state, failureReason });
    const { failure, ...operation } = operationOf(aCommand("refund", known("930001")), [entity]);
    expect(operation).toMatchObject({ state: expected, serviceId: "930001" });
    expect(failure?.merchantMessage ?? null).toBe(expected === "failed" ? "The account is closed." : null);
    if (expected === "failed") expect(failure?.publicMessage).toContain("abgelehnt");
  });

  it("that was refused is failed with the reason", () => {
    expect(operationOf(aCommand("refund", refused))).toMatchObject({ state: "failed", failure: refused.failure });
    expect(operationOf(aCommand("review", refused))).toMatchObject({ state: "failed", failure: refused.failure });
  });

  it("that was refused is told to the buyer in the language of his order, in the words of the service as they are", () => {
    const failure = refusal("notPossibleNow", "en", "It is too late.");
    const told = operationOf(aCommand("refund", { state: "refused", failure }))?.failure;
    expect(told).toEqual(refusal("notPossibleNow", "de-CH", "It is too late."));
    expect(told?.publicMessage).not.toBe(failure.publicMessage);
    const ofService = { ...failure, publicMessage: "Karte gesperrt.", serviceReason: "12" as never };
    expect(operationOf(aCommand("refund", { state: "refused", failure: ofService }))?.failure).toEqual(ofService);
  });

  it("that was refused though the service has it is what the service has", () => {
    const entity = anOperationEntity("refund", "930001", { externalId: "refund-1" });
    expect(operationOf(aCommand("refund", refused), [entity])).toMatchObject({
      state: "successful",
      serviceId: "930001",
      failure: null,
    });
  });

  it("of an attempt that is not among the payment's is told all the same", () => {
    const stranger = { attempt: "attempt-9" as CommandRow["attempt"] };
    expect(operationOf(aCommand("void", stranger))).toMatchObject({ state: "pending" });
    const entity = anOperationEntity("refund", "930001", { state: "FAILED", externalId: "refund-1" });
    const { failure } = operationOf(aCommand("refund", stranger), [entity]);
    expect(failure?.publicMessage).toContain("declined");
  });
});

describe("a review", () => {
  it.each([
    ["suitable", "PENDING", "pending"],
    ["suitable", "MANUAL_CHECK_REQUIRED", "pending"],
    ["suitable", "SUITABLE", "successful"],
    ["suitable", "NOT_SUITABLE", "failed"],
    ["notSuitable", "SUITABLE", "failed"],
    ["notSuitable", "NOT_SUITABLE", "successful"],
  ] as const)("as %s of what is %s is %s", (decision, state, expected) => {
    const command = aCommand("review", { ...known("980001"), body: { decision } });
    expect(operationOf(command, [aReviewEntity(state)])).toMatchObject({
      state: expected,
      failure: expected === "failed" ? refusal("notPossibleNow", "de", "Somebody else has decided otherwise.") : null,
    });
  });

  it("of which nothing was read is pending", () => {
    expect(operationOf(aCommand("review", { body: { decision: "suitable" } }))).toMatchObject({ state: "pending" });
  });
});

it.each(["complete", "refund"] as const)(
  "a %s of which nothing was read is not told by a transaction that is voided",
  (kind) => {
    expect(operationOf(aCommand(kind, { sends: 1 }), [], anEntity("VOIDED", first)).state).toBe("pending");
  },
);

describe("a void whose answer is missing", () => {
  const sent = aCommand("void", { sends: 1 });
  const voided = anOperationEntity("void", "925001");

  it.each([
    ["VOIDED", "successful"],
    ["AUTHORIZED", "pending"],
  ] as const)("is told by its transaction, which is %s: %s", (state, expected) => {
    expect(operationOf(sent, [], anEntity(state, first))).toMatchObject({ state: expected, serviceId: null });
  });

  it("is the one that was made since, and no other kind of operation", () => {
    const refund = anOperationEntity("refund", "930001");
    expect(operationsOf([sent], [refund, voided])).toMatchObject([
      { key: "void-1", serviceId: "925001", state: "successful" },
      { key: "refund:930001" },
    ]);
    const atOnce = anOperationEntity("void", "925001", { createdOn: sent.on });
    expect(operationOf(sent, [atOnce])).toMatchObject({ serviceId: "925001" });
    const foundAgain = aCommand("void", { state: "known", sends: 2 });
    expect(operationOf(foundAgain, [voided])).toMatchObject({ serviceId: "925001" });
  });

  it.each([
    ["was not sent", aCommand("void"), voided],
    ["found the payment voided already", aCommand("void", { state: "known", sends: 1 }), voided],
    ["was refused", aCommand("void", { ...refused, sends: 1 }), voided],
    ["has another id", aCommand("void", known("925009")), voided],
    ["is of another attempt", aCommand("void", { sends: 1, attempt: second.id }), voided],
    ["is younger", sent, anOperationEntity("void", "925001", { createdOn: minute(9) })],
    ["is a refund", aCommand("refund", { sends: 1 }), voided],
  ])("is not what others made when it %s", (_, command, entity) => {
    expect(
      operationsOf([command], [entity])
        .map(({ origin }) => origin)
        .sort(),
    ).toEqual(["backOffice", "shop"]);
  });

  it("is found once: of two commands the older one has it", () => {
    const again = aCommand("void", { id: "void-2" as CommandId, sends: 1 });
    expect(operationsOf([sent, again], [voided]).map(({ key, serviceId }) => [key, serviceId])).toEqual([
      ["void-1", "925001"],
      ["void-2", null],
    ]);
    const owner = aCommand("void", { id: "void-2" as CommandId, ...known("925001") });
    expect(operationsOf([sent, owner], [voided]).map(({ serviceId }) => serviceId)).toEqual([null, "925001"]);
  });
});

describe("what others started", () => {
  it("is told with the service's id as its key", () => {
    const entity = anOperationEntity("refund", "930001", { externalId: "theirs" });
    expect(operationsOf([], [entity])).toEqual([
      {
        key: "refund:930001",
        kind: "refund",
        origin: "backOffice",
        attempt: first.id,
        shopKeys: [],
        serviceId: "930001",
        externalId: "theirs",
        amount: chf(1000),
        lines: null,
        on: minute(11),
        state: "successful",
        failure: null,
      },
    ]);
  });

  it("by the buyer's bank is the service's own", () => {
    expect(operationsOf([], [anOperationEntity("refund", "930001", { byCustomer: true })])).toMatchObject([
      { origin: "service" },
    ]);
  });

  it("belongs to the attempt of its transaction, and to nobody without one", () => {
    const ofSecond = anOperationEntity("void", "925001", { transaction: second.transaction as ServiceId });
    const ofNobody = anOperationEntity("void", "925002", { transaction: "900009" as ServiceId });
    expect(operationsOf([], [ofNobody, ofSecond])).toMatchObject([{ attempt: second.id, kind: "void", amount: null }]);
  });

  it("is no operation when it is a review", () => {
    expect(operationsOf([], [aReviewEntity("SUITABLE")])).toEqual([]);
  });

  it("is in the currency of the transaction, else in the order's", () => {
    const entity = anOperationEntity("refund", "930001");
    const inEuros = [anEntity("FULFILL", first, { currency: "EUR" })];
    expect(operationsOf([], [entity], inEuros)).toMatchObject([{ amount: { minor: 1000, currency: "EUR" } }]);
    expect(operationsOf([], [entity], [])).toMatchObject([{ amount: chf(1000) }]);
  });

  it("tells its failure in the language of the order", () => {
    const french = anAttempt(1, { order: { ...anOrder(), language: "fr-CH" } });
    const entity = anOperationEntity("refund", "930001", { state: "FAILED" });
    const [operation] = toOperations([toReadAttempt(french, [])], [], [entity]);
    expect(operation?.failure?.publicMessage).toContain("refusé");
  });
});

it("are told oldest first, ours before others' of the same instant", () => {
  const commands = [
    aCommand("refund", { id: "refund-late" as CommandId, on: minute(30) }),
    aCommand("refund", { id: "refund-early" as CommandId, on: minute(5) }),
    aCommand("refund", { id: "refund-same" as CommandId, on: minute(20) }),
  ];
  const entities = [
    anOperationEntity("refund", "930002", { createdOn: minute(25) }),
    anOperationEntity("refund", "930001", { createdOn: minute(20) }),
    anOperationEntity("refund", "930003", { createdOn: minute(1) }),
  ];
  expect(operationsOf(commands, entities).map(({ key }) => key)).toEqual([
    "refund:930003",
    "refund-early",
    "refund-same",
    "refund:930001",
    "refund:930002",
    "refund-late",
  ]);
});
