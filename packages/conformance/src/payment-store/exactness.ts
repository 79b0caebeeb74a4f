import type { Decimal, Json, PaymentReference, PaymentStore, ServiceId } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { aCommand, aFinding, aHint, anAttempt, anEntity, aPayment, at, chf, shop, space } from "./samples.ts";
import {
  createStoreBench,
  type OpenedStore,
  type StoreBench,
  type StoreCase,
  type StoreUnderTest,
} from "./store-bench.ts";

const largest = "18446744073709551615" as ServiceId;
const most = Number.MAX_SAFE_INTEGER;
/** What databases like to change: key order, empty strings, zeros, escapes, characters outside of the first plane. */
const odd: Json = {
  z: 1,
  a: [null, false, 0, -0.1, 1e21, most, "", " ", "'\"\\`$1?:x", "Zürich 🧾 é e\u0301", "\u0000\u2028\t"],
  "": {},
};

async function fill({ store, open, lease, hint }: StoreBench) {
  const row = await open(1);
  const held = await lease(row, "setup");
  const order = {
    ...anAttempt(1).order,
    total: chf(most),
    lines: [
      {
        id: "1",
        type: "product" as const,
        name: "Rucksack \u0000 🎒",
        sku: null,
        quantity: "0.1" as Decimal,
        total: chf(-most),
        taxes: [],
        shippingRequired: false,
      },
    ],
  };
  await store.saveAttempt(held, anAttempt(1, { transaction: largest, order }));
  await store.addCommand(row.id, aCommand(1, { amount: chf(most), body: odd }), "all", at(0));
  await store.recordTruth(held, {
    payment: aPayment(row, 1, { amount: chf(most), findings: [{ ...aFinding("wrongAmount"), amount: chf(-most) }] }),
    entities: [anEntity("refund", largest, odd), anEntity("refund", "18446744073709551614", odd)],
    owed: [],
    staleReads: 0,
    hintsSeen: true,
    lookAt: at(0.001),
    now: at(0),
  });
  await store.recordShown(held, { revision: 1, receipt: odd, next: null, showAt: null, findings: [], now: at(0) });
  await store.release(held);
  await hint(aHint(largest, { reading: { transaction: largest, row: anEntity("transaction", largest, odd) } }));
  return order;
}

async function everything({ store, lease, read }: StoreBench) {
  const row = await read(1);
  const held = await lease(row, "reader", 600);
  await store.release(held);
  return { row, held, findings: await store.findings(shop) };
}

export function testExactness(storeCase: StoreCase): void {
  describe("what is kept", () => {
    storeCase("comes back to the last digit and character", async (bench) => {
      const order = await fill(bench);
      const { row, held, findings } = await everything(bench);
      expect(row.payment?.amount.minor).toBe(most);
      expect(JSON.stringify(row.receipt)).toBe(JSON.stringify(odd));
      expect(held.attempts).toMatchObject([{ transaction: largest, order }]);
      expect(held.commands).toMatchObject([{ amount: chf(most), body: odd }]);
      expect(held.entities.map(({ id }) => id)).toEqual([largest, "18446744073709551614"]);
      expect(JSON.stringify(held.entities[0]?.snapshot)).toBe(JSON.stringify(odd));
      expect(held.hints).toMatchObject([{ id: largest, reading: { transaction: largest } }]);
      expect(findings).toMatchObject([{ amount: chf(-most) }]);
    });

    for (const receipt of [false, 0, "", [], {}, null] as const) {
      storeCase(`tells the receipt ${JSON.stringify(receipt)} from none`, async ({ store, open, lease, read }) => {
        const held = await lease(await open(1), "me");
        await store.recordShown(held, {
          revision: 0,
          receipt: "before",
          next: null,
          showAt: null,
          findings: [],
          now: at(0),
        });
        await store.recordShown(held, { revision: 0, receipt, next: null, showAt: null, findings: [], now: at(0) });
        expect((await read(1)).receipt).toEqual(receipt);
      });
    }

    storeCase("is found by keys as they are, not by similar ones", async ({ store, open }) => {
      const keys = ["Order", "order", "order ", "Ördér", "O\u0308rde\u0301r", "1", "01", "%", "' or 1=1 --", "🧾"];
      for (const key of keys) await store.open(`id ${key}` as never, shop, key as PaymentReference, null, at(0));
      for (const key of keys) expect((await store.read(shop, key as PaymentReference))?.id).toBe(`id ${key}`);
      expect(await open(1)).toMatchObject({ id: "payment-1" });
    });
  });
}

export function testReopening<Opened extends OpenedStore>(
  under: StoreUnderTest<Opened>,
  reopen: (opened: Opened) => Promise<PaymentStore>,
): void {
  it("everything is there when it is opened again", async () => {
    const opened = await under.open({});
    try {
      const bench = createStoreBench(opened.store);
      await fill(bench);
      await bench.store.claimSweep(space, "refund", "me", at(0), at(60));
      await bench.hint(aHint("5" as ServiceId, { entity: "void" }));
      const before = await everything(bench);
      const again = createStoreBench(await reopen(opened));
      expect(await everything(again)).toEqual(before);
      expect(await again.store.claimSweep(space, "refund", "you", at(1), at(61))).toBeNull();
      expect(await again.store.claimStrangers("me", at(1), at(61), 9)).toHaveLength(1);
    } finally {
      await opened.close();
    }
  });
}
