import { expect, it, vi } from "vitest";
import { toDatabase, untilWaiting } from "./testing/database-locks.ts";
import { openInstance } from "./testing/instance.ts";
import type { MedusaProcess } from "./testing/medusa-process.ts";
import { describeWithMedusa } from "./testing/medusa-test.ts";

vi.hoisted(() => {
  process.env.MEDUSA_DISABLE_TELEMETRY = "1";
  process.env.LOG_LEVEL ??= "error";
});
vi.setConfig({ hookTimeout: 300_000, testTimeout: 300_000 });

const providers = [{ id: "default", options: { spaceId: "70001" } }];
const settings = { app: "killed", providers, waits: false };

/** One Medusa is killed; another one, which only looked on, is started again on the same database. */
await describeWithMedusa("a Medusa that is killed", settings, (bench, startAnother) => {
  const { clock, container, control } = bench;
  let medusa: MedusaProcess;
  const restart = async () => {
    const instance = await openInstance();
    for (const seconds of [300, 60, 60]) {
      clock.advance(seconds);
      await instance.settle();
    }
    await instance.store.close();
  };
  const post = (path: string, body: object) =>
    fetch(`${medusa.url}${path}`, {
      method: "POST",
      headers: { ...bench.seeded().admin.headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    }).catch((error: unknown) => error);

  it("after the service has refunded and before it heard so: the refund is one, and counted whole", async () => {
    const { cart, order, transaction } = await bench.buy();
    medusa = await startAnother();
    await control.addFaults({ on: "request", kind: "hangAfter", method: "POST", path: "/payment/refunds", times: 1 });
    const pressed = post(`/admin/payments/${order.payment}/refund`, { amount: 3 });
    await expect
      .poll(async () => (await control.transaction(transaction)).refundedAmount, { timeout: 60_000 })
      .toBe("3");
    await medusa.kill();
    expect(await pressed).toBeInstanceOf(Error);
    await control.clearFaults();
    await restart();
    expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: "3" });
    const seen = { refunds: [3], transactions: [10.5, -3], credited: 3, outstanding: 0 };
    expect(await bench.order(cart)).toMatchObject(seen);
  });

  const placings = [
    // What is locked, and what stands written when Medusa waits for it.
    { at: "its payment", table: "payment", written: "order_cart" },
    { at: "the link to its cart", table: "order_cart", written: "order_payment_collection" },
  ];

  it.each(placings)("between an order and $at: it is one, paid once, and told once", async ({ table, written }) => {
    const database = toDatabase(bench);
    const count = async () => Number((await database.raw(`select count(*) as count from ${written}`)).rows[0]?.count);
    const placed: string[] = [];
    container()
      .resolve("event_bus")
      .subscribe("order.placed", async ({ data }) => void placed.push((data as { id: string }).id));
    medusa = await startAnother();
    const checkout = await bench.checkout();
    const before = await count();
    const holder = await database.transaction();
    await holder.raw(`lock table ${table} in exclusive mode`);
    await bench.pay(checkout);
    const returned = fetch(`${medusa.url}/postfinance-checkout/return/${checkout.session}`).catch((error) => error);
    await untilWaiting(database);
    await expect.poll(count, { timeout: 60_000 }).toBe(before + 1);
    await medusa.kill();
    expect(await returned).toBeInstanceOf(Error);
    await holder.rollback();
    await restart();
    const order = await bench.order(checkout.cart);
    const seen = { status: "captured", captures: [10.5], transactions: [10.5], outstanding: 0 };
    expect(order).toMatchObject(seen);
    await expect.poll(() => placed).toEqual([order.id]);
    expect((await bench.complete(checkout)).data).toMatchObject({ type: "order", order: { id: order.id } });
    expect(await control.transaction(checkout.transaction)).toMatchObject({ completedAmount: "10.5" });
  });
});
