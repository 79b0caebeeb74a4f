import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { BuyerStep, Integration, MethodId } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;
const second = "900002" as ServiceId;
const twint = "8002" as MethodId;
const scripts = ["lightbox", "iframe"] as const;

async function step(bench: Bench, integration: Integration, order = anOrder(), method: MethodId | null = null) {
  const result = await bench.start(order, { integration, method });
  if (result.kind !== "successful") throw new Error(`start was ${result.kind}`);
  return result.answer;
}

/** The requests since it was asked last. */
function counter({ service }: Bench): () => readonly string[] {
  return () => service.requests.splice(0);
}

const addressOf = (answer: BuyerStep) => (answer.kind === "nothingToDo" ? null : answer.url);

describe.each(scripts)("start with %s", (integration) => {
  it("costs three requests and gives the script of this transaction and its methods", async () => {
    const bench = createBench();
    expect(await step(bench, integration)).toEqual({
      kind: "script",
      integration,
      url: `https://pay.example.ch/assets/payment/${integration}-checkout-handler.js?spaceId=70001&transactionId=900001`,
      methods: [1, 2, 3].map((number) => ({
        id: `800${number}`,
        name: `Zahlungsart ${number}`,
        description: null,
        image: `https://pay.example.ch/image/${number}.svg`,
        currencies: [],
      })),
    });
    expect(bench.service.requests).toEqual(["create", "methods", `${integration}Script`]);
    expect(bench.service.bodies.get(first)).toMatchObject({ autoConfirmationEnabled: true });
  });

  it("gives the same again after one reading", async () => {
    const bench = createBench();
    const before = await step(bench, integration);
    const requests = counter(bench);
    requests();
    expect(await step(bench, integration)).toEqual(before);
    expect(requests()).toEqual(["read"]);
  });

  it("lists the methods again when the cart changed, and keeps the script", async () => {
    const bench = createBench();
    const before = await step(bench, integration);
    const requests = counter(bench);
    requests();
    bench.service.checkout.configurations.pop();
    const after = await step(bench, integration, anOrder(chf(5000)));
    expect(requests()).toEqual(["update", "methods"]);
    expect(addressOf(after)).toBe(addressOf(before));
    expect(after).toMatchObject({ methods: [{ id: "8001" }, { id: "8002" }] });
  });

  it("offers the chosen method only", async () => {
    const bench = createBench();
    expect(await step(bench, integration, anOrder(), twint)).toMatchObject({ methods: [{ id: twint }] });
    expect(bench.service.bodies.get(first)).toMatchObject({ allowedPaymentMethodConfigurations: [twint] });
    const requests = counter(bench);
    requests();
    const all = await step(bench, integration);
    expect(all).toMatchObject({ methods: [{ id: "8001" }, { id: "8002" }, { id: "8003" }] });
    expect(requests()).toEqual(["update", "methods"]);
    expect(await step(bench, integration, anOrder(), twint)).toMatchObject({ methods: [{ id: twint }] });
    expect(requests()).toEqual(["update"]);
  });

  it.each(["CONFIRMED", "PROCESSING"] as const)(
    "leads to the page of the same transaction when it is %s",
    async (state) => {
      const bench = createBench();
      await step(bench, integration);
      bench.service.move(first, state);
      const requests = counter(bench);
      requests();
      expect(await step(bench, integration)).toMatchObject({
        kind: "redirect",
        url: expect.stringContaining("/pay/900001"),
      });
      expect(requests()).toEqual(["read", "page"]);
    },
  );

  it("gives another script for another attempt, and nothing of the old one", async () => {
    const bench = createBench();
    await step(bench, integration);
    bench.service.move(first, "FAILED");
    const again = await step(bench, integration);
    expect(addressOf(again)).toContain(second);
    expect(JSON.stringify(again)).not.toContain(first);
  });
});

describe("another integration of the same payment", () => {
  it("reads another address of the same transaction", async () => {
    const bench = createBench();
    for (const integration of ["page", "lightbox", "iframe", "page"] as const) {
      const answer = await step(bench, integration);
      expect(answer.kind).toBe(integration === "page" ? "redirect" : "script");
      expect(addressOf(answer)).toContain(first);
    }
    expect(bench.service.transactions.size).toBe(1);
  });
});

describe("what a start says beside its order", () => {
  it("is sent when it changed: the method that was chosen before no longer binds", async () => {
    const bench = createBench();
    const page = await step(bench, "page", anOrder(), twint);
    expect(addressOf(page)).toContain("paymentMethodConfigurationId=8002");
    const requests = counter(bench);
    requests();
    expect(addressOf(await step(bench, "page"))).not.toContain("paymentMethodConfigurationId");
    expect(requests()).toEqual(["update"]);
    expect(bench.service.bodies.get(first)?.allowedPaymentMethodConfigurations).toEqual([]);
  });

  it.each([
    [true, "ALLOW_ONE_CLICK_PAYMENT"],
    ["always", "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT"],
    [false, undefined],
  ] as const)("store %j of a customer is %s at the service", async (store, mode) => {
    const bench = createBench();
    const order = anOrder();
    await bench.start({ ...order, customer: { ...order.customer, id: "cust-88" } }, { store });
    expect(bench.service.bodies.get(first)?.tokenizationMode).toBe(mode);
  });

  it("is sent again when nobody knows whether the change arrived", async () => {
    const bench = createBench();
    await step(bench, "page");
    bench.service.failNext("update", "cutBefore");
    bench.service.before = async (method) => {
      if (method === "read") bench.service.failNext("read", "unreachable");
    };
    await expect(bench.start(anOrder(chf(5000)))).rejects.toMatchObject({ retryable: true });
    bench.service.before = async () => undefined;
    expect(bench.service.transactions.get(first)?.authorizationAmount).toBe("29.95");
    await step(bench, "page", anOrder(chf(5000)));
    expect(bench.service.transactions.get(first)?.authorizationAmount).toBe("50.00");
    expect(bench.service.transactions.size).toBe(1);
  });

  it("never leads a live payment to a transaction of test money", async () => {
    const bench = createBench();
    await step(bench, "page");
    const row = await bench.store.read(shopId, reference);
    const lease =
      row && (await bench.store.lease(row.id, "test", bench.clock.now(), "2027-01-01T00:00:00.000Z" as never));
    const attempt = lease?.attempts[0];
    if (lease == null || attempt === undefined) throw new Error("no attempt");
    await bench.store.saveAttempt(lease, { ...attempt, environment: "test" });
    await bench.store.release(lease);
    expect(addressOf(await step(bench, "page"))).toContain(second);
  });
});
