import { type Deviation, testShopAdapter, anOrder as wantedOrder } from "@checkout-plugins/conformance";
import { parseCommand } from "@checkout-plugins/shop-protocol";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { createWoocommerceHarness } from "./conformance-harness.ts";
import { createTestGateway } from "./gateway.ts";
import { until, whyNoShop } from "./programs.ts";
import { createShop, type Shop } from "./shop.ts";
import { anOrder, type OrderView } from "./views.ts";

const why = whyNoShop();
let shop: Shop;
beforeAll(async () => {
  if (why === null) shop = await createShop();
});
afterAll(async () => shop?.close());
beforeEach(({ skip }) => {
  if (why !== null) skip(why);
});

async function linesOf(id: number) {
  const command = parseCommand(await shop.control("lines", { id }));
  if (command.kind !== "start") throw new Error(command.kind);
  return command.order.lines;
}

/** Told as done while it is pending, with a note; taken back when it fails. */
async function pendingIsCounted(): Promise<void> {
  const gateway = await createTestGateway(() => shop.url, { hears: true });
  try {
    await shop.control("settings", { enabled: "1", completion: "immediate", pairing_code: gateway.pairingCode });
    await gateway.simulator.changeSpace("70001", { switches: { refundDelay: "PT1H", refundOutcome: "failed" } });
    const { id } = await shop.control<{ id: number }>("create", anOrder);
    const read = () => shop.control<OrderView>("order", { id });
    await shop.control("pay", { id });
    await gateway.buyer({ action: "pay" });
    await until("paid", async () => (await read()).isPaid);
    await shop.control("refund", { id, amount: "10.00" });
    const pending = await read();
    expect(pending.refunds).toMatchObject([{ amount: "10.00" }]);
    expect(pending.notes.some((note) => note.includes("not confirmed yet"))).toBe(true);
    await gateway.simulator.advance("PT1H");
    await until("undone", async () => (await read()).refunds.length === 0);
    expect((await read()).notes.some((note) => note.includes("were not paid back"))).toBe(true);
  } finally {
    await gateway.close();
  }
}

const deviations: Readonly<Record<string, Deviation>> = {
  "order: reaches the service line by line, with its quantities, taxes and kinds": {
    reason: "WooCommerce numbers its lines itself",
    async test() {
      const { id } = await shop.control<{ id: number }>("create", anOrder);
      const lines = await linesOf(id);
      expect(lines).toMatchObject([
        { type: "product", quantity: "2", total: { minor: 20000 }, taxes: [{ rate: "8.1" }] },
        { type: "shipping", quantity: "1", total: { minor: 900 }, taxes: [{ rate: "8.1" }] },
      ]);
      expect(new Set(lines.map((line) => line.id)).size).toBe(2);
      expect(await linesOf(id)).toEqual(lines);
    },
  },
  "commands: what was told as pending and then fails is undone": {
    reason: "WooCommerce has no pending refund: its row counts from the start, with a note that it is not confirmed",
    test: pendingIsCounted,
  },
  "findings: a second payment of one order under a reference of its own is given back, and never shown as paid": {
    reason: "an order is one payment, whose reference stays; another order is another purchase",
    async test(bench) {
      for (const begun of [await bench.paid(wantedOrder), await bench.paid(wantedOrder)]) {
        const { means, paid, refunded } = await bench.view(begun);
        expect([means, paid, refunded.minor]).toEqual([["paid"], wantedOrder.total, 0]);
      }
    },
  },
};

testShopAdapter("WooCommerce", { createHarness: (parts) => createWoocommerceHarness(shop, parts), deviations });
