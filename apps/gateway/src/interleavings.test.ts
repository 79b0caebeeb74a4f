import fc from "fast-check";
import { expect, it } from "vitest";
import { createBench, reference } from "./test/bench.ts";

/** LONG=1 is set by `npm run test:all`. */
const runs = process.env.LONG === "1" ? 300 : 15;

const kinds = ["drop", "duplicate", "reorder", "wrongSignature", "unsigned", "unknownKey", "delay"] as const;
const states = ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL"] as const;
const seconds = (most: number) => fc.integer({ min: 0, max: most });

const webhookFault = fc.record({
  on: fc.constant("webhook"),
  kind: fc.constantFrom(...kinds),
  state: fc.constantFrom(...states),
  times: fc.constantFrom(1, 2, "always"),
  duration: fc.constantFrom("PT1S", "PT10S"),
});
/** Of what the gateway reads. */
const readFault = fc.record({
  on: fc.constant("request"),
  kind: fc.constantFrom("status", "cutBefore", "cutAfter"),
  method: fc.constant("GET"),
  path: fc.constantFrom("/payment/transactions/*", "/webhooks/encryption-keys/*"),
  status: fc.constantFrom(429, 500, 503),
  times: fc.integer({ min: 1, max: 3 }),
});

/** What may go wrong with the webhooks, the service, the shop and the buyer of one payment. */
const world = fc.record({
  webhookFaults: fc.array(webhookFault, { maxLength: 6 }),
  readFaults: fc.array(readFault, { maxLength: 2 }),
  shopIsDownFor: fc.constantFrom(0, 1, 30),
  buyerComesBackAfter: fc.option(seconds(10)),
  comesBackTwice: fc.boolean(),
  authorizationDelay: fc.constantFrom("PT0S", "PT2S", "PT30S"),
});

it("whatever happens to webhooks, service, shop and buyer, a paid order is paid in the shop, once", async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      async ({ webhookFaults, readFaults, shopIsDownFor, buyerComesBackAfter, comesBackTwice, authorizationDelay }) => {
        const bench = await createBench({ switches: { authorizationDelay } });
        try {
          const { start, simulator, pay, advance, during, shop, comeBack } = bench;
          await start();
          await simulator.fault(...webhookFaults, ...readFaults);
          if (shopIsDownFor > 0) shop.answer = { kind: "notReady", retryAfter: shopIsDownFor };
          await pay();
          if (buyerComesBackAfter !== null) {
            await advance(buyerComesBackAfter);
            const back = comesBackTwice ? [comeBack(), comeBack()] : [comeBack()];
            await during(Promise.allSettled(back));
          }
          await advance(shopIsDownFor);
          shop.answer = null;
          await advance(300);
          expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid", mayShip: true } });
          expect(await simulator.transactions()).toHaveLength(1);
          expect(await bench.findings()).toEqual([]);
        } finally {
          await bench.close();
        }
      },
    ),
    { numRuns: runs },
  );
}, 600_000);
