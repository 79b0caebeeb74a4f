import type { Decimal, ServiceId, Transaction, TransactionState } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";

/** What another plugin left at the service: created, and confirmed by its buyer. */
async function aForeign(
  { service }: Bench,
  state: TransactionState = "CONFIRMED",
  changes: Partial<Transaction> = {},
): Promise<ServiceId> {
  const { id } = await service.client.createTransaction({
    currency: "CHF",
    merchantReference: "1001",
    lineItems: [
      { uniqueId: "their-line", type: "PRODUCT", name: "Rucksack", quantity: "1", amountIncludingTax: "29.95" },
    ],
  } as unknown as Parameters<typeof service.client.createTransaction>[0]);
  service.move(id, state, changes);
  service.requests.length = 0;
  return id;
}

function adopt({ core }: Bench, transaction: ServiceId, changes: Partial<Commands["adopt"]> = {}) {
  const command = {
    kind: "adopt",
    reference,
    order: anOrder(),
    transaction,
    knownAs: ["17", "1001"],
    test: false,
  } as const;
  return core.runCommand(shopId, { ...command, ...changes });
}

async function settleLater(bench: Bench, seconds = 60): Promise<void> {
  bench.clock.advance(seconds);
  await bench.settleAll();
}

describe("another plugin's transaction", () => {
  it("costs one request, is shown as it is, and followed from then on", async () => {
    const bench = createBench();
    const id = await aForeign(bench);
    expect(await adopt(bench, id)).toMatchObject({ kind: "successful", payment: { standing: "open" } });
    expect(bench.service.requests).toEqual(["read"]);
    bench.service.move(id, "FULFILL");
    await bench.hint(id, "FULFILL");
    await settleLater(bench, 1);
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", mayShip: true, findings: [] });
  });

  it("is found paid without a webhook", async () => {
    const bench = createBench();
    const id = await aForeign(bench);
    await adopt(bench, id);
    bench.service.move(id, "FULFILL");
    await settleLater(bench, 24 * 60 * 60);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("takes the hints that came before it was known", async () => {
    const bench = createBench();
    const id = await aForeign(bench, "PROCESSING");
    await bench.hint(id, "AUTHORIZED");
    await adopt(bench, id);
    bench.service.move(id, "AUTHORIZED");
    await settleLater(bench, 1);
    expect(bench.shop.shown.at(-1)?.standing).toBe("authorized");
  });

  it("is adopted once, however often that is asked", async () => {
    const bench = createBench();
    const id = await aForeign(bench, "AUTHORIZED");
    await adopt(bench, id);
    const again = await adopt(bench, id);
    expect(again).toMatchObject({
      kind: "successful",
      payment: { revision: 1, superseded: [], standing: "authorized" },
    });
  });

  it("is what the buyer is led back to while he can pay it: nothing else is created", async () => {
    const bench = createBench();
    const id = await aForeign(bench);
    await adopt(bench, id);
    const started = await bench.start();
    expect(started).toMatchObject({
      kind: "successful",
      answer: { kind: "redirect", url: expect.stringContaining(id) },
    });
    expect(bench.service.requests).not.toContain("create");
  });

  it("that is pending is made what the order is now, and no other is created", async () => {
    const bench = createBench();
    const id = await aForeign(bench, "PENDING");
    await adopt(bench, id);
    await bench.start(anOrder(chf(5000)));
    expect(bench.service.transactions.get(id)?.authorizationAmount).toBe("50.00");
    expect(bench.service.requests).not.toContain("create");
  });

  it("that failed leaves the buyer free to pay anew", async () => {
    const bench = createBench();
    await adopt(bench, await aForeign(bench, "FAILED"));
    await bench.start();
    expect(bench.service.requests.filter((one) => one === "create")).toHaveLength(1);
  });

  it("that is paid beside one of ours is the one that counts when it was first; the other is given back", async () => {
    const bench = createBench();
    await bench.start();
    const [ours] = [...bench.service.transactions.keys()];
    const theirs = await aForeign(bench, "FULFILL");
    bench.clock.advance(60);
    bench.service.move(ours as ServiceId, "FULFILL", { authorizedOn: bench.clock.now() });
    await adopt(bench, theirs);
    for (let minute = 0; minute < 3; minute += 1) await settleLater(bench);
    const shown = bench.shop.shown.at(-1);
    expect(shown).toMatchObject({ standing: "paid", governing: { transaction: theirs } });
    expect(shown?.operations).toMatchObject([{ kind: "refund", origin: "core", state: "successful" }]);
  });

  it("is completed and refunded by amount", async () => {
    const bench = createBench();
    await adopt(bench, await aForeign(bench, "AUTHORIZED"));
    const write = { reference, amount: "rest", lines: null } as const;
    const taken = {
      ...write,
      kind: "complete",
      shopKey: "c" as ShopKey,
      heldKeys: ["c" as ShopKey],
      last: true,
    } as const;
    expect(await bench.core.runCommand(shopId, taken)).toMatchObject({ kind: "successful" });
    const back = { ...write, kind: "refund", shopKey: "r" as ShopKey, heldKeys: ["r" as ShopKey] } as const;
    const given = await bench.core.runCommand(shopId, { ...back, reason: null, offline: false });
    expect(given).toMatchObject({ kind: "successful", payment: { refunded: chf(2995) } });
  });

  it("over another amount than the order's is never shown as paid", async () => {
    const bench = createBench();
    await adopt(bench, await aForeign(bench, "FULFILL"), { order: anOrder(chf(3000)) });
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "held", findings: [{ kind: "wrongAmount" }] });
  });
});

describe("what is no transaction of this order", () => {
  it.each([
    ["of another order", { merchantReference: "1002" }, "notPossibleNow"],
    ["of no order", { merchantReference: null }, "notPossibleNow"],
    ["that was refunded", { refundedAmount: "1.00" as Decimal }, "notPossibleNow"],
    ["of ours", { metaData: { checkoutPluginsAttempt: "other" } }, "notPossibleNow"],
  ])("is refused: one %s", async (_, changes, code) => {
    const bench = createBench();
    const id = await aForeign(bench, "FULFILL", changes);
    expect(await adopt(bench, id)).toMatchObject({ kind: "failed", failure: { code }, payment: null });
    await bench.settleAll();
    expect(bench.shop.shown).toEqual([]);
  });

  it.each(["123", "../900001", "900001?x"])("is refused: %s, which the space does not have", async (id) => {
    const bench = createBench();
    await aForeign(bench);
    expect(await adopt(bench, id as ServiceId)).toMatchObject({ kind: "failed", failure: { code: "unknownPayment" } });
    expect(bench.service.requests.filter((one) => one !== "read")).toEqual([]);
  });

  it("stays with the payment that has it", async () => {
    const bench = createBench();
    const id = await aForeign(bench);
    await adopt(bench, id);
    const other = adopt(bench, id, { reference: "order-2" as typeof reference });
    await expect(other).rejects.toThrow("belongs to another attempt");
  });
});
