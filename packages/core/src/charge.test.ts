import { ServiceError, type ServiceErrorCode, type ServiceId } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Commands, Instant, PaymentId, PaymentReference, ShopKey, StoredMeansId } from "./contract/index.ts";
import { type Bench, type BenchChanges, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";
import { aToken, aTokenVersion } from "./testing/service-checkout.ts";
import type { Fault } from "./testing/service-double.ts";

const first = "900001" as ServiceId;
const second = "900002" as ServiceId;
const token = aToken(1);

function aBench(changes: BenchChanges = {}): Bench {
  const bench = createBench(changes);
  bench.service.checkout.tokens.set(token.id, token);
  bench.service.checkout.tokenVersions.set(token.id, aTokenVersion(token));
  return bench;
}

function charge(bench: Bench, shopKey = "renewal-1", changes: Partial<Commands["charge"]> = {}) {
  return bench.core.runCommand(shopId, {
    kind: "charge",
    reference,
    order: anOrder(),
    completion: "immediate",
    test: false,
    means: token.id as string as StoredMeansId,
    shopKey: shopKey as ShopKey,
    ...changes,
  });
}

async function attemptsOf({ store, clock }: Bench) {
  const row = await store.read(shopId, reference);
  const lease = row && (await store.lease(row.id, "test", clock.now(), "2027-01-01T00:00:00.000Z" as Instant));
  if (lease !== null) await store.release(lease);
  return lease?.attempts ?? [];
}

async function settleLater(bench: Bench, seconds = 60): Promise<void> {
  bench.clock.advance(seconds);
  await bench.settleAll();
}

describe("a charge of stored means", () => {
  it("costs three requests, is made without the buyer, and is shown", async () => {
    const bench = aBench();
    expect(await charge(bench)).toMatchObject({
      kind: "successful",
      answer: null,
      payment: { standing: "paid", mayShip: true },
    });
    expect(bench.service.requests).toEqual(["token", "create", "process"]);
    expect(bench.service.bodies.get(first)).toMatchObject({
      token: token.id,
      customersPresence: "NOT_PRESENT",
      autoConfirmationEnabled: true,
      chargeRetryEnabled: false,
      completionBehavior: "COMPLETE_IMMEDIATELY",
      customerId: "cust-88",
    });
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("is successful when it is reserved", async () => {
    const bench = aBench();
    bench.service.checkout.nextCharge = "AUTHORIZED";
    expect(await charge(bench, "k", { completion: "deferred" })).toMatchObject({
      kind: "successful",
      payment: { standing: "authorized" },
    });
  });

  it("that is under way is pending, and its outcome is shown", async () => {
    const bench = aBench();
    bench.service.checkout.nextCharge = "PROCESSING";
    expect(await charge(bench)).toMatchObject({ kind: "pending", operation: null, payment: { standing: "open" } });
    bench.service.move(first, "FULFILL");
    await settleLater(bench);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
    expect(bench.service.checkout.charged).toEqual([first]);
  });

  it("that fails says why, and stays failed under its key; another key tries again", async () => {
    const bench = aBench();
    bench.service.checkout.nextCharge = "FAILED";
    const failed = { kind: "failed", failure: { code: "declined" }, payment: { standing: "failed" } };
    expect(await charge(bench)).toMatchObject(failed);
    bench.service.checkout.nextCharge = "FULFILL";
    bench.service.requests.length = 0;
    expect(await charge(bench)).toMatchObject(failed);
    expect(bench.service.requests).toEqual([]);
    expect(await charge(bench, "renewal-2")).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    expect(await charge(bench)).toMatchObject({ kind: "failed" });
    expect(bench.service.checkout.charged).toEqual([first, second]);
  });

  it("is not made where a failure is final for its reference", async () => {
    const bench = aBench({ retries: "newReference" });
    bench.service.checkout.nextCharge = "FAILED";
    await charge(bench);
    expect(await charge(bench, "renewal-2")).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
    expect(bench.service.checkout.charged).toEqual([first]);
  });

  it("of nothing asks nothing", async () => {
    const bench = aBench();
    expect(await charge(bench, "k", { order: anOrder(chf(0)) })).toMatchObject({ kind: "successful" });
    expect(bench.service.requests).toEqual([]);
  });
});

describe("the same key", () => {
  it("never charges twice, however often and at once it is sent", async () => {
    const bench = aBench();
    let left = 5;
    const sent = [1, 2, 3, 4, 5].map(() => charge(bench).finally(() => (left -= 1)));
    while (left > 0) {
      await new Promise(setImmediate);
      bench.clock.advance(0.25);
    }
    expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(Array(5).fill("successful"));
    expect(bench.service.checkout.charged).toEqual([first]);
  });

  it("begins another transaction after a cut create, and what was made of the first is never charged", async () => {
    const bench = aBench();
    bench.service.failNext("create", "cutAfter");
    expect(await charge(bench)).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    await settleLater(bench);
    expect(bench.service.checkout.charged).toEqual([second]);
    expect(bench.service.transactions.get(first)?.state).toBe("PENDING");
    expect(await bench.store.findings(shopId)).toMatchObject([{ kind: "orphan" }]);
  });

  it.each<Fault>(["cutBefore", "cutAfter", "unreachable"])(
    "reads what came of a process that was %s",
    async (fault) => {
      const bench = aBench();
      bench.service.failNext("process", fault);
      const result = await charge(bench);
      expect(bench.service.requests).toEqual(["token", "create", "process", "read"]);
      expect(result.kind).toBe(fault === "cutAfter" ? "successful" : "pending");
      expect(await charge(bench)).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
      for (const late of bench.service.late.splice(0)) expect(late).toThrow("cannot process in FULFILL");
      expect(bench.service.checkout.charged).toEqual([first]);
    },
  );

  it("is not needed: what was told as pending goes on by itself", async () => {
    const bench = aBench();
    bench.service.failNext("process", "unreachable");
    await charge(bench);
    await settleLater(bench);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
    expect(bench.service.checkout.charged).toEqual([first]);
  });

  it("reads what a webhook announces, and does not process that again", async () => {
    const bench = aBench();
    bench.service.failNext("process", "cutBefore");
    await charge(bench);
    for (const late of bench.service.late.splice(0)) late();
    await bench.hint(first, "FULFILL");
    bench.service.requests.length = 0;
    await settleLater(bench, 5);
    expect(bench.service.requests).toEqual(["read"]);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("takes it for charged, not for refused, when the first process arrived late", async () => {
    const bench = aBench();
    bench.service.failNext("process", "cutBefore");
    await charge(bench);
    for (const late of bench.service.late.splice(0)) late();
    expect(await charge(bench)).toMatchObject({ kind: "successful", payment: { failure: null } });
    const [attempt] = await attemptsOf(bench);
    expect(attempt?.charge).toEqual({ shopKey: "renewal-1", refusal: null });
  });

  it("is not charged any more when the shop gives it up before it was processed", async () => {
    const bench = aBench();
    bench.service.failNext("process", "unreachable");
    await charge(bench);
    await bench.store.abandon((await bench.store.read(shopId, reference))?.id as PaymentId, bench.clock.now());
    await settleLater(bench, 3600);
    expect(bench.service.checkout.charged).toEqual([]);
  });

  it("is pending while the service does not answer at all", async () => {
    const bench = aBench();
    bench.service.before = async (method) => {
      if (method === "process") bench.service.failNext("process", "cutBefore");
      if (method === "read") bench.service.failNext("read", "unreachable");
    };
    expect((await charge(bench)).kind).toBe("pending");
    expect((await charge(bench)).kind).toBe("pending");
    bench.service.before = async () => undefined;
    await settleLater(bench, 600);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
    expect(bench.service.checkout.charged).toEqual([first]);
  });
});

describe("a charge that the service refuses", () => {
  it.each<[ServiceErrorCode, string]>([
    ["invalid", "refusedByService"],
    ["permission", "configuration"],
    ["credentials", "configuration"],
  ])("with %s fails, is shown as failed, and is not sent again", async (code, failure) => {
    const bench = aBench();
    bench.service.before = async (method) => {
      if (method === "process") throw new ServiceError("The token is expired.", { code, request: "POST" });
    };
    expect(await charge(bench)).toMatchObject({
      kind: "failed",
      failure: { code: failure, merchantMessage: "The token is expired." },
      payment: { standing: "failed" },
    });
    bench.service.before = async () => undefined;
    await settleLater(bench, 3600);
    expect(bench.service.checkout.charged).toEqual([]);
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "failed", failure: { code: failure } });
    expect(await charge(bench, "renewal-2")).toMatchObject({ kind: "successful" });
  });
});

describe("whose means", () => {
  it.each([
    ["another customer's", aToken(1, { customerId: "cust-881" })],
    ["inactive", aToken(1, { state: "INACTIVE" })],
    ["deleted", null],
  ])("are %s is not charged", async (_name, stored) => {
    const bench = aBench();
    if (stored === null) bench.service.checkout.tokens.clear();
    else bench.service.checkout.tokens.set(stored.id, stored);
    expect(await charge(bench)).toMatchObject({ kind: "failed", failure: { code: "unknownMeans" } });
    expect(bench.service.requests).toEqual(["token"]);
  });

  it("are nobody's, since the order names no customer, is not charged", async () => {
    const bench = aBench();
    const order = { ...anOrder(), customer: { id: null, email: null } };
    expect(await charge(bench, "k", { order })).toMatchObject({ kind: "failed", failure: { code: "unknownMeans" } });
    expect(bench.service.requests).toEqual([]);
  });
});

describe("beside the buyer", () => {
  it("a charge supersedes what he could still pay, and is not made while he pays", async () => {
    const bench = aBench();
    await bench.start();
    bench.service.move(first, "PROCESSING");
    expect(await charge(bench)).toMatchObject({ kind: "failed", failure: { code: "oneStillOpen" } });
    bench.service.transactions.set(first, { ...bench.service.transactions.get(first), state: "FAILED" } as never);
    expect(await charge(bench)).toMatchObject({ kind: "successful" });
  });

  it("is never led to what is charged without him", async () => {
    const bench = aBench();
    bench.service.checkout.nextCharge = "PROCESSING";
    await charge(bench);
    expect(await bench.start()).toMatchObject({ kind: "pending", operation: null });
    expect(await charge(bench, "renewal-2")).toMatchObject({ kind: "failed", failure: { code: "oneStillOpen" } });
    bench.service.move(first, "FAILED");
    expect(await bench.start()).toMatchObject({ answer: { url: expect.stringContaining("/pay/900002") } });
    expect(bench.service.requests.filter((one) => one === "page")).toHaveLength(1);
  });

  it("changes nothing of what is charged without him", async () => {
    const bench = aBench();
    bench.service.failNext("process", "unreachable");
    await charge(bench);
    bench.service.requests.length = 0;
    const update = { kind: "update", reference, order: anOrder(chf(5000)) } as const;
    expect(await bench.core.runCommand(shopId, update)).toMatchObject({ kind: "successful", answer: null });
    expect(bench.service.requests).toEqual([]);
  });

  it("is not charged for what is paid, or was given up", async () => {
    const bench = aBench();
    await bench.start();
    bench.service.move(first, "FULFILL");
    expect(await charge(bench)).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
    const given = "order-1002" as PaymentReference;
    await bench.start(anOrder(), { reference: given });
    const abandon = {
      kind: "void",
      reference: given,
      shopKey: null,
      heldKeys: "all",
      whenCompleted: "refuse",
    } as const;
    await bench.core.runCommand(shopId, abandon);
    expect(await charge(bench, "k", { reference: given })).toMatchObject({ kind: "failed" });
    expect(bench.service.checkout.charged).toEqual([]);
  });
});

it("is made once, whatever was cut, refused or finished late: 500 runs", async () => {
  const fault = fc.constantFrom<Fault | null>("cutBefore", "cutAfter", "unreachable", null);
  const run = fc.record({
    creates: fc.array(fault, { maxLength: 4 }),
    processes: fc.array(fault, { maxLength: 4 }),
    reads: fc.array(fault, { maxLength: 4 }),
    lateAfter: fc.nat({ max: 4 }),
    outcome: fc.constantFrom("FULFILL" as const, "AUTHORIZED" as const),
  });
  await fc.assert(
    fc.asyncProperty(run, async ({ creates, processes, reads, lateAfter, outcome }) => {
      const bench = aBench();
      bench.service.checkout.nextCharge = outcome;
      const results: string[] = [];
      for (let sent = 0; sent < 6; sent += 1) {
        for (const [method, faults] of [
          ["create", creates],
          ["process", processes],
          ["read", reads],
        ] as const) {
          const next = faults[sent];
          if (next) bench.service.failNext(method, next);
        }
        results.push(
          await charge(bench).then(
            ({ kind }) => kind,
            () => "fault",
          ),
        );
        if (sent === lateAfter) runLate(bench);
        bench.clock.advance(10);
      }
      runLate(bench);
      await settleLater(bench, 3600);
      expect(results.at(-1)).toBe("successful");
      expect(results).not.toContain("failed");
      expect(bench.service.checkout.charged).toHaveLength(1);
      const standing = outcome === "FULFILL" ? "paid" : "authorized";
      expect(bench.shop.shown.at(-1)).toMatchObject({ standing, findings: [] });
    }),
    { numRuns: 500 },
  );
});

/** The service refuses what comes too late, as it should. */
function runLate({ service }: Bench): void {
  for (const late of service.late.splice(0)) {
    try {
      late();
    } catch (error) {
      expect(String(error)).toContain("cannot process");
    }
  }
}
