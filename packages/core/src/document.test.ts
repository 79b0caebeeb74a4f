import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { Commands, OperationKey, ShopKey } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;

async function inState(state: "PENDING" | "AUTHORIZED" | "COMPLETED" | "FULFILL" | "DECLINE"): Promise<Bench> {
  const bench = createBench();
  await bench.start();
  if (state !== "PENDING") bench.service.move(first, state);
  bench.clock.advance(5);
  await bench.core.look(shopId, reference);
  bench.service.requests.length = 0;
  return bench;
}

const read = (bench: Bench, document: Commands["document"]["document"]) =>
  bench.core.runCommand(shopId, { kind: "document", reference, document });

async function refunded(bench: Bench): Promise<OperationKey> {
  const shopKey = "refund-1" as ShopKey;
  const refund = { kind: "refund", reference, shopKey, heldKeys: [shopKey], amount: chf(1000) } as const;
  await bench.core.runCommand(shopId, { ...refund, lines: null, reason: null, offline: false });
  const payment = await bench.core.recall(shopId, reference);
  return payment?.operations[0]?.key ?? ("" as OperationKey);
}

describe("an invoice", () => {
  it.each(["COMPLETED", "FULFILL", "DECLINE"] as const)("of a payment that is %s costs one request", async (state) => {
    const bench = await inState(state);
    expect(await read(bench, "invoice")).toMatchObject({
      kind: "successful",
      answer: { mimeType: "application/pdf", title: "Invoice 900001", base64: btoa("%PDF-1.7") },
    });
    expect(bench.service.requests).toEqual(["invoice"]);
  });

  it.each(["PENDING", "AUTHORIZED"] as const)("of a payment that is %s is refused, and says when", async (state) => {
    const bench = await inState(state);
    expect(await read(bench, "invoice")).toMatchObject({
      kind: "failed",
      failure: { code: "notPossibleNow", merchantMessage: expect.stringContaining("once the payment is completed") },
    });
    expect(bench.service.requests).toEqual(["read"]);
  });

  it("is there when only the record lags behind", async () => {
    const bench = await inState("AUTHORIZED");
    bench.service.move(first, "FULFILL");
    expect(await read(bench, "invoice")).toMatchObject({ kind: "successful" });
    expect(bench.service.requests).toEqual(["read", "invoice"]);
  });

  it("that the service has not made yet is refused as not ready", async () => {
    const bench = await inState("FULFILL");
    bench.service.move(first, "AUTHORIZED");
    expect(await read(bench, "invoice")).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
  });
});

describe("a packing slip", () => {
  it("is there when it may be shipped", async () => {
    expect(await read(await inState("FULFILL"), "packingSlip")).toMatchObject({ kind: "successful" });
    expect(await read(await inState("COMPLETED"), "packingSlip")).toMatchObject({
      kind: "failed",
      failure: { merchantMessage: expect.stringContaining("once the payment is fulfilled") },
    });
  });
});

describe("the document of a refund", () => {
  it("is found by the key of its operation", async () => {
    const bench = await inState("FULFILL");
    const refund = await refunded(bench);
    expect(await read(bench, { refund })).toMatchObject({ answer: { title: "Refund", base64: btoa("refund 920001") } });
  });

  it("is refused while it is pending, when it failed, and where there is none", async () => {
    const bench = await inState("FULFILL");
    bench.service.operations.nextState = "PENDING";
    const refund = await refunded(bench);
    const why = async () => {
      const result = await read(bench, { refund });
      return result.kind === "failed" ? result.failure.merchantMessage : result.kind;
    };
    expect(await why()).toContain("once the refund is successful");
    bench.service.operations.finishRefund("920001" as ServiceId, "FAILED");
    expect(await why()).toContain("failed");
    expect(await read(bench, { refund: "refund:1" as OperationKey })).toMatchObject({ kind: "failed" });
  });
});

it("a document of an unknown payment is refused", async () => {
  expect(await read(createBench(), "invoice")).toMatchObject({ kind: "failed", failure: { code: "unknownPayment" } });
});
