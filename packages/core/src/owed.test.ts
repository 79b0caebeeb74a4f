import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { toReadAttempt } from "./attempt.ts";
import type { CommandId, CommandRow, OrderGroup, PaymentReference, ShopKey } from "./contract/index.ts";
import { toOwed } from "./owed.ts";
import type { TransactionSnapshot } from "./snapshot.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { aCommand, minute } from "./testing/operation-rows.ts";
import { anAttempt, anEntity, anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;
const second = "900002" as ServiceId;

/** The buyer confirmed one page, came back to pay the same order again, and paid both. */
async function paidTwice(): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, "CONFIRMED");
  await bench.start(anOrder(chf(5000)));
  bench.service.move(first, "FULFILL");
  bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:10:00.000Z" as never });
  bench.clock.advance(120);
  await bench.settleAll();
  return bench;
}

describe("a second payment of the same order", () => {
  it("that was taken already is refunded as a whole, once", async () => {
    const bench = await paidTwice();
    for (let time = 0; time < 3; time += 1) {
      bench.clock.advance(600);
      await bench.settleAll();
    }
    expect([...bench.service.operations.refunds.values()]).toHaveLength(1);
    const refunded = [...bench.service.transactions.values()].filter(({ refundedAmount }) => refundedAmount !== "0");
    expect(refunded).toMatchObject([{ refundedAmount: refunded[0]?.authorizationAmount }]);
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([
      { origin: "core", kind: "refund", state: "successful" },
    ]);
  });
});

describe("money for a payment that the shop had given up", () => {
  async function paidLate(): Promise<Bench> {
    const bench = createBench();
    await bench.start();
    await bench.core.runCommand(shopId, {
      kind: "void",
      reference,
      shopKey: null,
      heldKeys: "all",
      whenCompleted: "refuse",
    });
    bench.service.move(first, "FULFILL");
    bench.clock.advance(120);
    return bench;
  }

  it("is held, found and given back, and is never shown as paid", async () => {
    const bench = await paidLate();
    for (let time = 0; time < 3; time += 1) {
      await bench.settleAll();
      bench.clock.advance(600);
    }
    expect(bench.service.transactions.get(first)).toMatchObject({ refundedAmount: "29.95" });
    expect(bench.shop.shown.map(({ standing }) => standing)).not.toContain("paid");
    expect(bench.shop.shown.find(({ standing }) => standing === "held")?.findings).toMatchObject([
      { kind: "paidThoughAbandoned" },
    ]);
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "voided", mayShip: false, findings: [] });
  });

  it("is not what a merchant asks for who refunds the same amount", async () => {
    const bench = await paidLate();
    bench.service.operations.nextState = "PENDING";
    await bench.settleAll();
    bench.clock.advance(2);
    await bench.settleAll();
    const shopKey = "refund-1" as ShopKey;
    const refund = { kind: "refund", reference, shopKey, heldKeys: [shopKey], lines: null } as const;
    await bench.core.runCommand(shopId, { ...refund, amount: chf(2995), reason: null, offline: false });
    const keys = (await bench.core.recall(shopId, reference))?.operations.map(({ origin, shopKeys }) => [
      origin,
      shopKeys,
    ]);
    expect(keys).toEqual([
      ["core", []],
      ["shop", ["refund-1"]],
    ]);
  });

  it("stays a finding when it could not be given back", async () => {
    const bench = await paidLate();
    bench.service.operations.nextState = "FAILED";
    await bench.settleAll();
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "held", findings: [{ kind: "paidThoughAbandoned" }] });
  });
});

describe("two payments of one order, the first of which is read last", () => {
  it("still leave one of them: the second one is looked at again", async () => {
    const bench = createBench();
    const order = { ...anOrder(), group: "group-1" as OrderGroup };
    await bench.start(order);
    await bench.start(order, { reference: "order-1001-again" as PaymentReference });
    await bench.settleAll();
    bench.service.move(first, "FULFILL", { authorizedOn: "2026-02-03T09:01:00.000Z" as never });
    bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:02:00.000Z" as never });
    bench.clock.advance(2);
    await bench.hint(second, "FULFILL");
    await bench.settleAll();
    await bench.hint(first, "FULFILL");
    for (let time = 0; time < 3; time += 1) {
      await bench.settleAll();
      bench.clock.advance(600);
    }
    expect(bench.service.transactions.get(first)).toMatchObject({ refundedAmount: "0" });
    expect(bench.service.transactions.get(second)).toMatchObject({ refundedAmount: "29.95" });
  });
});

describe("what core owes", () => {
  const unwanted = (state: "AUTHORIZED" | "FULFILL", changes: object = {}) =>
    toReadAttempt(anAttempt(1), [anEntity(state, anAttempt(1), changes as Partial<TransactionSnapshot>)]);
  const owed = (...given: Parameters<typeof unwanted>) => toOwed([unwanted(...given)], [], minute(3));

  it("of a reservation is a void", () => {
    expect(owed("AUTHORIZED")).toEqual([
      {
        id: "core-void-attempt-1",
        attempt: "attempt-1",
        kind: "void",
        shopKeys: [],
        origin: "core",
        body: {},
        amount: null,
        lines: null,
        on: minute(3),
      },
    ]);
  });

  it.each([
    ["all of it", {}, 2995],
    ["what was completed of it", { completedAmount: "10.00" }, 1000],
    ["what was authorized, where no completed amount is told", { completedAmount: null }, 2995],
    ["less what went back already", { refundedAmount: "9.95" }, 2000],
    ["nothing less where no refund is told", { refundedAmount: null }, 2995],
  ])("of money that was taken is a refund of %s", (_, changes, minor) => {
    expect(owed("FULFILL", changes)).toMatchObject([
      { id: "core-refund-attempt-1", kind: "refund", amount: chf(minor), body: { amount: "rest", lines: null } },
    ]);
  });

  it("is written once, whatever else was asked for", () => {
    const command = (id: string): CommandRow => aCommand("refund", { id: id as CommandId });
    const attempts = [unwanted("FULFILL")];
    expect(toOwed(attempts, [command("refund-1"), command("core-refund-attempt-1")], minute(3))).toEqual([]);
    expect(toOwed(attempts, [command("refund-1"), command("core-void-attempt-1")], minute(3))).toHaveLength(1);
  });
});
