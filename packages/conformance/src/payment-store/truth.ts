import type { Finding, KeptFinding } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aCommand, aFinding, aHint, anAttempt, anEntity, aPayment, at, shop, toTransaction } from "./samples.ts";
import type { StoreBench, StoreCase } from "./store-bench.ts";

export function testTruth(storeCase: StoreCase): void {
  describe("recordTruth", () => {
    storeCase("keeps the payment, and when to look and show again", async ({ open, lease, record, read, store }) => {
      const held = await lease(await open(1), "me");
      await store.recordFault(held, { step: "look", at: at(5), findings: [], now: at(4) });
      expect(await record(held, { staleReads: 2, lookAt: at(90), now: at(9) })).toBe(true);
      expect(await read(1)).toMatchObject({
        payment: aPayment(held.row, 1),
        revision: 1,
        shownRevision: 0,
        recordedAt: at(9),
        unshownSince: at(9),
        showAt: at(9),
        lookAt: at(90),
        timerAt: at(90),
        staleReads: 2,
        faults: 0,
      });
    });

    storeCase("leaves the showing alone when nothing changed", async ({ open, lease, record, read, store }) => {
      const held = await lease(await open(1), "me");
      await record(held, { now: at(1) });
      await store.recordShown(held, {
        revision: 0,
        receipt: null,
        next: null,
        showAt: at(30),
        findings: [],
        now: at(2),
      });
      await record(held, { payment: aPayment(held.row, 1), now: at(3) });
      expect(await read(1)).toMatchObject({ showAt: at(30), unshownSince: at(1), recordedAt: at(3) });
      await record(held, { payment: aPayment(held.row, 2), now: at(4) });
      expect(await read(1)).toMatchObject({ showAt: at(4), unshownSince: at(1), revision: 2 });
    });

    storeCase("forgets the hints it has seen, and looks again for those that came since", async (bench) => {
      const { open, lease, record, read, hint, store } = bench;
      const row = await open(1);
      await store.saveAttempt(await lease(row, "setup", -60), anAttempt(1));
      await hint(aHint(toTransaction(1), { state: "CONFIRMED" }), 1);
      const held = await lease(row, "me", 2);
      await hint(aHint(toTransaction(1), { state: "FULFILL" }), 3);
      await record(held, { lookAt: at(3600), now: at(5) });
      expect(await read(1)).toMatchObject({ hintCount: 2, seenHints: 1, lookAt: at(6), timerAt: at(3600) });
      await store.release(held);
      const again = await lease(row, "me", 6);
      expect(again.hints).toEqual([aHint(toTransaction(1), { state: "FULFILL" })]);
      await record(again, { lookAt: at(3600), now: at(7) });
      expect(await read(1)).toMatchObject({ hintCount: 2, seenHints: 2, lookAt: at(3600) });
    });

    storeCase("looks sooner where the truth says so", async ({ open, lease, record, read, store }) => {
      const row = await open(1);
      const held = await lease(row, "me");
      await store.abandon(row.id, at(1));
      await record(held, { lookAt: at(5.5), now: at(5) });
      expect(await read(1)).toMatchObject({ lookAt: at(5.5), timerAt: at(5.5) });
    });

    storeCase(
      "keeps the hints that the service does not answer yet",
      async ({ open, lease, record, read, hint, store }) => {
        const row = await open(1);
        const held = await lease(row, "me");
        await store.saveAttempt(held, anAttempt(1));
        await hint(aHint(toTransaction(1)), 1);
        const second = await lease(row, "you", 60);
        await record(second, { hintsSeen: false, staleReads: 1, lookAt: at(62), now: at(61) });
        expect(await read(1)).toMatchObject({ seenHints: 1, staleReads: 1, lookAt: at(62) });
        expect((await lease(row, "third", 120)).hints).toHaveLength(1);
      },
    );

    storeCase("keeps the entities as they are now", async ({ open, lease, record, store }) => {
      const row = await open(1);
      const held = await lease(row, "me");
      const [refund, other] = [anEntity("refund", "930001", { state: "PENDING" }), anEntity("completion", "930001")];
      await record(held, { entities: [refund, other] });
      const changed = { ...refund, snapshot: { state: "SUCCESSFUL" }, final: false };
      await record(held, { entities: [anEntity("void", "1"), changed] });
      await store.release(held);
      expect((await lease(row, "me")).entities).toEqual([anEntity("void", "1"), changed]);
    });

    storeCase("writes what core owes once, and looks at it soon", async ({ open, lease, record, read, store }) => {
      const row = await open(1);
      const held = await lease(row, "me");
      const owed = aCommand(1, { origin: "core", shopKeys: [] });
      await record(held, { owed: [owed], lookAt: null, now: at(5) });
      expect(await read(1)).toMatchObject({ lookAt: at(6), timerAt: null, hintCount: 0 });
      await store.saveCommand(held, { ...owed, state: "known", serviceId: null, failure: null, sends: 1 });
      await record(held, { owed: [owed], now: at(7) });
      expect((await lease(row, "you", 60)).commands).toMatchObject([{ id: owed.id, state: "known", sends: 1 }]);
    });
  });

  describe("findings", () => {
    storeCase("of the truth are kept since they came, and resolved when they are gone", async (bench) => {
      const look = await looker(bench);
      await look(1, [aFinding("chargeback"), aFinding("doublePayment", "double:1")]);
      await look(2, [{ ...aFinding("chargeback"), detail: "It was decided against you" }]);
      expect(await look(3, [aFinding("doublePayment", "double:1")])).toEqual([
        kept({ ...aFinding("chargeback"), detail: "It was decided against you" }, 1, 3),
        kept(aFinding("doublePayment", "double:1"), 1, 2),
        kept(aFinding("doublePayment", "double:1"), 3, null),
      ]);
    });

    storeCase("of the showing are resolved by showing, not by looking", async (bench) => {
      const look = await looker(bench);
      const held = await bench.lease(await bench.read(1), "shower", 100);
      const shown = { revision: 1, receipt: null, next: null, showAt: null, now: at(101) };
      await bench.store.recordShown(held, {
        ...shown,
        findings: [aFinding("orderGone"), aFinding("orphan", "orphan:1")],
      });
      await bench.store.release(held);
      await look(200, [aFinding("testMoney")]);
      const again = await bench.lease(await bench.read(1), "shower", 300);
      await bench.store.recordShown(again, { ...shown, findings: [aFinding("orphan", "orphan:1")], now: at(301) });
      expect(await findingsOf(bench)).toEqual([
        kept(aFinding("orderGone"), 101, 301),
        kept(aFinding("orphan", "orphan:1"), 101, null),
        kept(aFinding("testMoney"), 200, null),
      ]);
    });

    storeCase("of a fault are added once, and resolved by the look that works", async (bench) => {
      const look = await looker(bench);
      const held = await bench.lease(await bench.read(1), "me", 100);
      const fault = { step: "look", at: at(200), findings: [aFinding("repeatedFault")] } as const;
      await bench.store.recordFault(held, { ...fault, now: at(101) });
      await bench.store.recordFault(held, { ...fault, now: at(102) });
      await bench.store.release(held);
      expect(await findingsOf(bench)).toEqual([kept(aFinding("repeatedFault"), 101, null)]);
      expect(await look(200, [])).toEqual([kept(aFinding("repeatedFault"), 101, 200)]);
    });

    storeCase("belong to their shop", async (bench) => {
      const look = await looker(bench);
      await look(1, [aFinding("chargeback")]);
      expect(await bench.store.findings("shop-2" as typeof shop)).toEqual([]);
    });
  });
}

function kept(finding: Finding, since: number, resolved: number | null): KeptFinding {
  const resolvedOn = resolved === null ? null : at(resolved);
  return {
    ...finding,
    shop,
    payment: "payment-1" as KeptFinding["payment"],
    since: at(since),
    resolvedOn,
    toldOn: null,
  };
}

async function findingsOf({ store }: StoreBench): Promise<readonly KeptFinding[]> {
  const findings = [...(await store.findings(shop))];
  return findings.sort((one, other) => (`${one.key} ${one.since}` < `${other.key} ${other.since}` ? -1 : 1));
}

/** Looks at payment 1 at some second with these findings, and answers all that are kept. */
async function looker(bench: StoreBench) {
  const row = await bench.open(1);
  return async (seconds: number, findings: readonly Finding[]): Promise<readonly KeptFinding[]> => {
    const held = await bench.lease(row, "looker", seconds);
    const payment = aPayment(row, held.row.revision + 1, { findings });
    expect(await bench.record(held, { payment, now: at(seconds) })).toBe(true);
    await bench.store.release(held);
    return findingsOf(bench);
  };
}
