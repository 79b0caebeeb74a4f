import type { ServiceId } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orders } from "../test/arbitrary-orders.ts";
import type { Commands, MethodId } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";
import { aConfiguration } from "./testing/service-checkout.ts";

const first = "900001" as ServiceId;

function list(bench: Bench, changes: Partial<Commands["methods"]> = {}) {
  return bench.core.runCommand(shopId, {
    kind: "methods",
    reference,
    integration: "page",
    order: anOrder(),
    language: null,
    test: false,
    explain: false,
    ...changes,
  });
}

async function answerOf(listed: ReturnType<typeof list>) {
  const result = await listed;
  if (result.kind !== "successful") throw new Error(`methods was ${result.kind}`);
  return result.answer;
}

describe("the methods of a space", () => {
  it("are all 23, in the merchant's order, for one request", async () => {
    const bench = createBench();
    const all = Array.from({ length: 23 }, (_, index) => aConfiguration(index + 1, { sortOrder: 23 - index }));
    bench.service.checkout.configurations.splice(0, 3, ...all, aConfiguration(24, { sortOrder: null }));
    const { offered, hidden } = await answerOf(list(bench, { order: null, language: "fr-CH" }));
    expect(offered.map(({ id }) => id)).toEqual([...all.toReversed().map(({ id }) => id), "8024"]);
    expect(offered[0]?.name).toBe("Moyen 23");
    expect(hidden).toEqual([]);
    expect(bench.service.requests).toEqual(["configurations"]);
  });

  it("are those that are active; the others are told to a merchant", async () => {
    const bench = createBench();
    const { configurations } = bench.service.checkout;
    configurations.push(aConfiguration(4, { state: "INACTIVE" }), aConfiguration(5, { state: "DELETED" }));
    const { offered, hidden } = await answerOf(list(bench, { order: null, explain: true }));
    expect(offered.map(({ name }) => name)).toEqual(["Method 1", "Method 2", "Method 3"]);
    expect(hidden).toMatchObject([{ id: "8004", name: "Method 4", reason: "inactive" }]);
  });
});

describe("the methods of a cart", () => {
  it("cost two requests, and four with the way to the page", async () => {
    const bench = createBench();
    const { offered } = await answerOf(list(bench));
    expect(offered.map(({ name }) => name)).toEqual(["Zahlungsart 1", "Zahlungsart 2", "Zahlungsart 3"]);
    expect(bench.service.requests).toEqual(["create", "methods"]);
    const method = "8002" as MethodId;
    expect(await bench.start(anOrder(), { method })).toMatchObject({ answer: { kind: "redirect" } });
    expect(bench.service.requests).toEqual(["create", "methods", "update", "page"]);
    expect(bench.service.bodies.get(first)).toMatchObject({
      allowedPaymentMethodConfigurations: [method],
      completionBehavior: "COMPLETE_IMMEDIATELY",
      successUrl: "https://shop.example.ch/orders/1001?paid",
    });
  });

  it.each(["lightbox", "iframe"] as const)("cost four with the way to pay by %s", async (integration) => {
    const bench = createBench();
    await list(bench, { integration });
    const method = "8002" as MethodId;
    expect(await bench.start(anOrder(), { method, integration })).toMatchObject({
      answer: { kind: "script", methods: [{ id: method, name: "Zahlungsart 2" }] },
    });
    expect(bench.service.requests).toEqual(["create", "methods", `${integration}Script`, "update"]);
  });

  it.each(["lightbox", "iframe"] as const)("are not listed again when none was chosen: %s", async (integration) => {
    const bench = createBench();
    const { offered } = await answerOf(list(bench, { integration }));
    expect(await bench.start(anOrder(), { integration })).toMatchObject({ answer: { methods: offered } });
    expect(bench.service.requests).toEqual(["create", "methods", `${integration}Script`, "update"]);
  });

  it.each(["page", "lightbox"] as const)("cost two for each edit of it: %s", async (integration) => {
    const bench = createBench();
    await list(bench, { integration });
    for (const total of [chf(5000), chf(6000)]) {
      bench.service.requests.length = 0;
      await list(bench, { integration, order: anOrder(total) });
      expect(bench.service.requests).toEqual(["update", "methods"]);
    }
    expect(bench.service.transactions.size).toBe(1);
  });

  it("are all there again when the buyer comes back from one of them", async () => {
    const bench = createBench();
    await bench.start(anOrder(), { method: "8002" as MethodId });
    expect((await answerOf(list(bench))).offered).toHaveLength(3);
    expect(bench.service.transactions.size).toBe(1);
  });

  it("tell a merchant what is hidden, with the reason where facts prove it", async () => {
    const bench = createBench();
    bench.service.checkout.configurations.push(
      aConfiguration(4, { state: "INACTIVE" }),
      aConfiguration(5, { supportedCurrencies: ["EUR", "USD"] }),
    );
    const { listPaymentMethods } = bench.service.client;
    Object.assign(bench.service.client, {
      listPaymentMethods: async (...given: Parameters<typeof listPaymentMethods>) =>
        (await listPaymentMethods(...given)).filter(({ id }) => id !== "8003"),
    });
    const { offered, hidden } = await answerOf(list(bench, { explain: true }));
    expect(offered.map(({ id }) => id)).toEqual(["8001", "8002"]);
    expect(hidden.map(({ id, reason }) => [id, reason])).toEqual([
      ["8003", null],
      ["8004", "inactive"],
      ["8005", "currency"],
    ]);
    expect(bench.service.requests).toEqual(["create", "methods", "configurations"]);
  });

  it("begin another transaction after a failure, which the start then uses", async () => {
    const bench = createBench();
    await bench.start();
    bench.service.move(first, "FAILED");
    await list(bench);
    expect(await bench.start()).toMatchObject({ answer: { url: expect.stringContaining("/pay/900002") } });
    expect(bench.service.transactions.size).toBe(2);
  });

  it("cannot be listed while the buyer pays", async () => {
    const bench = createBench();
    await bench.start();
    bench.service.move(first, "PROCESSING");
    expect(await list(bench)).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
  });

  it("are none when nothing is to be paid", async () => {
    const bench = createBench();
    expect(await answerOf(list(bench, { order: anOrder(chf(0)) }))).toEqual({ offered: [], hidden: [] });
    expect(bench.service.requests).toEqual([]);
    await bench.start();
    bench.service.move(first, "FULFILL");
    expect(await list(bench)).toMatchObject({ answer: { offered: [] }, payment: { standing: "paid" } });
  });

  it("whose create was cut begin another one: nobody has the first one's address", async () => {
    const bench = createBench();
    bench.service.failNext("create", "cutAfter");
    expect((await answerOf(list(bench))).offered).toHaveLength(3);
    expect(bench.service.requests).toEqual(["create", "create", "methods"]);
  });
});

it("are asked for with the lines that are paid for, for any order, and after any change of it", async () => {
  const owing = orders().filter(({ total }) => total.minor > 0);
  await fc.assert(
    fc.asyncProperty(owing, owing, async (order, changed) => {
      const [listing, starting] = [createBench(), createBench()];
      await list(listing, { order });
      await starting.start(order);
      expect(linesOf(listing)).toEqual(linesOf(starting));
      await list(listing, { order: changed });
      await starting.start(changed);
      expect(linesOf(listing)).toEqual(linesOf(starting));
    }),
    { numRuns: 50 },
  );
});

/** As the service has them of the payment's newest transaction. */
function linesOf({ service }: Bench): unknown {
  const newest = [...service.bodies.keys()].at(-1) ?? expect.fail("nothing was created");
  return (service.bodies.get(newest) as { readonly lineItems: unknown }).lineItems;
}
