import { type Decimal, ServiceError, type ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, Currency, Money, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;

function complete(): Commands["complete"] {
  const shopKey = "capture-1" as ShopKey;
  return { kind: "complete", reference, shopKey, heldKeys: [shopKey], amount: "rest", lines: null, last: "whenWhole" };
}

async function authorized(): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, "AUTHORIZED");
  await bench.hint(first, "AUTHORIZED");
  bench.clock.advance(5);
  await bench.settleAll();
  return bench;
}

describe("a completion that the service answers with a conflict", () => {
  it("ends as refused once the transaction is no longer authorized, and is not sent for ever", async () => {
    const bench = await authorized();
    bench.service.failNext("complete", "cutBefore");
    expect((await bench.core.runCommand(shopId, complete())).kind).toBe("pending");
    bench.service.move(first, "VOIDED");
    bench.service.before = async (method) => {
      if (method === "complete")
        throw new ServiceError("409", { code: "versionConflict", status: 409, request: "POST" });
    };
    bench.clock.advance(600);
    await bench.settleAll();
    const [operation] = bench.shop.shown.at(-1)?.operations ?? [];
    expect(operation).toMatchObject({ kind: "completion", state: "failed", failure: { code: "notPossibleNow" } });
  });

  it("is sent again while the transaction is still authorized", async () => {
    const bench = await authorized();
    let conflicts = 1;
    bench.service.before = async (method) => {
      if (method !== "complete" || conflicts === 0) return;
      conflicts -= 1;
      throw new ServiceError("409", { code: "versionConflict", status: 409, request: "POST" });
    };
    expect((await bench.core.runCommand(shopId, complete())).kind).toBe("pending");
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });
});

describe("a completion while the service answers with an outdated transaction", () => {
  it("is neither refused nor sent, until the answer is up to date", async () => {
    const bench = await authorized();
    const { readTransaction } = bench.service.client;
    const outdated = { ...(await readTransaction(first)), state: "PROCESSING" } as const;
    Object.assign(bench.service.client, { readTransaction: async () => outdated });
    expect((await bench.core.runCommand(shopId, complete())).kind).toBe("pending");
    Object.assign(bench.service.client, { readTransaction });
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", operations: [{ state: "successful" }] });
  });
});

describe("a completion before there is a transaction", () => {
  it("is refused, since nothing could ever send it", async () => {
    const bench = createBench();
    bench.service.before = () => new Promise(() => {});
    const hanging = bench.start();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    bench.clock.advance(61);
    await bench.core.look(shopId, reference);
    expect(await bench.core.runCommand(shopId, complete())).toMatchObject({
      kind: "failed",
      failure: { code: "notPossibleNow" },
    });
    expect(hanging).toBeInstanceOf(Promise);
  });
});

describe("a refund that cannot be, beside one that can", () => {
  async function paid(): Promise<Bench> {
    const bench = createBench();
    await bench.start();
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    bench.clock.advance(5);
    await bench.settleAll();
    bench.service.before = async () => {
      throw new ServiceError("429", { code: "rateLimited", status: 429, request: "GET" });
    };
    return bench;
  }

  function press(bench: Bench, key: string, amount: Money, lines: Commands["refund"]["lines"] = null) {
    const common = { reference, shopKey: key as ShopKey, heldKeys: "all", reason: null, offline: false } as const;
    return bench.core.runCommand(shopId, { kind: "refund", ...common, amount, lines });
  }

  it.each<[string, Money, Commands["refund"]["lines"]]>([
    ["in another currency", { minor: 500, currency: "EUR" as Currency }, null],
    ["of a line that is not there", chf(500), [{ id: "no-such-line", quantity: "1" as Decimal, amount: chf(500) }]],
  ])("%s is refused, and the other one is carried out", async (_why, amount, lines) => {
    const bench = await paid();
    await press(bench, "refund-1", chf(1000));
    await press(bench, "refund-2", amount, lines);
    bench.service.before = async () => undefined;
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({
      refunded: chf(1000),
      operations: [
        { shopKeys: ["refund-1"], state: "successful" },
        { shopKeys: ["refund-2"], state: "failed", failure: { code: "invalidRequest" } },
      ],
    });
  });
});
