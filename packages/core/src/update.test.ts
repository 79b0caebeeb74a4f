import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Instant, ShopOrder } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;
const dearer = anOrder(chf(5000));

async function started(): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  bench.service.requests.length = 0;
  return bench;
}

const update = (bench: Bench, order: ShopOrder) => bench.core.runCommand(shopId, { kind: "update", reference, order });

const amountOf = ({ service }: Bench) => service.transactions.get(first)?.authorizationAmount;

describe("update", () => {
  it("asks nothing when the cart is the same", async () => {
    const bench = await started();
    expect(await update(bench, anOrder())).toMatchObject({ kind: "successful", answer: null });
    expect(bench.service.requests).toEqual([]);
  });

  it("costs one request", async () => {
    const bench = await started();
    const result = await update(bench, dearer);
    expect(result).toMatchObject({ kind: "successful", answer: null, payment: { amount: chf(5000) } });
    expect(bench.service.requests).toEqual(["update"]);
    await update(bench, dearer);
    await update(bench, anOrder(chf(4000)));
    expect(bench.service.requests).toEqual(["update", "update"]);
    expect(amountOf(bench)).toBe("40.00");
  });

  it("leaves address and terms, so that the start after it asks nothing but the state", async () => {
    const bench = await started();
    await update(bench, dearer);
    bench.service.requests.length = 0;
    expect(await bench.start(dearer)).toMatchObject({ answer: { url: expect.stringContaining("/pay/900001") } });
    expect(bench.service.requests).toEqual(["read"]);
  });

  it("reads and decides again when somebody else changed it: still pending, so it is changed", async () => {
    const bench = await started();
    const known = bench.service.transactions.get(first);
    if (known !== undefined) bench.service.transactions.set(first, { ...known, version: 7 });
    await update(bench, dearer);
    expect(bench.service.requests).toEqual(["update", "read", "update"]);
    expect(amountOf(bench)).toBe("50.00");
  });

  it.each(["CONFIRMED", "PROCESSING", "AUTHORIZED", "FAILED"] as const)(
    "leaves what is %s, and what is then paid is compared with what was agreed",
    async (state) => {
      const bench = await started();
      bench.service.move(first, state);
      expect(await update(bench, dearer)).toMatchObject({
        kind: "successful",
        answer: null,
        payment: { state: state.toLowerCase(), amount: chf(2995), findings: [] },
      });
      expect(amountOf(bench)).toBe("29.95");
      bench.service.requests.length = 0;
      await update(bench, dearer);
      expect(bench.service.requests).toEqual([]);
    },
  );

  it("does not take another cart of the same amount for agreed", async () => {
    const bench = await started();
    bench.service.move(first, "PROCESSING");
    const [line] = anOrder().lines;
    const other = { ...anOrder(), lines: line === undefined ? [] : [{ ...line, name: "Zelt" }] };
    await update(bench, other);
    const row = await bench.store.read(shopId, reference);
    const until = "2027-01-01T00:00:00.000Z" as Instant;
    const lease = row && (await bench.store.lease(row.id, "test", bench.clock.now(), until));
    expect(lease?.attempts).toMatchObject([{ order: anOrder() }]);
  });

  it.each(["cutBefore", "cutAfter", "unreachable"] as const)(
    "that is %s ends with what the shop wants",
    async (fault) => {
      const bench = await started();
      bench.service.failNext("update", fault);
      await update(bench, dearer).catch(() => undefined);
      await update(bench, dearer);
      expect(amountOf(bench)).toBe("50.00");
      bench.service.move(first, "FULFILL");
      await bench.hint(first, "FULFILL");
      bench.clock.advance(2);
      await bench.settleAll();
      expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", amount: chf(5000) });
    },
  );

  it.each([
    ["cutBefore", 2995],
    ["cutAfter", 5000],
  ] as const)("that is %s while the buyer confirms agrees to what the service has", async (fault, agreed) => {
    const bench = await started();
    bench.service.failNext("update", fault);
    bench.service.before = async (method) => {
      if (method === "read") bench.service.move(first, "PROCESSING");
    };
    expect(await update(bench, dearer)).toMatchObject({ payment: { state: "processing", amount: chf(agreed) } });
    bench.service.before = async () => undefined;
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    bench.clock.advance(2);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "paid", amount: chf(agreed) });
  });

  it("never leads to a transaction that kept what is gone: the start begins another one", async () => {
    const bench = await started();
    const { updateTransaction } = bench.service.client;
    Object.assign(bench.service.client, {
      updateTransaction: async (...given: Parameters<typeof updateTransaction>) => {
        const [id, body] = given;
        const lines = [...(body.lineItems ?? []), ...(bench.service.bodies.get(id)?.lineItems ?? [])];
        return updateTransaction(id, { ...body, lineItems: lines });
      },
    });
    await update(bench, dearer);
    expect(amountOf(bench)).toBe("79.95");
    expect(await bench.start(dearer)).toMatchObject({ answer: { url: expect.stringContaining("/pay/900002") } });
    expect(bench.service.transactions.get("900002" as ServiceId)?.authorizationAmount).toBe("50.00");
  });

  it("says what it does not know", async () => {
    const bench = createBench();
    expect(await update(bench, dearer)).toMatchObject({ kind: "failed", failure: { code: "unknownPayment" } });
    expect(bench.service.requests).toEqual([]);
  });

  it("tells a refusal of the service", async () => {
    const bench = await started();
    bench.service.before = async (method) => {
      if (method !== "update") return;
      const { ServiceError } = await import("@checkout-plugins/client");
      throw new ServiceError("line 1: no tax of this name", { code: "invalid", status: 422, request: "PATCH" });
    };
    await expect(update(bench, dearer)).rejects.toMatchObject({ code: "serviceRefused" });
  });
});
