import { ServiceError, type ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { chf, space } from "./testing/rows.ts";

const first = "900001" as ServiceId;

async function paid(): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, "FULFILL");
  await bench.hint(first, "FULFILL");
  bench.clock.advance(5);
  await bench.settleAll();
  bench.clock.advance(5);
  return bench;
}

/** A shop that deletes its row when it is not told success, and makes another one when the merchant presses again. */
function press(bench: Bench, key: string, amount: Commands["refund"]["amount"]) {
  const shopKey = key as ShopKey;
  const command = { kind: "refund", reference, shopKey, heldKeys: [shopKey], amount } as const;
  return bench.core.runCommand(shopId, { ...command, lines: null, reason: null, offline: false });
}

describe("a refund whose answer was cut, pressed again under another key", () => {
  it("is the same one although it is known to be done, as long as the shop does not show it", async () => {
    const bench = await paid();
    bench.service.failNext("refund", "cutAfter");
    expect((await press(bench, "refund-1", chf(1000))).kind).toBe("pending");
    bench.shop.answer = () => {
      throw new Error("connect ECONNREFUSED");
    };
    bench.clock.advance(600);
    await bench.settleAll();
    const recorded = await bench.core.recall(shopId, reference);
    expect(recorded?.operations).toMatchObject([{ state: "successful" }]);
    expect((await press(bench, "refund-2", chf(1000))).kind).toBe("successful");
    bench.shop.answer = () => ({ kind: "shown", receipt: null });
    bench.clock.advance(3600);
    await bench.settleAll();
    expect(bench.service.operations.refunds.size).toBe(1);
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ shopKeys: ["refund-1", "refund-2"] }]);
  });

  it("is another one once the shop shows the first", async () => {
    const bench = await paid();
    expect((await press(bench, "refund-1", chf(1000))).kind).toBe("successful");
    await bench.settleAll();
    expect((await press(bench, "refund-2", chf(1000))).kind).toBe("successful");
    expect(bench.service.operations.refunds.size).toBe(2);
  });

  it("is the same one when the rest was meant, of which nothing is left since it is done", async () => {
    const bench = await paid();
    bench.service.failNext("refund", "cutAfter");
    expect((await press(bench, "refund-1", "rest")).kind).toBe("pending");
    bench.clock.advance(600);
    await bench.core.look(shopId, reference);
    expect((await press(bench, "refund-2", "rest")).kind).toBe("successful");
    expect(bench.service.operations.refunds.size).toBe(1);
    await bench.settleAll();
    expect(await press(bench, "refund-3", "rest")).toMatchObject({ kind: "failed" });
  });

  it("is the same one when the rest was meant, of which nothing is left while it is open", async () => {
    const bench = await paid();
    bench.service.failNext("refund", "cutAfter");
    expect((await press(bench, "refund-1", "rest")).kind).toBe("pending");
    expect((await press(bench, "refund-2", "rest")).kind).not.toBe("failed");
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([
      { state: "successful", shopKeys: ["refund-1", "refund-2"], amount: chf(2995) },
    ]);
  });
});

describe("a void that the service has not finished, pressed again under another key", () => {
  it("is the same one", async () => {
    const bench = createBench();
    await bench.start();
    bench.service.move(first, "AUTHORIZED");
    const pending = {
      id: "925001",
      transaction: first,
      state: "PENDING",
      createdOn: null,
      nextUpdateOn: null,
      failureReason: null,
    };
    Object.assign(bench.service.client, { voidOnline: async () => pending, readVoid: async () => pending });
    const pressVoid = (key: string) => {
      const shopKey = key as ShopKey;
      const command = { kind: "void", reference, shopKey, heldKeys: [shopKey], whenCompleted: "refuse" } as const;
      return bench.core.runCommand(shopId, command);
    };
    expect((await pressVoid("void-1")).kind).toBe("pending");
    expect((await pressVoid("void-2")).payment?.operations).toMatchObject([{ shopKeys: ["void-1", "void-2"] }]);
  });
});

describe("what came of a send whose answer is missing", () => {
  it("is known by its key when a webhook names it, and is not somebody else's beside ours", async () => {
    const bench = await paid();
    bench.service.failNext("refund", "cutAfter");
    expect((await press(bench, "refund-1", chf(1000))).kind).toBe("pending");
    const [id] = bench.service.operations.refunds.keys();
    bench.service.failNext("refund", "unreachable");
    const hint = { entity: "refund", id: id as ServiceId, space, state: "SUCCESSFUL", reading: null } as const;
    await bench.store.addHints([hint], bench.clock.now());
    for (let time = 0; time < 3; time += 1) {
      bench.clock.advance(2);
      await bench.settleAll();
    }
    const keys = bench.shop.shown.flatMap(({ operations }) => operations.map(({ key }) => key));
    expect(new Set(keys).size).toBe(1);
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ origin: "shop", state: "successful", serviceId: id }]);
  });

  it("is not refused for good while the first send may still be under way", async () => {
    const bench = await paid();
    const { client } = bench.service;
    const { createRefund } = client;
    const refusal = new ServiceError("a refund is open", { code: "invalid", status: 422, request: "POST" });
    bench.service.failNext("refund", "cutBefore");
    expect((await press(bench, "refund-1", chf(1000))).kind).toBe("pending");
    Object.assign(client, { createRefund: () => Promise.reject(refusal) });
    bench.clock.advance(30);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ state: "pending" }]);
    Object.assign(client, { createRefund });
    for (const effect of bench.service.late) effect();
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ state: "successful", shopKeys: ["refund-1"] }]);
    expect(bench.service.operations.refunds.size).toBe(1);
  });

  it("is told by the transaction for a void, whose repetition the service refuses", async () => {
    const bench = createBench();
    await bench.start();
    bench.service.move(first, "AUTHORIZED");
    const { client } = bench.service;
    const refusal = new ServiceError("a void is open", { code: "invalid", status: 422, request: "POST" });
    bench.service.failNext("void", "cutBefore");
    const shopKey = "void-1" as ShopKey;
    const command = { kind: "void", reference, shopKey, heldKeys: [shopKey], whenCompleted: "refuse" } as const;
    expect((await bench.core.runCommand(shopId, command)).kind).toBe("pending");
    Object.assign(client, { voidOnline: () => Promise.reject(refusal) });
    bench.clock.advance(30);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.operations).toMatchObject([{ state: "pending" }]);
    for (const effect of bench.service.late) effect();
    bench.clock.advance(600);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "voided", operations: [{ state: "successful" }] });
  });
});
