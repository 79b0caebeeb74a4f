import type { Decimal } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { toReadAttempt } from "./attempt.ts";
import type { Attempt, Finding, Instant, Payment, PaymentId, PaymentState } from "./contract/index.ts";
import { findAffected, findUnwanted, toAbandonedFinding, toDoubleFinding } from "./doubles.ts";
import { minute } from "./testing/operation-rows.ts";
import { anAttempt, anEntity, chf } from "./testing/rows.ts";

const self = "payment-5" as PaymentId;
const taken = toReadAttempt(anAttempt(5), [anEntity("FULFILL", anAttempt(5))]);

function attemptOf(state: PaymentState, authorizedOn: Instant | null): Attempt {
  return { ...taken.attempt, state, authorizedOn };
}

/** Another payment of the order, paid before the one under test. */
function aSibling(changes: Partial<Payment> = {}): Payment {
  const paid = { standing: "paid", abandoned: false, completed: chf(2995), refunded: chf(0), findings: [] };
  const governing = attemptOf("fulfilled", minute(1));
  return { id: "payment-1", governing, ...paid, ...changes } as Payment;
}

const doublePayment = { kind: "doublePayment" } as Finding;

describe("an attempt that was paid after another payment of the order", () => {
  const isUnwanted = (sibling: Payment): boolean => findUnwanted(self, [taken], [sibling], false).length === 1;

  it.each<[string, Partial<Payment>]>([
    ["is paid", {}],
    ["is authorized", { governing: attemptOf("authorized", minute(1)), standing: "authorized", completed: chf(0) }],
    ["was refunded in part", { refunded: chf(2994) }],
    ["was declined", { governing: attemptOf("declined", minute(1)), standing: "declined" }],
    ["was authorized at the same instant and has the smaller id", { governing: attemptOf("fulfilled", minute(5)) }],
    ["came before such dates were told", { governing: attemptOf("fulfilled", null) }],
  ])("is one too many when that one %s", (_, changes) => {
    expect(isUnwanted(aSibling(changes))).toBe(true);
  });

  it.each<[string, Partial<Payment>]>([
    ["is this one", { id: self }],
    ["has no attempt that governs", { governing: null }],
    ["is open", { governing: attemptOf("pending", null), standing: "open" }],
    ["has failed", { governing: attemptOf("failed", minute(1)), standing: "failed" }],
    ["was given up", { abandoned: true }],
    ["is held", { standing: "held" }],
    ["is held while it is authorized", { standing: "held", governing: attemptOf("authorized", minute(1)) }],
    ["was given up while it is authorized", { standing: "authorized", abandoned: true }],
    ["was refunded as a whole", { refunded: chf(2995) }],
    ["was authorized later", { governing: attemptOf("fulfilled", minute(6)) }],
    [
      "was authorized at the same instant and has the greater id",
      { id: "payment-9" as PaymentId, governing: attemptOf("fulfilled", minute(5)) },
    ],
  ])("is what the order is paid by when that one %s", (_, changes) => {
    expect(isUnwanted(aSibling(changes))).toBe(false);
  });
});

describe("of two attempts without a date of authorization", () => {
  it("the one of the payment with the smaller id is kept", () => {
    const undated = { ...taken, attempt: attemptOf("fulfilled", null) };
    const sibling = aSibling({ governing: attemptOf("fulfilled", null) });
    expect(findUnwanted(self, [undated], [sibling], false)).toEqual([undated]);
    expect(findUnwanted("payment-0" as PaymentId, [undated], [sibling], false)).toEqual([]);
  });
});

describe("attempts of one payment", () => {
  const second = toReadAttempt(anAttempt(6), [anEntity("AUTHORIZED", anAttempt(6))]);
  const open = toReadAttempt(anAttempt(7), [anEntity("PENDING", anAttempt(7))]);

  it("are unwanted but for the first with money", () => {
    expect(findUnwanted(self, [taken, second, open], [], false)).toEqual([second]);
    expect(findUnwanted(self, [open], [aSibling()], false)).toEqual([]);
  });

  it("are all unwanted where another payment has paid the order, or the shop gave it up", () => {
    expect(findUnwanted(self, [taken, second, open], [aSibling()], false)).toEqual([taken, second]);
    expect(findUnwanted(self, [taken, second, open], [], true)).toEqual([taken, second]);
  });
});

describe("other payments that have to be looked at again because of this one", () => {
  const paid = aSibling({ id: self, governing: attemptOf("fulfilled", minute(2)) });
  const later = attemptOf("fulfilled", minute(3));
  const earlier = attemptOf("fulfilled", minute(1));

  it.each<[string, Partial<Payment>, Partial<Payment>]>([
    ["is a double and does not know it", { governing: later }, {}],
    ["is a double of an authorization", { governing: later }, { standing: "authorized", completed: chf(0) }],
    [
      "took itself for a double of what is refunded",
      { governing: later, findings: [doublePayment] },
      { refunded: chf(2995) },
    ],
  ])("are told when one %s", (_, sibling, changes) => {
    const other = aSibling(sibling);
    expect(findAffected({ ...paid, ...changes }, [other])).toEqual([other.governing]);
  });

  it.each<[string, Partial<Payment>, Partial<Payment>]>([
    ["knows that it is a double", { governing: later, findings: [doublePayment] }, {}],
    ["came first", { governing: earlier }, {}],
    ["is a double of something else while this one is paid", { governing: earlier, findings: [doublePayment] }, {}],
    [
      "has another finding",
      { governing: earlier, findings: [{ kind: "wrongAmount" } as Finding] },
      { refunded: chf(2995) },
    ],
    ["is this one", { id: self, governing: later }, {}],
    ["is this one, found to be a double", { id: self, findings: [doublePayment] }, { refunded: chf(2995) }],
    ["was given up", { governing: later, abandoned: true }, {}],
    ["has nothing that governs", { governing: null, findings: [doublePayment] }, { refunded: chf(2995) }],
    ["has no money", { governing: attemptOf("pending", null), findings: [doublePayment] }, { refunded: chf(2995) }],
  ])("are left alone when one %s", (_, sibling, changes) => {
    expect(findAffected({ ...paid, ...changes }, [aSibling(sibling)])).toEqual([]);
  });
});

describe("the finding", () => {
  it.each([
    ["doublePayment", toDoubleFinding, "more than once"],
    ["paidThoughAbandoned", toAbandonedFinding, "given this payment up"],
  ] as const)("%s names the transaction and its amount as the service tells it", (kind, toFinding, what) => {
    const attempt = anAttempt(2);
    const inEuros = anEntity("FULFILL", attempt, { currency: "EUR", authorizationAmount: "12.30" as Decimal });
    const finding = toFinding(toReadAttempt(attempt, [inEuros]));
    expect(finding).toMatchObject({ key: `${kind}:attempt-2`, kind, amount: { minor: 1230, currency: "EUR" } });
    expect(finding.detail).toContain(what);
    expect(finding.detail).toContain(`ransaction ${attempt.transaction}`);
    expect(finding.detail).toContain("EUR 12.30");
  });
});
