import type { Payment } from "@checkout-plugins/core";
import { exampleKey } from "@checkout-plugins/simulator";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { asValue } from "@medusajs/framework/awilix";
import type { MedusaContainer } from "@medusajs/framework/types";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createMedusaAdapter } from "./medusa-adapter.ts";
import { createMedusaShop, type MedusaShop } from "./medusa-shop.ts";
import {
  type Api,
  type Bench,
  type Checkout,
  createBench,
  createTestClock,
  first,
  second,
  startService,
} from "./testing/bench.ts";
import { createApp, startMedusa, toConfig } from "./testing/medusa-app.ts";
import { type Seeded, seed } from "./testing/seed.ts";

vi.hoisted(() => {
  process.env.MEDUSA_DISABLE_TELEMETRY = "1";
  process.env.LOG_LEVEL ??= "error";
});
vi.setConfig({ hookTimeout: 180_000, testTimeout: 60_000 });
// Medusa's runner expects them as globals. Its beforeEach copies the database anew for each test; here each test has a
// cart of its own, and what earlier ones left is what a real shop has too.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach: () => {}, describe });

const service = await startService();
const { control } = service;
afterAll(() => service.close());
const clock = createTestClock();
const options = {
  userId: "12345",
  authenticationKey: exampleKey,
  serviceUrl: service.url,
  backendUrl: "http://localhost:9000",
  returnTo: {
    order: "http://shop.test/{country}/order/{order}/confirmed",
    checkout: "http://shop.test/{country}/checkout?step=payment",
  },
};
const cwd = await createApp(
  "medusa",
  toConfig([
    { id: "default", options: { ...options, spaceId: "70001" } },
    { id: "second", options: { ...options, spaceId: "70002", environment: "test" } },
  ]),
);
// A Medusa looks for what its config names in the folder that it runs in.
process.chdir(cwd);

await describeWithPostgres("in a real Medusa", (server) => {
  startMedusa(server.connectionString, {
    cwd,
    inApp: true,
    hooks: {
      beforeServerStart: async (container) => {
        container.register("postfinanceCheckoutParts", asValue({ clock }));
      },
    },
    testSuite: ({ api, getContainer }) => suite(api as unknown as Api, () => getContainer()),
  });
});

function suite(api: Api, container: () => MedusaContainer): void {
  let shop: Seeded;
  const bench: Bench = createBench(api, container, () => shop, service);
  /** All that is due now, as the scheduled job does it. */
  let settle: () => Promise<void>;

  beforeAll(async () => {
    shop = await seed(container(), [first, second, "pp_system_default"]);
    // The first of our routes makes the runtime.
    await api.get("/postfinance-checkout/return/none", { validateStatus: () => true });
    const runtime = await bench.runtime();
    settle = runtime.settle;
    // Medusa's scheduler stands still: each test says itself when the time has come.
    vi.spyOn(runtime, "settle").mockResolvedValue();
  });
  afterAll(async () => {
    await (await bench.runtime()).store.close();
  });
  beforeEach(async () => {
    await control.forgetRequests();
  });
  afterEach(async () => {
    await control.clearFaults();
    await control.changeSpace("70001", {
      switches: {
        completion: "immediate",
        completionOutcome: "successful",
        completionDelay: "PT0S",
        refundOutcome: "successful",
      },
    });
  });

  const defer = () => control.changeSpace("70001", { switches: { completion: "deferred" } });
  const later = async (seconds: number) => {
    clock.advance(seconds);
    await settle();
  };
  const returnOf = ({ session }: Pick<Checkout, "session">) =>
    api.get(`/postfinance-checkout/return/${session}`, { maxRedirects: 0, validateStatus: () => true });
  const complete = ({ cart }: Pick<Checkout, "cart">) => api.post(`/store/carts/${cart}/complete`, {}, shop.store);
  /** A paid order whose money is only reserved. */
  const authorize = async (currency = "chf") => {
    await defer();
    const checkout = await bench.checkout(currency);
    await bench.pay(checkout);
    await complete(checkout);
    return { ...checkout, order: await bench.order(checkout.cart) };
  };
  const buy = async (currency = "chf") => {
    const checkout = await bench.checkout(currency);
    await bench.pay(checkout);
    await complete(checkout);
    return { ...checkout, order: await bench.order(checkout.cart) };
  };

  describe("a purchase", () => {
    it("asks the service twice before the buyer can pay, and tells it the whole order", async () => {
      const checkout = await bench.checkout();
      expect(await service.writes()).toEqual(["POST /payment/transactions"]);
      expect(await service.reads()).toEqual([`GET /payment/transactions/${checkout.transaction}/payment-page-url`]);
      const transaction = await service.space("70001").readTransaction(checkout.transaction as never);
      expect(transaction.lineItems).toMatchObject([
        { type: "PRODUCT", name: "Mug (One)", sku: "MUG", amountIncludingTax: "10.5" },
        { type: "SHIPPING", name: "Post" },
      ]);
    });

    it("becomes a paid order although no webhook came and the buyer never returned", async () => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      expect(await bench.orders(checkout.cart)).toEqual([]);
      await later(30);
      expect(await bench.order(checkout.cart)).toMatchObject({
        status: "captured",
        captures: [10.5],
        transactions: [10.5],
        outstanding: 0,
      });
      expect((await service.reads()).length + (await service.writes()).length).toBeLessThanOrEqual(8);
    });

    it("leads the returning buyer to his order, and waits for no lease", async () => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      const before = clock.leaseWaits;
      const { status, headers } = await returnOf(checkout);
      const { id } = await bench.order(checkout.cart);
      expect([status, headers.location]).toEqual([303, `http://shop.test/ch/order/${id}/confirmed`]);
      expect(clock.leaseWaits).toBe(before);
    });

    it("that failed leads back to the checkout, places nothing, and can be tried again", async () => {
      const checkout = await bench.checkout();
      await control.buyer(checkout.transaction, { action: "abort" });
      expect((await returnOf(checkout)).headers.location).toBe(
        "http://shop.test/ch/checkout?step=payment&payment=failed",
      );
      const { data } = await complete(checkout);
      expect(data).toMatchObject({ type: "cart", error: { type: "payment_authorization_error" } });
      expect(await bench.orders(checkout.cart)).toEqual([]);
      const { data: again } = await bench.session(checkout.collection, first);
      const [session] = again.payment_collection.payment_sessions;
      await control.buyer(/pay\/(\d+)/.exec(session.data.url)?.[1] ?? "", { action: "pay", card: "success" });
      await complete(checkout);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured" });
    });

    it("that is not paid yet asks for more, and an unknown return is none", async () => {
      const checkout = await bench.checkout();
      expect((await complete(checkout)).data).toMatchObject({ error: { type: "payment_requires_more_error" } });
      expect((await returnOf(checkout)).headers.location).toContain("payment=open");
      expect((await returnOf({ session: "payses_none" as never })).status).toBe(404);
    });

    it.each([
      ["return, completion, timer", ["return", "complete", "timer"]],
      ["timer, return, completion", ["timer", "return", "complete"]],
      ["completion, timer, return", ["complete", "timer", "return"]],
    ] as const)("is one order, paid once, when all come at once: %s", async (_name, order) => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      clock.advance(30);
      const acts = { return: () => returnOf(checkout), complete: () => complete(checkout), timer: () => settle() };
      await Promise.all(order.map((name) => acts[name]()));
      await later(30);
      expect(await bench.order(checkout.cart)).toMatchObject({
        status: "captured",
        captures: [10.5],
        transactions: [10.5],
      });
      expect((await service.writes()).length).toBe(1);
    });

    it("whose order cannot be placed yet keeps its money, and is placed as soon as it can", async () => {
      const checkout = await bench.checkout();
      const methods = await container()
        .resolve("query")
        .graph({ entity: "cart", fields: ["shipping_methods.id"], filters: { id: checkout.cart } });
      const [cart] = methods.data;
      await container()
        .resolve("cart")
        .deleteShippingMethods(cart?.shipping_methods?.map((one: { id: string }) => one.id) ?? []);
      await bench.pay(checkout);
      expect((await returnOf(checkout)).headers.location).toContain("payment=processing");
      expect(await bench.orders(checkout.cart)).toEqual([]);
      await api.post(`/store/carts/${checkout.cart}/shipping-methods`, { option_id: shop.shippingOption }, shop.store);
      await later(60);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured", captures: [10.5] });
      expect((await service.writes()).length).toBe(1);
    });
  });

  describe("a changed cart", () => {
    const change = ({ cart }: Checkout) =>
      api.post(`/store/carts/${cart}/line-items`, { variant_id: shop.variant, quantity: 1 }, shop.store);

    it("costs one request at most, and money that is paid for the old one goes back", async () => {
      const checkout = await bench.checkout();
      await control.forgetRequests();
      await change(checkout);
      expect(await service.writes()).toEqual([]);
      expect((await service.reads()).length).toBeLessThanOrEqual(1);
      await bench.pay(checkout);
      await later(60);
      await later(60);
      expect(await bench.orders(checkout.cart)).toEqual([]);
      expect(await control.transaction(checkout.transaction)).toMatchObject({ refundedAmount: "10.5" });
    });

    it("is refused once it is paid: its order is about to be placed", async () => {
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      const refused = await change(checkout).catch(({ response }) => response);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      await later(30);
      expect(await control.transaction(checkout.transaction)).toMatchObject({ refundedAmount: "0" });
    });
  });

  describe("what an administrator does in Medusa", () => {
    it("captures 4 and 6.50 of a reservation of 10.50", async () => {
      const { cart, order, transaction } = await authorize();
      expect(order).toMatchObject({ status: "authorized", captures: [] });
      await bench.capture(order.payment, 4);
      expect(await control.transaction(transaction)).toMatchObject({ state: "AUTHORIZED", completedAmount: "4" });
      await bench.capture(order.payment, 6.5);
      expect(await control.transaction(transaction)).toMatchObject({ completedAmount: "10.5" });
      await later(60);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [4, 6.5], outstanding: 0 });
      expect((await service.writes()).slice(1)).toEqual(
        Array(2).fill(`POST /payment/transactions/${transaction}/complete-partially-online`),
      );
    });

    it.each([
      ["chf", 2.25, 8.25, "10.5"],
      ["jpy", 200, 1000, "1200"],
      ["kwd", 1.005, 2.12, "3.125"],
    ])("refunds %s in two parts", async (currency, part, rest, whole) => {
      const { cart, order, transaction } = await buy(currency);
      await bench.refund(order.payment, part);
      await bench.refund(order.payment, rest);
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: whole });
      await later(60);
      expect(await bench.order(cart)).toMatchObject({
        refunds: [part, rest],
        transactions: [part + rest, -part, -rest],
      });
    });

    it("refunds once although the answer is cut, and once more only when Medusa lost its row", async () => {
      const { cart, order, transaction } = await buy();
      await control.addFaults({
        on: "request",
        kind: "cutAfter",
        method: "POST",
        path: "/payment/refunds",
        times: "always",
      });
      await bench.refund(order.payment, 3);
      await control.clearFaults();
      // As after a crash between Medusa's row and our answer: the row is gone, and a person presses again.
      const { payments } = (await bench.runtime()).shop;
      const session = await (await bench.runtime()).shop.readSession((await sessionOf(cart)) ?? "");
      await payments.deleteRefunds(session?.payment?.refunds.map(({ id }) => id) ?? []);
      await bench.refund(order.payment, 3);
      await later(60);
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: "3" });
      expect(await bench.order(cart)).toMatchObject({ refunds: [3] });
    });

    it("cancels the reservation", async () => {
      const { cart, order, transaction } = await authorize();
      await container().resolve("payment").cancelPayment(order.payment);
      expect(await control.transaction(transaction)).toMatchObject({ state: "VOIDED" });
      await later(60);
      expect(await bench.order(cart)).toMatchObject({ status: "canceled", isCanceled: true, captures: [] });
    });

    it("is told why the service refused", async () => {
      const { order } = await authorize();
      await control.changeSpace("70001", { switches: { completionOutcome: "failed" } });
      const refused = await bench.capture(order.payment).catch(({ response }) => response);
      expect(refused.status).toBe(400);
      expect(refused.data.message).toMatch(/\w{3,}/);
    });

    it("sees a capture vanish that was told as done and then failed", async () => {
      const { cart, order } = await authorize();
      await control.changeSpace("70001", { switches: { completionDelay: "PT1M", completionOutcome: "failed" } });
      await bench.capture(order.payment);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [10.5] });
      await control.advance("PT2M");
      await later(3600);
      expect(await bench.order(cart)).toMatchObject({ status: "authorized", captures: [], transactions: [] });
    });
  });

  const sessionOf = async (cart: string): Promise<string | undefined> => {
    const [order] = await bench.orders(cart);
    return (await (await bench.runtime()).shop.listSessionsOf(order?.id ?? "")).at(-1);
  };

  describe("what is done in the back office", () => {
    it.each([
      ["a refund", "refund", { refunds: [3], transactions: [10.5, -3], credited: 3, outstanding: 0 }],
      ["a chargeback", "chargeback", { refunds: [3], transactions: [10.5, -3] }],
    ] as const)("%s is shown once, without a writing request", async (_name, action, seen) => {
      const { cart, transaction } = await buy();
      await later(60);
      await control.forgetRequests();
      await control.backOffice(transaction, { action, amount: "3" });
      await later(16 * 60);
      await later(16 * 60);
      expect(await bench.order(cart)).toMatchObject(seen);
      expect(await service.writes()).toEqual([]);
    });

    it("a capture is shown once, without a writing request", async () => {
      const { cart, transaction } = await authorize();
      await control.forgetRequests();
      await control.backOffice(transaction, { action: "complete" });
      await later(3600);
      await later(3600);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [10.5], transactions: [10.5] });
      expect(await service.writes()).toEqual([]);
    });

    it("a capture that Medusa does not know yet is success when it is pressed there", async () => {
      const { cart, order, transaction } = await authorize();
      await control.backOffice(transaction, { action: "complete" });
      clock.advance(5);
      await control.forgetRequests();
      await bench.capture(order.payment);
      await later(60);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [10.5], transactions: [10.5] });
      expect(await service.writes()).toEqual([]);
    });

    it("a void is shown, without a writing request", async () => {
      const { cart, transaction } = await authorize();
      await control.forgetRequests();
      await control.backOffice(transaction, { action: "void" });
      await later(3600);
      expect(await bench.order(cart)).toMatchObject({ status: "canceled", isCanceled: true });
      expect(await service.writes()).toEqual([]);
    });

    it("is entered whole, whatever it was that broke between any two steps", async () => {
      const { cart, session, transaction } = await buy();
      await later(60);
      await control.backOffice(transaction, { action: "refund", amount: "3" });
      await control.backOffice(transaction, { action: "refund", amount: "2" });
      clock.advance(16 * 60);
      // Read, but not shown.
      vi.spyOn((await bench.runtime()).shop, "readSession").mockRejectedValue(new Error("the shop is down"));
      await settle();
      vi.mocked((await bench.runtime()).shop.readSession).mockRestore();
      const payment = await bench.payment({ session });
      expect(payment.operations).toHaveLength(2);
      const breaks = await showWithBreaks(container(), payment);
      // Two rows, the collection, the transactions, and for each refund its credit, its mark and the event.
      expect(breaks).toBeGreaterThanOrEqual(8);
      expect(await bench.order(cart)).toMatchObject({
        refunds: [3, 2],
        transactions: [10.5, -3, -2],
        credited: 5,
        outstanding: 0,
      });
    });
  });

  describe("the doors", () => {
    it("take signed webhooks, which make the order without a timer", async () => {
      const url = `${api.defaults.baseURL}/hooks/postfinance-checkout/default`;
      await service.sendWebhooks("70001", url);
      const checkout = await bench.checkout();
      await bench.pay(checkout);
      await control.deliverWebhooks();
      // Nothing is due by time: what wakes the payment are the hints, at most once a second.
      await vi.waitFor(
        async () => {
          await settle();
          expect(await bench.orders(checkout.cart)).toHaveLength(1);
        },
        { timeout: 15_000, interval: 500 },
      );
      const sent = await control.webhooks();
      expect(sent.filter(({ state }) => state === "delivered").length).toBeGreaterThan(0);
      const anybody = { validateStatus: () => true };
      expect((await api.post("/hooks/postfinance-checkout/default", {}, anybody as never)).status).toBe(401);
      expect((await api.post("/hooks/postfinance-checkout/none", {}, anybody as never)).status).toBe(404);
    });

    it("believe nothing that a browser sends with a session", async () => {
      const victim = await bench.checkout();
      const collection = (
        await api.post("/store/payment-collections", { cart_id: await bench.cart("chf") }, shop.store)
      ).data.payment_collection.id;
      const { data } = await bench.session(collection, first, {
        session_id: victim.session,
        url: "https://evil.test",
        amount: 1,
      });
      const [session] = data.payment_collection.payment_sessions;
      expect(session.data.session_id).toBe(session.id);
      expect(session.data.url).toContain(service.url);
      const provider = (
        container().resolve("payment") as never as Record<
          string,
          { deleteSession: (id: string, input: object) => Promise<void> }
        >
      ).paymentProviderService_;
      await provider?.deleteSession(first, { data: { session_id: victim.session, url: "https://evil.test" } });
      expect(await bench.payment(victim)).toMatchObject({ abandoned: false });
    });
  });

  describe("several providers", () => {
    it("pay in spaces of their own", async () => {
      const checkout = await bench.checkout("chf", second);
      await bench.pay(checkout);
      await complete(checkout);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured" });
      expect(await bench.payment(checkout, second)).toMatchObject({
        environment: "test",
        governing: { space: "70002" },
      });
    });

    it("leave another's payments alone", async () => {
      const checkout = await bench.checkout("chf", "pp_system_default");
      await complete(checkout);
      const { payment } = await bench.order(checkout.cart);
      await bench.capture(payment);
      await later(60);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured", captures: [10.5] });
      expect(await service.writes()).toEqual([]);
    });
  });
}

/** Shows until nothing is left to write, and breaks after each single write. Answers how often it broke. */
async function showWithBreaks(container: MedusaContainer, payment: Payment): Promise<number> {
  const signal = AbortSignal.timeout(60_000);
  const shop = breakWrites(createMedusaShop(container));
  const adapter = createMedusaAdapter({ shop, showing: new Set(), now: Date.now });
  for (let broken = 0; ; broken += 1) {
    try {
      await adapter.showPayment(payment, null, signal);
      return broken;
    } catch (error) {
      if ((error as Error).message !== "broken") throw error;
    }
  }
}

/** Each write happens, and then breaks. */
function breakWrites(shop: MedusaShop): MedusaShop {
  const reads = /^(list|retrieve|read)/;
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name) as unknown;
        if (typeof value !== "function" || reads.test(String(name)))
          return typeof value === "function" ? value.bind(object) : value;
        return async (...given: unknown[]) => {
          await value.apply(object, given);
          throw new Error("broken");
        };
      },
    });
  return {
    ...wrap(shop),
    payments: wrap(shop.payments),
    orders: wrap(shop.orders),
    run: wrap(shop).run,
    emit: wrap(shop).emit,
  };
}
