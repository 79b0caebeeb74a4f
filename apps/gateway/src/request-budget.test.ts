import { toServiceId } from "@checkout-plugins/client";
import type { PaymentReference } from "@checkout-plugins/core";
import { expect, it } from "vitest";
import { type Bench, createBench, reference } from "./test/bench.ts";

/** How the service spaced a real sale: from the buyer's submit to the authorization, the completion, the end. */
const realSpacing = {
  authorizationDelay: "PT2S",
  completionDelay: "PT3S",
  deliveryDecided: "atCompletion",
  deliveryDelay: "PT0.3S",
} as const;

/** What our side asked the service, without the ids. */
async function requestsOf({ simulator }: Bench): Promise<readonly string[]> {
  const requests = await simulator.requests();
  return requests.map(({ method, path }) => `${method} ${path.replace(/\d{4,}/g, "{id}").replace(/\?.*/, "")}`);
}

/** Of the space, every fifteen minutes, however many sales there are. */
const sweeps = ["GET /payment/refunds", "GET /payment/delivery-indications"];

/** Of our own client elsewhere, not of the gateway. */
const confirmed = "POST /payment/transactions/{id}/confirm";

it("a whole sale takes 2 requests before the redirect, at most 8 in all, and none for a key that is known", async () => {
  const bench = await createBench({ switches: realSpacing });
  try {
    const { start, simulator, advance, shop, comeBack, elsewhere } = bench;
    await start({ reference: "order-1000" as PaymentReference });
    await simulator.buyer({ action: "pay" });
    await advance(10);
    expect(shop.order("order-1000")).toMatchObject({ payment: { standing: "paid" } });
    expect(await requestsOf(bench)).toContainEqual(expect.stringContaining("/webhooks/encryption-keys/"));
    await simulator.forgetRequests();

    await start();
    const beforeRedirect = ["POST /payment/transactions", "GET /payment/transactions/{id}/payment-page-url"];
    expect(await requestsOf(bench)).toEqual(beforeRedirect);

    await advance(5);
    const { id, version } = await simulator.transaction();
    await elsewhere.confirmTransaction(toServiceId(id), { version });
    await advance(10);
    await simulator.buyer({ action: "pay" });
    await advance(5.4);
    await comeBack();
    await advance(30);

    const states = (await simulator.webhooks()).filter(({ entityId }) => entityId === id).map((one) => one.entityState);
    expect(states).toEqual(["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL"]);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid", mayShip: true } });
    const ours = (await requestsOf(bench)).filter((one) => one !== confirmed && !sweeps.includes(one));
    expect(
      ours.filter((request) => !beforeRedirect.includes(request) && request !== "GET /payment/transactions/{id}"),
    ).toEqual([]);
    expect(ours.length).toBeLessThanOrEqual(8);
  } finally {
    await bench.close();
  }
});
