import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MockOrder, MockPurchase } from "../mock/index.ts";
import { type Bench, createBench } from "../testing/bench.ts";
import { type Certificates, createCertificates, paymentMethod } from "../testing/test-shop.ts";
import { checkTag } from "./order-show.ts";

let certificates: Certificates;
const open: Bench[] = [];
beforeAll(async () => {
  certificates = await createCertificates(Date.parse("2026-02-03T09:00:00Z"));
});
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function openBench(): Promise<Bench> {
  const bench = await createBench({ certificates, mode: "customApp" });
  open.push(bench);
  return bench;
}

const purchase = { amount: "29.95", currency: "CHF", paymentMethod, test: false } as const;
const of = ({ id }: MockOrder) => ({ payment: `order-${id}` });

async function placed(bench: Bench, changes: Partial<MockPurchase> = {}): Promise<MockOrder> {
  const order = bench.mock.orders.place({ ...purchase, ...changes });
  await bench.settle();
  return order;
}

async function paid(bench: Bench): Promise<MockOrder> {
  const order = await placed(bench);
  await bench.buyer(of(order), "pay");
  await bench.settle();
  return order;
}

const transaction = async (bench: Bench, order: MockOrder) =>
  bench.control.transaction(await bench.transactionOf(of(order)));
const visit = (bench: Bench, url: string, headers: Record<string, string> = {}) =>
  bench.gateway(new Request(url, { headers }));
const calls = ({ mock }: Bench, field: string) =>
  mock.state.calls.filter((call) => call.field === field && call.effect === "changed");
const isPaid = ({ transactions }: MockOrder) => transactions.some(({ kind }) => kind === "SALE");

describe("an order with our payment method", () => {
  it("is paid by the link of its confirmation, and marked as paid once", async () => {
    const bench = await openBench();
    const order = await placed(bench);
    const link = await visit(bench, bench.mock.orders.toPayUrl(order.id));
    expect(link.status).toBe(303);
    expect(link.headers.get("location")).toContain("/70001/payment/");
    await bench.buyer(of(order), "pay");
    await bench.settle(60);
    expect([isPaid(order), calls(bench, "orderMarkAsPaid").length]).toEqual([true, 1]);
    const paidUrl = bench.mock.orders.toPayUrl(order.id).replace("/pay?", "/paid?");
    expect((await visit(bench, paidUrl)).headers.get("location")).toBe(`${bench.origin}/orders/${order.id}`);
  });

  it("costs one transaction, whatever is told twice, late or in another order", async () => {
    const bench = await openBench();
    const order = bench.mock.orders.place(purchase);
    const webhook = () => bench.gateway(bench.mock.toOrderWebhook("orders/create", { id: order.id }));
    const link = () => visit(bench, bench.mock.orders.toPayUrl(order.id));
    await Promise.all([webhook(), webhook(), link(), link()]);
    await bench.settle();
    await Promise.all([webhook(), link()]);
    expect(await bench.control.transactions()).toHaveLength(1);
  });

  it("is paid by its link though no webhook ever came", async () => {
    const bench = await openBench();
    const order = bench.mock.orders.place(purchase);
    bench.mock.state.webhooks.splice(0);
    expect((await visit(bench, bench.mock.orders.toPayUrl(order.id))).status).toBe(303);
    await bench.buyer(of(order), "pay");
    await bench.settle();
    expect(isPaid(order)).toBe(true);
  });

  it("that is a test is paid in the test space", async () => {
    const bench = await openBench();
    const order = await placed(bench, { test: true });
    expect((await transaction(bench, order)).space).toBe("70002");
  });

  it("can be paid again after a failure, by the same link", async () => {
    const bench = await openBench();
    const order = await placed(bench);
    await bench.buyer(of(order), "abort");
    await bench.settle();
    const paidUrl = bench.mock.orders.toPayUrl(order.id).replace("/pay?", "/paid?");
    const page = await (await visit(bench, paidUrl, { "accept-language": "it" })).text();
    expect(page).toContain("Il pagamento non è avvenuto");
    expect(page).toContain("/platforms/shopify/pay?");
    await visit(bench, bench.mock.orders.toPayUrl(order.id));
    await bench.buyer(of(order), "pay");
    await bench.settle();
    expect([isPaid(order), calls(bench, "orderMarkAsPaid").length]).toEqual([true, 1]);
  });
});

describe("the pay link", () => {
  it.each<[string, (url: URL) => void]>([
    ["another confirmation number", (url) => url.searchParams.set("number", "GUESSED12")],
    ["no confirmation number", (url) => url.searchParams.delete("number")],
    ["an order that is none", (url) => url.searchParams.set("order", "1")],
    ["an order's name", (url) => url.searchParams.set("order", "../1001")],
  ])("with %s tells nothing and starts nothing", async (_what, change) => {
    const bench = await openBench();
    const order = bench.mock.orders.place(purchase);
    const url = new URL(bench.mock.orders.toPayUrl(order.id));
    change(url);
    const answer = await visit(bench, String(url));
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("29.95");
    expect(await bench.control.transactions()).toEqual([]);
  });

  it.each<[string, (bench: Bench) => Promise<MockOrder>]>([
    [
      "cancelled",
      async (bench) => {
        const order = await placed(bench);
        bench.mock.orders.cancel(order.id);
        return order;
      },
    ],
    ["to be paid otherwise", (bench) => placed(bench, { paymentMethod: "Bank deposit" })],
  ])("of an order that is %s says so", async (_what, create) => {
    const bench = await openBench();
    const order = await create(bench);
    const answer = await visit(bench, bench.mock.orders.toPayUrl(order.id), { "accept-language": "de" });
    expect([answer.status, (await answer.text()).includes("nicht zu bezahlen")]).toEqual([200, true]);
  });

  it("of an order that is paid thanks", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    const answer = await visit(bench, bench.mock.orders.toPayUrl(order.id));
    expect(answer.headers.get("location") ?? (await answer.text())).toContain(`/orders/${order.id}`);
  });
});

describe("cancelling", () => {
  it("an order before it is paid: a payment that comes all the same is given back", async () => {
    const bench = await openBench();
    const order = await placed(bench);
    bench.mock.orders.cancel(order.id);
    await bench.settle();
    await bench.buyer(of(order), "pay");
    await bench.settle(60);
    const { state, completedAmount, refundedAmount } = await transaction(bench, order);
    expect([isPaid(order), state === "VOIDED" || completedAmount === refundedAmount]).toEqual([false, true]);
    expect((await bench.findings()).map(({ kind }) => kind)).toContain("paidThoughAbandoned");
  });

  it.each([
    ["with a refund", "29.95"],
    ["without", null],
  ])("an order that is paid, %s, is the merchant's choice: nobody is told", async (_how, amount) => {
    const bench = await openBench();
    const order = await paid(bench);
    if (amount !== null) bench.mock.orders.refund(order.id, amount);
    bench.mock.orders.cancel(order.id);
    await bench.settle(600, 4);
    expect(Number((await transaction(bench, order)).refundedAmount)).toBe(Number(amount ?? 0));
    expect([await bench.findings(), order.tags.size]).toEqual([[], 0]);
  });

  it("an order of another payment method is no concern of ours", async () => {
    const bench = await openBench();
    const order = await placed(bench, { paymentMethod: "Bank deposit" });
    bench.mock.orders.cancel(order.id);
    await bench.settle();
    expect([await bench.control.transactions(), await bench.findings()]).toEqual([[], []]);
  });
});

describe("refunds", () => {
  it("of the merchant reach the buyer once, however often they are told", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    const refund = bench.mock.orders.refund(order.id, "10.00");
    const webhook = () =>
      bench.gateway(bench.mock.toOrderWebhook("refunds/create", { id: refund, order_id: order.id }));
    await Promise.all([webhook(), webhook(), bench.mock.work()]);
    await bench.settle(600);
    expect(Number((await transaction(bench, order)).refundedAmount)).toBe(10);
    expect(order.refunds).toHaveLength(1);
  });

  it("of the merchant reach the buyer, also with our name in their reason", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    bench.mock.orders.refund(order.id, "10.00", "PostFinance Checkout: by phone");
    await bench.settle(600);
    expect(Number((await transaction(bench, order)).refundedAmount)).toBe(10);
  });

  it("of the back office are entered in Shopify once, and come not back to us", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    await bench.control.backOffice(await bench.transactionOf(of(order)), { action: "refund", amount: "5.00" });
    await bench.settle(600, 4);
    expect(order.refunds).toMatchObject([{ note: expect.stringContaining("PostFinance Checkout [refund:") }]);
    expect(calls(bench, "refundCreate")).toMatchObject([{ variables: { minor: 500 } }]);
    expect(Number((await transaction(bench, order)).refundedAmount)).toBe(5);
  });

  it("that Shopify recorded and that failed are made good in the back office, and entered no second time", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    await bench.control.changeSpace("70001", { switches: { refundOutcome: "failed" } });
    bench.mock.orders.refund(order.id, "10.00");
    await bench.settle(60);
    expect(await bench.findings()).toMatchObject([{ kind: "cannotShow", resolvedOn: null }]);
    await bench.control.changeSpace("70001", { switches: { refundOutcome: "successful" } });
    const transactionId = await bench.transactionOf(of(order));
    for (const amount of ["10.00", "4.00"]) await bench.control.backOffice(transactionId, { action: "refund", amount });
    await bench.settle(600, 4);
    expect(Number((await transaction(bench, order)).refundedAmount)).toBe(14);
    expect(calls(bench, "refundCreate")).toMatchObject([{ variables: { minor: 400 } }]);
    expect((await bench.findings()).filter(({ resolvedOn }) => resolvedOn === null)).toEqual([]);
  });

  it("are entered once though Shopify's answer is lost", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    await bench.control.backOffice(await bench.transactionOf(of(order)), { action: "refund", amount: "5.00" });
    bench.mock.break("slow", order.id);
    await bench.control.deliverWebhooks();
    const stop = new AbortController();
    const showing = bench.core.settleDue({ total: 9, perShop: 9 }, stop.signal);
    setImmediate(() => stop.abort(new Error("the process ends")));
    await showing;
    bench.mock.break(null, order.id);
    await bench.settle(600, 4);
    expect(calls(bench, "refundCreate")).toHaveLength(1);
  });

  it("of an order that was not paid here are an error in the log", async () => {
    const errors: unknown[] = [];
    const quiet = () => undefined;
    const logger = { debug: quiet, info: quiet, warn: quiet, error: (...line: unknown[]) => void errors.push(line) };
    const bench = await createBench({ certificates, mode: "customApp", changes: { logger } });
    open.push(bench);
    const order = bench.mock.orders.place(purchase);
    bench.mock.orders.markAsPaid(order.id);
    const refund = bench.mock.orders.refund(order.id, "5.00");
    await bench.settle();
    const fields = { order: `order-${order.id}`, refund: `refund:${refund}` };
    expect(errors).toMatchObject([["shopify refund of an order that was not paid here", fields]]);
  });

  it("of an order with another payment method are no concern of ours", async () => {
    const bench = await openBench();
    const order = await placed(bench, { paymentMethod: "Bank deposit" });
    bench.mock.orders.refund(order.id, "5.00");
    await bench.settle();
    expect([await bench.control.transactions(), await bench.findings()]).toEqual([[], []]);
  });
});

describe("what a merchant does by hand", () => {
  it("marking as paid, after the buyer paid: it is shown, and marked no second time", async () => {
    const bench = await openBench();
    const order = await placed(bench);
    bench.mock.break("down", null);
    await bench.buyer(of(order), "pay");
    await bench.settle(60);
    bench.mock.orders.markAsPaid(order.id);
    bench.mock.break(null, null);
    await bench.settle(600);
    expect([calls(bench, "orderMarkAsPaid"), await bench.findings()]).toEqual([[], []]);
  });

  it("marking as paid, before the buyer pays all the same: he is told of money for a paid order", async () => {
    const bench = await openBench();
    const order = await placed(bench);
    bench.mock.orders.markAsPaid(order.id);
    await bench.settle(60);
    await bench.buyer(of(order), "pay");
    await bench.settle();
    expect(calls(bench, "orderMarkAsPaid")).toEqual([]);
    expect(await bench.findings()).toMatchObject([{ kind: "orderClosed" }]);
    expect(order.tags).toContain(checkTag);
  });

  it("adding to an order that is paid: it is not marked again, and the link takes nothing", async () => {
    const bench = await openBench();
    const order = await paid(bench);
    order.minor *= 2;
    await bench.control.backOffice(await bench.transactionOf(of(order)), { action: "refund", amount: "5.00" });
    await bench.settle(600, 4);
    const answer = await visit(bench, bench.mock.orders.toPayUrl(order.id));
    expect(await answer.text()).toContain("Thank you, your order is paid");
    expect([calls(bench, "orderMarkAsPaid").length, order.refunds.length]).toEqual([1, 1]);
    expect([await bench.findings(), (await bench.control.transactions()).length]).toEqual([[], 1]);
  });

  it("changing the order while the buyer pays: it is not marked as paid, and he is told", async () => {
    const bench = await openBench();
    const order = await placed(bench);
    order.minor = 3995;
    await bench.buyer(of(order), "pay");
    await bench.settle();
    expect(isPaid(order)).toBe(false);
    expect(await bench.findings()).toMatchObject([
      { kind: "changedByMerchant", detail: expect.stringContaining("CHF 39.95 is outstanding") },
    ]);
    expect([...order.tags]).toEqual([checkTag]);
  });
});

describe("Shopify down for a day", () => {
  it("every order is marked as paid once when it is back", async () => {
    const bench = await openBench();
    const orders = [await placed(bench), await placed(bench), await placed(bench)];
    bench.mock.break("down", null);
    for (const order of orders) await bench.buyer(of(order), "pay");
    await bench.settle(600, 6);
    await bench.settle(3600, 23);
    expect(orders.map(isPaid)).toEqual([false, false, false]);
    bench.mock.break(null, null);
    await bench.settle(4 * 3600, 3);
    expect(orders.map(isPaid)).toEqual([true, true, true]);
    expect(calls(bench, "orderMarkAsPaid")).toHaveLength(3);
  });
});
