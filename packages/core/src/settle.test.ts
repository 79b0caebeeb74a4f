import { ServiceError, type ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Payment } from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { aRefund } from "./testing/commands.ts";
import { anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;
const second = "900002" as ServiceId;

async function started(bench: Bench = createBench()): Promise<Bench> {
  await bench.start();
  await bench.settleAll();
  bench.clock.advance(5);
  return bench;
}

const standings = ({ shop }: Bench) => shop.shown.map(({ standing }) => standing);

describe("a plain payment", () => {
  it("costs two requests before the redirect and leads to the payment page", async () => {
    const bench = createBench();
    const result = await bench.start();
    expect(bench.service.requests).toEqual(["create", "page"]);
    expect(result).toMatchObject({ kind: "successful", answer: { kind: "redirect" } });
  });

  it.each([
    ["deferred", true],
    ["immediate", undefined],
    ["configured", undefined],
  ] as const)("that is to be completed %s says whether its money waits", async (completion, deferred) => {
    const bench = createBench();
    const { payment } = await bench.start(undefined, { completion });
    expect(payment?.governing?.deferred).toBe(deferred);
  });

  it("is paid at the buyer's return with every webhook lost", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    const result = await bench.core.runCommand(shopId, { kind: "return", reference });
    expect(result).toMatchObject({ kind: "successful", payment: { standing: "paid", mayShip: true } });
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
  });

  it("is paid at the next look with webhooks and return lost", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    bench.clock.advance(60);
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
    bench.clock.advance(7 * 24 * 3600);
    await bench.settleAll();
    expect(bench.service.requests.filter((one) => one === "read")).toHaveLength(1);
  });

  it("is shown once however often and in whatever order the hints come", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    for (const state of ["FULFILL", "COMPLETED", "AUTHORIZED", "PROCESSING", "CONFIRMED"] as const) {
      await bench.hint(first, state);
      await bench.hint(first, state);
    }
    await bench.settleAll();
    bench.clock.advance(2);
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
    expect(bench.service.requests.filter((one) => one === "read")).toHaveLength(1);
  });

  it("asks for no request when a signed state is not ahead of the record", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    await bench.settleAll();
    bench.clock.advance(10);
    await bench.hint(first, "AUTHORIZED");
    await bench.settleAll();
    expect(bench.service.requests.filter((one) => one === "read")).toHaveLength(1);
  });

  it("looks again after 1, 3 and 10 seconds when the service lags behind its own webhook", async () => {
    const bench = await started();
    await bench.hint(first, "FULFILL");
    await bench.settleAll();
    const reads = () => bench.service.requests.filter((one) => one === "read").length;
    expect(reads()).toBe(1);
    for (const [seconds, count] of [
      [1, 2],
      [3, 3],
    ] as const) {
      bench.clock.advance(seconds);
      await bench.settleAll();
      expect(reads()).toBe(count);
    }
    bench.service.move(first, "FULFILL");
    bench.clock.advance(10);
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
  });
});

describe("the shop", () => {
  it("is told later when it was down, without reading again", async () => {
    const bench = await started();
    bench.shop.answer = () => {
      throw new Error("connect ECONNREFUSED");
    };
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open"]);
    bench.shop.answer = () => ({ kind: "shown", receipt: null });
    bench.clock.advance(3600);
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
    expect(bench.service.requests.filter((one) => one === "read")).toHaveLength(1);
  });

  it("that does not show for an hour is a finding, which is resolved when it does", async () => {
    const bench = await started();
    bench.shop.answer = () => ({ kind: "notReady", retryAfter: 1800 });
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    for (const _ of [1, 2, 3]) {
      await bench.settleAll();
      bench.clock.advance(1800);
    }
    await bench.settleAll();
    expect(await bench.store.findings(shopId)).toMatchObject([{ kind: "notShownForAnHour", resolvedOn: null }]);
    bench.shop.answer = () => ({ kind: "shown", receipt: null });
    bench.clock.advance(1800);
    await bench.settleAll();
    expect(await bench.store.findings(shopId)).toMatchObject([{ resolvedOn: bench.clock.now() }]);
  });

  it("that refuses is asked once, and a person is told", async () => {
    const bench = await started();
    bench.shop.answer = () => ({ kind: "refused", reason: "orderGone", detail: "Order 1001 was deleted." });
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    await bench.settleAll();
    bench.clock.advance(24 * 3600);
    await bench.settleAll();
    expect(bench.shop.attempts).toHaveLength(2);
    expect(await bench.store.findings(shopId)).toMatchObject([
      { kind: "orderGone", detail: "Order 1001 was deleted." },
    ]);
  });

  it("that refused was told of no refund: pressed again, it is the same one until the shop shows it", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    await bench.settleAll();
    await bench.core.runCommand(shopId, aRefund("refund-a"));
    bench.shop.answer = () => ({ kind: "refused", reason: "changedByMerchant", detail: "Order 1001 was changed." });
    await bench.settleAll();
    await bench.core.runCommand(shopId, aRefund("refund-b"));
    await bench.settleAll();
    const refund = { kind: "refund", state: "successful", shopKeys: ["refund-a", "refund-b"] };
    expect((await bench.core.look(shopId, reference))?.operations).toMatchObject([refund]);

    bench.shop.answer = () => ({ kind: "shown", receipt: null });
    await bench.core.runCommand(shopId, aRefund("refund-other", { amount: chf(500) }));
    await bench.settleAll();
    await bench.core.runCommand(shopId, aRefund("refund-c"));
    const after = await bench.core.look(shopId, reference);
    expect(after?.operations.map(({ shopKeys }) => shopKeys)).toEqual([
      ["refund-a", "refund-b"],
      ["refund-other"],
      ["refund-c"],
    ]);
  });

  it("may look while it is shown: it is answered from the record, without a request and without waiting for itself", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    const looked: unknown[] = [];
    const { adapter } = (await bench.parts.shops.find(shopId)) ?? {};
    const show = adapter?.showPayment;
    Object.assign(adapter ?? {}, {
      showPayment: async (payment: Payment, receipt: null, signal: AbortSignal) => {
        looked.push((await bench.core.look(shopId, reference))?.standing);
        return show?.(payment, receipt, signal);
      },
    });
    await bench.settleAll();
    expect(looked).toEqual(["paid"]);
    expect(bench.service.requests.filter((one) => one === "read")).toHaveLength(1);
  });

  it("may ask while it waits for itself: who began to wait during the look is answered once it is shown", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    const { adapter } = (await bench.parts.shops.find(shopId)) ?? {};
    const show = adapter?.showPayment;
    const asked: Promise<Payment | null>[] = [];
    bench.service.before = async () => {
      bench.service.before = async () => undefined;
      // The shop holds a lock of its own, and asks; the look has the lease.
      asked.push(
        bench.core.runCommand(shopId, { kind: "return", reference }).then(({ payment }) => payment),
        bench.core.look(shopId, reference),
      );
    };
    Object.assign(adapter ?? {}, {
      // It shows only once it has given its lock back.
      showPayment: async (payment: Payment, receipt: null, signal: AbortSignal) => {
        const waking = setInterval(() => bench.clock.advance(0.25), 1);
        const answers = await Promise.all(asked).finally(() => clearInterval(waking));
        expect(answers.map((one) => one?.standing)).toEqual(["paid", "paid"]);
        return show?.(payment, receipt, signal);
      },
    });
    await bench.settleAll();
    expect(asked).toHaveLength(2);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("gets back the receipt it gave", async () => {
    const bench = createBench();
    bench.shop.answer = ({ revision }) => ({ kind: "shown", receipt: { revision } });
    await started(bench);
    expect((await bench.store.read(shopId, reference))?.receipt).toEqual({ revision: 1 });
  });
});

describe("the service", () => {
  it("that does not make sense is a finding after eight looks, asked daily, and healed by the next answer", async () => {
    const bench = await started();
    bench.service.before = async () => {
      throw new Error("ECONNRESET");
    };
    await bench.hint(first, "FULFILL");
    for (let look = 0; look < 12; look += 1) {
      await bench.settleAll();
      bench.clock.advance(3600);
    }
    expect(await bench.store.findings(shopId)).toMatchObject([{ kind: "repeatedFault", detail: "ECONNRESET" }]);
    bench.service.before = async () => undefined;
    bench.service.move(first, "FULFILL");
    bench.clock.advance(24 * 3600);
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
    const [finding] = await bench.store.findings(shopId);
    expect(finding?.resolvedOn).toBe(bench.clock.now());
  });
});

describe("three days away", () => {
  it.each(["unreachable", "unavailable", "rateLimited", "credentials"] as const)(
    "the service (%s) is asked every ten minutes all the while, and ten minutes later all is shown",
    async (code) => {
      const bench = await started();
      let asked = 0;
      bench.service.before = async () => {
        asked += 1;
        throw new ServiceError("away", { code, request: "GET", retryAfter: 90 });
      };
      await bench.hint(first, "FULFILL");
      for (let hour = 0; hour < 72; hour += 1) {
        await bench.settleAll();
        bench.clock.advance(3600);
      }
      expect(asked).toBeGreaterThanOrEqual(72);
      const findings = (await bench.store.findings(shopId)).map(({ kind }) => kind);
      expect(findings).toEqual(code === "rateLimited" ? [] : ["repeatedFault"]);
      await bench.settleAll();
      bench.service.before = async () => undefined;
      bench.service.move(first, "FULFILL");
      bench.clock.advance(600);
      await bench.settleAll();
      expect(standings(bench)).toEqual(["open", "paid"]);
    },
  );

  it("the shop is shown what it missed within ten minutes", async () => {
    const bench = await started();
    const { answer } = bench.shop;
    bench.shop.answer = () => {
      throw new PaymentError("shopUnavailable", "It does not answer.", { retryable: true });
    };
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    for (let hour = 0; hour < 72; hour += 1) {
      await bench.settleAll();
      bench.clock.advance(3600);
    }
    await bench.settleAll();
    bench.shop.answer = answer;
    bench.clock.advance(600);
    await bench.settleAll();
    expect(standings(bench)).toEqual(["open", "paid"]);
  });
});

describe("coming back to pay", () => {
  it("leads to the same address while the attempt is open", async () => {
    const bench = await started();
    const again = await bench.start();
    expect(again).toMatchObject({ answer: { kind: "redirect", url: expect.stringContaining("/pay/900001") } });
    bench.service.move(first, "PROCESSING");
    expect(await bench.start()).toMatchObject({ answer: { url: expect.stringContaining("/pay/900001") } });
    expect(bench.service.transactions.size).toBe(1);
  });

  it("changes the pending transaction when the cart changed", async () => {
    const bench = await started();
    const again = await bench.start(anOrder(chf(5000)));
    expect(again).toMatchObject({ answer: { url: expect.stringContaining("/pay/900001") } });
    expect(bench.service.transactions.get(first)?.authorizationAmount).toBe("50.00");
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    bench.clock.advance(2);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("begins another one after a failure, and shows one paid order", async () => {
    const bench = await started();
    bench.service.move(first, "FAILED");
    const again = await bench.start();
    expect(again).toMatchObject({ answer: { url: expect.stringContaining("/pay/900002") } });
    bench.service.move(second, "FULFILL");
    await bench.hint(second, "FULFILL");
    bench.clock.advance(2);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", failure: null });
  });

  it("supersedes a confirmed one whose order changed, and owes a double payment back", async () => {
    const bench = await started();
    bench.service.move(first, "CONFIRMED");
    await bench.start(anOrder(chf(5000)));
    expect(bench.service.transactions.size).toBe(2);
    bench.service.move(first, "FULFILL");
    bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:10:00.000Z" as never });
    bench.clock.advance(120);
    await bench.settleAll();
    const last = bench.shop.shown.at(-1);
    expect(last?.governing?.transaction).toBe(second);
    expect(last?.standing).toBe("paid");
    expect(last?.findings).toMatchObject([{ kind: "doublePayment", amount: chf(2995) }]);
  });

  it("does not take the money of the old address for the new order", async () => {
    const bench = await started();
    bench.service.move(first, "CONFIRMED");
    await bench.start(anOrder(chf(5000)));
    bench.service.move(first, "FULFILL");
    bench.clock.advance(120);
    await bench.settleAll();
    expect(bench.shop.shown.map(({ standing }) => standing)).not.toContain("paid");
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "held", findings: [{ kind: "wrongAmount" }] });
    bench.service.move(second, "FULFILL", { authorizedOn: "2026-02-03T09:10:00.000Z" as never });
    await bench.hint(second, "FULFILL");
    bench.clock.advance(2);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", completed: chf(5000) });
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.service.transactions.get(first)).toMatchObject({ refundedAmount: "29.95" });
  });

  it("has nothing to do when it is paid", async () => {
    const bench = await started();
    bench.service.move(first, "FULFILL");
    expect(await bench.start()).toMatchObject({ answer: { kind: "nothingToDo" } });
    expect(bench.service.transactions.size).toBe(1);
  });
});
