import { describe, expect, it } from "vitest";
import { openShop } from "../testing/shop.ts";
import { createSimulatorControl } from "./control-client.ts";

describe("the typed control door", () => {
  it("lives a payment, with ids that no JavaScript number holds", async () => {
    const shop = await openShop({ firstId: "9007199254740993" });
    const control = createSimulatorControl({ url: shop.url });
    await shop.create();
    const [transaction] = await control.transactions();
    expect(transaction).toMatchObject({ space: "70001", version: 1, state: "PENDING", authorizationAmount: "36.95" });
    const id = transaction?.id ?? "";
    expect(BigInt(id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    await control.changeTransaction(id, { amount: "12.30", environment: "TEST" });
    expect((await control.transaction(id)).authorizationAmount).toBe("12.3");
    const result = await control.buyer(id, { action: "pay", card: "success" });
    expect(result).toMatchObject({ step: "paid", transaction: { id, state: "FULFILL" } });
    expect(await control.advance("PT1M")).toBe("2026-02-03T09:01:00.000Z");
    expect(await control.now()).toBe("2026-02-03T09:01:00.000Z");
  });

  it("works in process, and throws in the door's own words", async () => {
    const { simulator, url, call } = await openShop();
    const control = createSimulatorControl({ url, fetch: simulator.fetch });
    await control.changeSpace("70001", { switches: { requestLimit: 1 } });
    await control.addFaults(
      { on: "request", kind: "status", status: 503, times: 1 },
      { on: "webhook", kind: "drop", times: "always" },
    );
    expect((await call("GET", "/spaces", { space: null })).status).toBe(503);
    expect(await control.requests()).toMatchObject([{ method: "GET", path: "/spaces", status: 503 }]);
    await control.forgetRequests();
    await control.clearFaults();
    await control.reset();
    expect(await control.requests()).toEqual([]);
    expect(await control.webhooks()).toEqual([]);
    expect(await control.deliverWebhooks()).toBe(0);
    await expect(control.buyer("1", { action: "pay" })).rejects.toThrow("transaction 1 does not exist");
  });
});
