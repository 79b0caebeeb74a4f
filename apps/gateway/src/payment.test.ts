import { afterEach, describe, expect, it } from "vitest";
import { type Bench, type BenchSettings, createBench, reference } from "./test/bench.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

async function open(settings?: BenchSettings): Promise<Bench> {
  bench = await createBench(settings);
  return bench;
}

/** Every webhook of the service, from now on. */
const every = (kind: string) => ({ on: "webhook", kind, times: "always" });

describe("a payment", () => {
  it("leads the buyer to the payment page, and is paid in the shop once", async () => {
    const { start, pay, simulator, advance, shop, comeBack } = await open();
    expect(await start()).toMatchObject({
      kind: "successful",
      answer: { kind: "redirect", url: expect.stringContaining(simulator.url) },
      payment: { standing: "open", amount: { minor: 2995, currency: "CHF" } },
    });
    await pay();
    expect(await comeBack()).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    await advance(5);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid", mayShip: true } });
  });

  it("is paid by webhooks alone, at once, when the buyer never comes back", async () => {
    const { start, pay, advance, shop } = await open();
    await start();
    await pay();
    await advance(1);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
  });

  it("that is declined and then given up stays unpaid, and can be started again", async () => {
    const { start, pay, simulator, advance, shop } = await open();
    await start();
    await simulator.buyer({ action: "decline" });
    await simulator.buyer({ action: "abort" });
    await advance(5);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 0, payment: { standing: "failed", mayShip: false } });
    await start();
    await pay();
    await advance(5);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
    expect(await simulator.transactions()).toHaveLength(2);
  });

  it("that is only authorized is not paid", async () => {
    const { start, pay, advance, shop } = await open();
    await start({ completion: "deferred" });
    await pay();
    await advance(5);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 0, payment: { standing: "authorized" } });
  });
});

describe("with every webhook dropped", () => {
  it("the order is paid when the buyer comes back", async () => {
    const { start, pay, simulator, comeBack, quiet, shop } = await open();
    await simulator.fault(every("drop"));
    await start();
    await pay();
    await comeBack();
    await quiet();
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
  });

  it("and without the buyer, it is paid at the next look", async () => {
    const { start, pay, simulator, advance, shop } = await open();
    await simulator.fault(every("drop"));
    await start();
    await pay();
    await advance(60);
    expect((await simulator.webhooks()).map(({ state }) => state)).not.toContain("delivered");
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
  });
});

describe("with every webhook doubled and reversed", () => {
  it("the order is paid once", async () => {
    const { start, pay, simulator, advance, shop } = await open();
    await simulator.fault(every("duplicate"), every("reorder"));
    await start();
    await pay();
    await advance(30);
    const delivered = (await simulator.webhooks()).filter(({ state }) => state === "delivered");
    expect(delivered.length).toBeGreaterThanOrEqual(8);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid", mayShip: true } });
  });
});

describe("with a shop that is down", () => {
  it("the order is paid as soon as the shop is up, without asking the service again", async () => {
    const { start, pay, simulator, advance, shop } = await open();
    shop.answer = { kind: "notReady", retryAfter: 120 };
    await start();
    await pay();
    await advance(10);
    const asked = async () =>
      (await simulator.requests()).filter(({ path }) => path.startsWith("/payment/transactions"));
    const before = (await asked()).length;
    shop.answer = null;
    await advance(130);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
    expect((await asked()).length).toBe(before);
  });
});

describe("a shop that repeats itself", () => {
  it("gets the same address and makes one transaction, by the same id and by another", async () => {
    const { start, simulator, connectShop } = await open();
    const first = await start();
    const again = await start();
    expect(again).toMatchObject({ answer: (first as { answer: unknown }).answer });
    expect(await simulator.transactions()).toHaveLength(1);
    const client = connectShop();
    const back = { kind: "return", reference } as const;
    await client.run(back, { id: "msg_same" });
    await simulator.forgetRequests();
    await client.run(back, { id: "msg_same" });
    expect(await simulator.requests()).toEqual([]);
  });
});
