import {
  type Deviation,
  type ShopEntry,
  type ShopHarness,
  type ShopParts,
  testShopAdapter,
} from "@checkout-plugins/conformance";
import {
  add,
  type Money,
  type PaymentReference,
  type ShopCommand,
  subtract,
  toDecimal,
  toMoney,
  zero,
} from "@checkout-plugins/core";
import { beforeAll, expect } from "vitest";
import type { MockFault, MockSession, MockState } from "./mock/index.ts";
import { type Bench, createBench, shopId } from "./testing/bench.ts";
import {
  type Certificates,
  createCertificates,
  openTestShop,
  toAmount,
  toCustomer,
  withCertificate,
} from "./testing/test-shop.ts";

let certificates: Certificates;
beforeAll(async () => {
  certificates = await createCertificates(Date.parse("2026-02-03T09:00:00Z"));
});

const states = { open: "pending", pending: "pending", resolved: "done", rejected: "failed" } as const;
const kinds = { refund: "refund", capture: "completion", void: "void" } as const;

function ofPayment({ sessions }: MockState, reference: string) {
  return [...sessions.values()].filter(({ payment }) => payment === reference);
}

function toSum(sessions: readonly MockSession[], kind: MockSession["kind"], currency: string): Money {
  const done = sessions.filter((one) => one.kind === kind && one.state === "resolved");
  return done.map(({ amount }) => toMoney(amount ?? "0", currency)).reduce(add, zero(currency));
}

/** What stands for what in Shopify's admin. */
function toMeaning(session: MockSession, all: readonly MockSession[]) {
  const { state, body, currency, amount } = session;
  if (state === "open" || state === "pending") return ["open", "held"] as const;
  if (state === "rejected") return ["failed", "voided", "declined"] as const;
  if (all.some(({ kind, state }) => kind === "void" && state === "resolved")) return ["voided"] as const;
  const isWhole = toSum(all, "capture", currency).minor === toMoney(amount ?? "0", currency).minor;
  return body.kind === "sale" || isWhole ? (["paid"] as const) : (["authorized"] as const);
}

async function createHarness({ gateway, shopId, now, createId }: ShopParts): Promise<ShopHarness> {
  const { mock, adapter, close } = await openTestShop({ gateway, shopId, now, createId, certificates });
  const find = (reference: string): MockSession => {
    const session = mock.state.sessions.get(reference);
    if (session === undefined) throw new RangeError(`There is no session ${reference}`);
    return session;
  };
  return {
    adapter,
    shop: {
      async order(order, { reference, completion, test }) {
        const known = reference === null ? undefined : find(reference);
        if (known !== undefined && known.amount === toDecimal(order.total)) {
          await mock.resend(known.id);
          return { reference: known.id as PaymentReference, url: known.redirectUrl };
        }
        const session = await mock.pay({
          ...toAmount(order),
          kind: completion === "immediate" ? "sale" : "authorization",
          test,
          customer: toCustomer(order),
          ...(order.group !== null && { group: order.group }),
          ...(known !== undefined && { group: String(known.body.group) }),
        });
        return { reference: session.id as PaymentReference, url: session.redirectUrl };
      },
      async press({ kind, reference, amount, row }) {
        if (kind === "accept" || kind === "deny") throw new RangeError("Shopify has no reviews");
        const payment = find(reference);
        const follow = ({ complete: "capture", refund: "refund", void: "void" } as const)[kind];
        const whole = toMoney(payment.amount ?? "0", payment.currency);
        const done = toSum(ofPayment(mock.state, reference), follow, payment.currency);
        const money = amount === "rest" ? subtract(whole, done) : amount;
        const id = `${follow}-${reference}-${row}`;
        const session = await mock.followUp(follow, reference, follow === "void" ? null : toDecimal(money), id);
        return ({ pending: "pending", done: "successful", failed: "failed" } as const)[states[session.state]];
      },
      async read(reference) {
        const session = find(reference);
        const all = ofPayment(mock.state, reference);
        const { currency, body, state } = session;
        const captured = toSum(all, "capture", currency);
        const isSold = body.kind === "sale" && state === "resolved";
        const effects: Record<string, number> = {};
        for (const { field, id, effect } of mock.state.calls) {
          if (effect !== "changed" || !all.some((one) => one.id === id)) continue;
          effects[field] = (effects[field] ?? 0) + 1;
        }
        return {
          means: toMeaning(session, all),
          paid: isSold ? toMoney(session.amount ?? "0", currency) : captured,
          refunded: toSum(all, "refund", currency),
          entries: all.flatMap(({ kind, amount, state }): ShopEntry[] =>
            kind === "payment"
              ? []
              : [
                  {
                    kind: kinds[kind],
                    amount: amount === null ? null : toMoney(amount, currency),
                    state: states[state],
                  },
                ],
          ),
          notes: all.flatMap(({ reason }) => (reason?.code === "MERCHANT_ACTION_REQUIRED" ? [reason.code] : [])),
          effects,
        };
      },
      async break(fault, reference) {
        const faults: Readonly<Record<string, MockFault>> = { orderGone: "gone", orderClosed: "closed" };
        mock.break(fault === null ? null : (faults[fault] ?? (fault as MockFault)), reference);
      },
    },
    async forge(command: ShopCommand, how) {
      if (command.kind !== "refund" || command.amount === "rest") throw new RangeError("Only refunds are forged");
      const { reference, amount, shopKey } = command;
      const body = {
        id: shopKey ?? "",
        gid: `gid://shopify/RefundSession/${shopKey}`,
        payment_id: reference,
        amount: toDecimal(amount),
        currency: amount.currency,
      };
      const request = mock.toRequest({ kind: "refund", body });
      const shown = { wrongSecret: certificates.strange, unsigned: null } as Readonly<Record<string, string | null>>;
      return withCertificate(request, how in shown ? (shown[how] ?? null) : certificates.genuine);
    },
    close,
  };
}

async function withBench(test: (bench: Bench) => Promise<void>): Promise<void> {
  const bench = await createBench({ certificates });
  try {
    await test(bench);
  } finally {
    await bench.close();
  }
}

const checkout = { amount: "29.95", currency: "CHF", kind: "sale", test: false, customer: null } as const;

async function paid(bench: Bench, kind: "sale" | "authorization" = "sale"): Promise<MockSession> {
  const session = await bench.mock.pay({ ...checkout, kind });
  await bench.settle();
  await bench.buyer(session, "pay");
  await bench.settle();
  return session;
}

const deviations: Readonly<Record<string, Deviation>> = {
  "order: reaches the service line by line, with its quantities, taxes and kinds": {
    reason: "a payment session has an amount and no lines; one line is the whole order",
    test: () =>
      withBench(async (bench) => {
        const session = await bench.mock.pay({ ...checkout, customer: { locale: "it", email: "a@example.ch" } });
        const { authorizationAmount } = await bench.control.transaction(await bench.transactionOf(session));
        expect(authorizationAmount).toBe("29.95");
        const payment = await bench.core.recall(shopId, session.id as PaymentReference);
        expect(payment?.amount).toEqual(toMoney("29.95", "CHF"));
      }),
  },
  "order: names the buyer, both addresses, the language and the order number": {
    reason:
      "Shopify has no order number before the order is paid; the session's id is on both sides (session-order.test.ts)",
    test: () =>
      withBench(async (bench) => {
        const session = await bench.mock.pay(checkout);
        const { merchantReference } = await bench.control.transaction(await bench.transactionOf(session));
        expect(merchantReference).toBe(session.id);
      }),
  },
  "order: changed before it is paid changes the same transaction": {
    reason: "a changed cart is another session of the same group; who pays both gets the second one back",
    test: () =>
      withBench(async (bench) => {
        const first = await bench.mock.pay(checkout);
        const second = await bench.mock.pay({ ...checkout, amount: "36.70", group: String(first.body.group) });
        await bench.settle();
        for (const session of [first, second]) {
          await bench.buyer(session, "pay");
          await bench.settle();
        }
        await bench.settle(600);
        expect([first.state, second.state]).toEqual(["resolved", "rejected"]);
        const { refundedAmount, completedAmount } = await bench.control.transaction(await bench.transactionOf(second));
        expect([Number(completedAmount), Number(refundedAmount)]).toEqual([36.7, 36.7]);
      }),
  },
  "showing: a voided one is shown as voided": {
    reason: "Shopify cannot be told of a void that it did not ask for; a person is",
    test: () =>
      withBench(async (bench) => {
        const session = await paid(bench, "authorization");
        await bench.control.backOffice(await bench.transactionOf(session), { action: "void" });
        await bench.settle();
        const findings = await bench.findings();
        expect(findings).toMatchObject([
          { kind: "cannotShow", detail: expect.stringContaining("Cancel the order in Shopify") },
        ]);
      }),
  },
  "commands: a refused refund is told, and leaves nothing behind": {
    reason: "Shopify is told of every outcome by a mutation, a moment after it asked",
    test: () =>
      withBench(async (bench) => {
        const session = await paid(bench);
        const refund = await bench.mock.followUp("refund", session.id, "30.00");
        await bench.settle();
        expect(refund).toMatchObject({ isTaken: true, state: "rejected", reason: { code: "PROCESSING_ERROR" } });
        expect(refund.reason?.message).toMatch(/29\.95|more than/);
        expect(Number((await bench.control.transaction(await bench.transactionOf(session))).refundedAmount)).toBe(0);
      }),
  },
  "commands: a refund whose answer is cut, pressed again after the row was deleted, is one": {
    reason: "Shopify deletes no refund: another id is another refund, and both are true",
    test: () =>
      withBench(async (bench) => {
        const session = await paid(bench);
        await bench.mock.followUp("refund", session.id, "10.00");
        await bench.mock.followUp("refund", session.id, "10.00");
        await bench.settle(600);
        expect(Number((await bench.control.transaction(await bench.transactionOf(session))).refundedAmount)).toBe(20);
      }),
  },
  "commands: a completion whose answer is cut, pressed again after the row was deleted, is one": {
    reason: "Shopify deletes no capture: a second one of the whole is answered, and rejected",
    test: () =>
      withBench(async (bench) => {
        const session = await paid(bench, "authorization");
        const path = "/payment/transactions/*/complete-partially-online";
        await bench.control.addFaults({ on: "request", kind: "cutAfter", method: "POST", path, times: "always" });
        const first = await bench.mock.followUp("capture", session.id, "29.95");
        const second = await bench.mock.followUp("capture", session.id, "29.95");
        await bench.control.clearFaults();
        await bench.settle(600);
        expect([first.state, second.state]).toEqual(["resolved", "rejected"]);
        expect(Number((await bench.control.transaction(await bench.transactionOf(session))).completedAmount)).toBe(
          29.95,
        );
      }),
  },
  "authentication: a request signed an hour ago is refused as badSignature, and nothing is done": {
    reason: "sessions are not signed: TLS proves who sends now, and a session sent again has no second effect",
    test: () =>
      withBench(async (bench) => {
        const session = await paid(bench);
        const refund = await bench.mock.followUp("refund", session.id, "10.00");
        await bench.advance(3600);
        await bench.mock.resend(refund.id);
        await bench.settle(600);
        expect(Number((await bench.control.transaction(await bench.transactionOf(session))).refundedAmount)).toBe(10);
      }),
  },
  "authentication: a request altered after it was signed is refused as badSignature, and nothing is done": {
    reason: "sessions are not signed: TLS keeps them whole, and who alters one on the way has no certificate",
    test: () =>
      withBench(async (bench) => {
        const session = await paid(bench);
        const body = { ...session.body, id: "altered", gid: "gid://shopify/PaymentSession/altered", amount: "0.05" };
        const answer = await bench.gateway(bench.mock.toRequest({ kind: "payment", body }));
        expect(answer.status).toBe(401);
        expect(await bench.control.transactions()).toHaveLength(1);
      }),
  },
};

testShopAdapter("the Shopify payments app", { createHarness, deviations });
