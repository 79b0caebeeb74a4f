import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, Operation, PaymentStore, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { chf } from "./testing/rows.ts";
import type { Fault } from "./testing/service-double.ts";

const first = "900001" as ServiceId;

async function inState(
  state: "AUTHORIZED" | "COMPLETED" | "FULFILL" | "PENDING",
  bench: Bench = createBench(),
): Promise<Bench> {
  await bench.start();
  await bench.settleAll();
  bench.clock.advance(5);
  if (state !== "PENDING") {
    bench.service.move(first, state);
    await bench.hint(first, state);
    await bench.settleAll();
  }
  bench.clock.advance(5);
  return bench;
}

const key = (name: string) => name as ShopKey;

function refund(changes: Partial<Commands["refund"]> = {}): Commands["refund"] {
  const shopKey = key("refund-1");
  return {
    kind: "refund",
    reference,
    shopKey,
    heldKeys: [shopKey],
    amount: chf(1000),
    lines: null,
    reason: null,
    offline: false,
    ...changes,
  };
}

function complete(changes: Partial<Commands["complete"]> = {}): Commands["complete"] {
  const shopKey = key("capture-1");
  return {
    kind: "complete",
    reference,
    shopKey,
    heldKeys: [shopKey],
    amount: "rest",
    lines: null,
    last: "whenWhole",
    ...changes,
  };
}

function voiding(changes: Partial<Commands["void"]> = {}): Commands["void"] {
  return { kind: "void", reference, shopKey: null, heldKeys: "all", whenCompleted: "refuse", ...changes };
}

const run = <K extends "refund" | "complete" | "void" | "review">(bench: Bench, command: Commands[K]) =>
  bench.core.runCommand(shopId, command as never);

async function settleLater(bench: Bench, seconds = 600): Promise<void> {
  bench.clock.advance(seconds);
  await bench.settleAll();
}

const shownOperations = (bench: Bench): readonly Operation[] => bench.shop.shown.at(-1)?.operations ?? [];

describe("completing", () => {
  it("the whole", async () => {
    const bench = await inState("AUTHORIZED");
    expect(await run(bench, complete())).toMatchObject({
      kind: "successful",
      payment: { standing: "paid", completed: chf(2995) },
    });
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", mayShip: true });
  });

  it("in two parts, the second of which is the last", async () => {
    const bench = await inState("AUTHORIZED");
    const one = await run(bench, complete({ amount: chf(1000) }));
    expect(one).toMatchObject({ kind: "successful", payment: { standing: "authorized", completed: chf(1000) } });
    const shopKey = key("capture-2");
    const two = await run(bench, complete({ shopKey, heldKeys: [key("capture-1"), shopKey] }));
    expect(two).toMatchObject({ kind: "successful", payment: { standing: "paid", completed: chf(2995) } });
  });

  it("more than is authorized is refused and told", async () => {
    const bench = await inState("AUTHORIZED");
    const result = await run(bench, complete({ amount: chf(3000) }));
    expect(result).toMatchObject({ kind: "failed", failure: { code: "exceedsAmount" } });
    await bench.settleAll();
    expect(shownOperations(bench)).toMatchObject([
      { kind: "completion", state: "failed", serviceId: null, shopKeys: ["capture-1"] },
    ]);
  });
});

describe("refunding", () => {
  it("a part, then the rest", async () => {
    const bench = await inState("FULFILL");
    expect(await run(bench, refund())).toMatchObject({
      kind: "successful",
      answer: { amount: chf(1000) },
      payment: { refunded: chf(1000) },
    });
    const shopKey = key("refund-2");
    const rest = await run(bench, refund({ shopKey, heldKeys: [key("refund-1"), shopKey], amount: "rest" }));
    expect(rest).toMatchObject({ kind: "successful", payment: { refunded: chf(2995), findings: [] } });
  });

  it.each<Fault>(["cutBefore", "cutAfter", "unreachable"])(
    "%s is pending, and pressed again is the same one",
    async (fault) => {
      const bench = await inState("FULFILL");
      bench.service.failNext("refund", fault);
      expect((await run(bench, refund())).kind).toBe("pending");
      const shopKey = key("refund-9");
      const again = await run(bench, refund({ shopKey, heldKeys: [shopKey] }));
      expect(again).toMatchObject({ kind: "successful", answer: { shopKeys: ["refund-1", "refund-9"] } });
      expect(bench.service.operations.refunds.size).toBe(1);
      await settleLater(bench);
      expect(shownOperations(bench)).toHaveLength(1);
      expect(bench.shop.shown.at(-1)?.refunded).toEqual(chf(1000));
    },
  );

  it("cut, and nobody presses again: the next look sends it again", async () => {
    const bench = await inState("FULFILL");
    bench.service.failNext("refund", "cutBefore");
    await run(bench, refund());
    await settleLater(bench, 30);
    expect(bench.service.operations.refunds.size).toBe(1);
    expect(shownOperations(bench)).toMatchObject([{ state: "successful" }]);
  });

  it("two true ones of one amount are queued: the service allows one open refund", async () => {
    const bench = await inState("FULFILL");
    bench.service.operations.nextState = "PENDING";
    expect((await run(bench, refund())).kind).toBe("pending");
    const shopKey = key("refund-2");
    const two = await run(bench, refund({ shopKey, heldKeys: [key("refund-1"), shopKey] }));
    expect(two.kind).toBe("pending");
    expect(bench.service.operations.refunds.size).toBe(1);
    const [id] = [...bench.service.operations.refunds.keys()];
    bench.service.operations.finishRefund(id as ServiceId, "SUCCESSFUL");
    await settleLater(bench);
    await settleLater(bench);
    expect(bench.service.operations.refunds.size).toBe(2);
    expect(bench.shop.shown.at(-1)?.refunded).toEqual(chf(2000));
  });

  it("without a key, while one of the amount is open, is refused and told", async () => {
    const bench = await inState("FULFILL");
    bench.service.operations.nextState = "PENDING";
    await run(bench, refund({ shopKey: null, heldKeys: "all" }));
    const again = await run(bench, refund({ shopKey: null, heldKeys: "all" }));
    expect(again).toMatchObject({ kind: "failed", failure: { code: "oneStillOpen" } });
    expect(bench.service.operations.refunds.size).toBe(1);
  });

  it("told as pending and then failed is shown as failed", async () => {
    const bench = await inState("FULFILL");
    bench.service.operations.nextState = "PENDING";
    await run(bench, refund());
    await bench.settleAll();
    expect(shownOperations(bench)).toMatchObject([{ state: "pending" }]);
    const [id] = [...bench.service.operations.refunds.keys()];
    bench.service.operations.finishRefund(id as ServiceId, "FAILED");
    await settleLater(bench);
    expect(shownOperations(bench)).toMatchObject([{ state: "failed" }]);
    expect(bench.shop.shown.at(-1)?.refunded).toEqual(chf(0));
  });

  it("the same key again is the same row", async () => {
    const bench = await inState("FULFILL");
    let left = 3;
    const pressed = [1, 2, 3].map(() => run(bench, refund()).finally(() => (left -= 1)));
    while (left > 0) {
      await new Promise(setImmediate);
      bench.clock.advance(0.25);
    }
    expect((await Promise.all(pressed)).map(({ kind }) => kind)).toContain("successful");
    await settleLater(bench);
    expect(bench.service.operations.refunds.size).toBe(1);
  });

  it("what is only authorized is refused", async () => {
    const bench = await inState("AUTHORIZED");
    expect(await run(bench, refund())).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
  });
});

describe("voiding", () => {
  it("gives the reservation back", async () => {
    const bench = await inState("AUTHORIZED");
    expect(await run(bench, voiding())).toMatchObject({ kind: "successful", payment: { standing: "voided" } });
  });

  it("whose answer was cut is told by the transaction", async () => {
    const bench = await inState("AUTHORIZED");
    bench.service.failNext("void", "cutAfter");
    expect(await run(bench, voiding())).toMatchObject({ kind: "successful", payment: { standing: "voided" } });
    await settleLater(bench, 30);
    expect(bench.shop.shown.at(-1)?.standing).toBe("voided");
    expect(shownOperations(bench)).toMatchObject([{ kind: "void", state: "successful" }]);
    expect(bench.service.operations.voids.size).toBe(1);
  });

  it("before there is money is giving up: a later authorization is voided", async () => {
    const bench = await inState("PENDING");
    expect(await run(bench, voiding())).toMatchObject({
      kind: "successful",
      answer: null,
      payment: { standing: "voided", abandoned: true },
    });
    bench.service.move(first, "AUTHORIZED");
    await bench.hint(first, "AUTHORIZED");
    await settleLater(bench, 5);
    await settleLater(bench, 5);
    expect(bench.service.transactions.get(first)?.state).toBe("VOIDED");
    expect(bench.shop.shown.map(({ standing }) => standing)).not.toContain("paid");
  });

  it("what is voided already is told under a second key too, and not given up", async () => {
    const bench = await inState("AUTHORIZED");
    await run(bench, voiding({ shopKey: key("void-1") }));
    await settleLater(bench, 5);
    expect(await run(bench, voiding({ shopKey: key("void-2") }))).toMatchObject({
      kind: "successful",
      payment: { abandoned: false },
    });
    await settleLater(bench, 5);
    expect(shownOperations(bench)).toMatchObject([
      { shopKeys: ["void-1"], state: "successful" },
      { shopKeys: ["void-2"], state: "successful" },
    ]);
    expect(bench.service.operations.voids.size).toBe(1);
  });

  it("what is completed is refused, or undone where the platform means that", async () => {
    const bench = await inState("FULFILL");
    expect(await run(bench, voiding())).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
    const undone = await run(bench, voiding({ whenCompleted: "refund", shopKey: key("undo-1") }));
    expect(undone).toMatchObject({ kind: "successful", payment: { refunded: chf(2995) } });
  });
});

describe("reviewing", () => {
  it("decides, and a second answer is refused", async () => {
    const bench = await inState("COMPLETED");
    const indication = {
      id: "980001",
      linkedSpaceId: "70001",
      transaction: first,
      completion: null,
      state: "MANUAL_CHECK_REQUIRED",
    };
    bench.service.operations.indications.set(
      "980001" as ServiceId,
      { ...indication, manualDecisionTimeoutOn: null } as never,
    );
    const review = (decision: "suitable" | "notSuitable", shopKey: string): Commands["review"] => ({
      kind: "review",
      reference,
      shopKey: key(shopKey),
      decision,
    });
    expect(await run(bench, review("suitable", "r1"))).toMatchObject({
      kind: "successful",
      payment: { review: { state: "suitable" } },
    });
    expect(await run(bench, review("notSuitable", "r2"))).toMatchObject({ kind: "failed" });
  });
});

describe("what others did", () => {
  it("is found by a webhook that names only the refund, and costs one reading of it", async () => {
    const bench = await inState("FULFILL");
    const id = bench.service.operations.refundElsewhere(first, "5.00" as Decimal);
    await bench.store.addHints(
      [{ entity: "refund", id, space: "70001" as never, state: "SUCCESSFUL", reading: null }],
      bench.clock.now(),
    );
    await settleLater(bench, 5);
    expect(shownOperations(bench)).toMatchObject([
      { kind: "refund", origin: "backOffice", amount: chf(500), key: `refund:${id}` },
    ]);
    expect(bench.shop.shown.at(-1)?.refunded).toEqual(chf(500));
    expect(bench.service.requests.filter((one) => one === "readRefund")).toHaveLength(1);
  });

  it.each(["throws", "full"] as const)("is not lost when its reading cannot be stored: %s", async (fault) => {
    let left = 1;
    const wrapStore = (store: PaymentStore): PaymentStore => ({
      ...store,
      addHints: async (hints, now) => {
        if (hints.every(({ reading }) => reading === null) || left === 0) return store.addHints(hints, now);
        left -= 1;
        if (fault === "full") return "full";
        throw new Error("The disk is full");
      },
    });
    const bench = await inState("FULFILL", createBench({ wrapStore }));
    const id = bench.service.operations.refundElsewhere(first, "5.00" as Decimal);
    await bench.store.addHints(
      [{ entity: "refund", id, space: "70001" as never, state: "SUCCESSFUL", reading: null }],
      bench.clock.now(),
    );
    await settleLater(bench, 5);
    expect(left).toBe(0);
    expect(shownOperations(bench)).toEqual([]);
    await settleLater(bench, 60);
    expect(shownOperations(bench)).toMatchObject([{ kind: "refund", key: `refund:${id}` }]);
  });

  it("is found by the sweep, a chargeback with its finding", async () => {
    const bench = await inState("FULFILL");
    bench.service.operations.refundElsewhere(first, "29.95" as Decimal, "CUSTOMER_INITIATED_AUTOMATIC");
    await bench.core.sweep("70001" as never);
    await settleLater(bench, 5);
    expect(bench.shop.shown.at(-1)?.findings).toMatchObject([{ kind: "chargeback", amount: chf(2995) }]);
    await bench.core.sweep("70001" as never);
    expect(await bench.core.settleDue({ total: 10, perShop: 10 })).toBe(0);
  });

  it("is found before the sweep is due when a person asks", async () => {
    const bench = await inState("FULFILL");
    await bench.core.sweep("70001" as never);
    bench.service.operations.refundElsewhere(first, "5.00" as Decimal);
    await bench.core.sweep("70001" as never);
    await settleLater(bench, 5);
    expect(shownOperations(bench)).toEqual([]);
    await bench.core.sweep("70001" as never, undefined, "early");
    await settleLater(bench, 5);
    expect(shownOperations(bench)).toMatchObject([{ kind: "refund", state: "successful" }]);
  });
});

describe("a double payment", () => {
  it("is given back by itself, and stays known as solved", async () => {
    const bench = await inState("PENDING");
    bench.service.move(first, "FAILED");
    await bench.start();
    const second = "900002" as ServiceId;
    bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:20:00.000Z" as never });
    bench.service.transactions.set(first, {
      ...bench.service.transactions.get(first),
      state: "FULFILL",
      completedAmount: "29.95",
      authorizedOn: "2026-02-03T09:01:00.000Z",
    } as never);
    await bench.hint(second, "FULFILL");
    await settleLater(bench, 5);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
    expect(bench.service.operations.refunds.size).toBe(0);
  });
});
