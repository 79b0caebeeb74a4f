import type { Hint, PaymentRow, ServiceId, ShopKey } from "@checkout-plugins/core";
import { describe, expect } from "vitest";
import { aCommand, aHint, anAttempt, at, shop, toReference, toTransaction } from "./samples.ts";
import { idsOf, type PairCase, type StoreBench, type StoreCase } from "./store-bench.ts";

function times<Result>(count: number, make: (index: number) => Result): Result[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

async function withAttempt({ store, open, lease }: StoreBench, number: number): Promise<PaymentRow> {
  const row = await open(number);
  const held = await lease(row, "setup");
  await store.saveAttempt(held, anAttempt(number));
  await store.release(held);
  return row;
}

function numbered(count: number): readonly Hint[] {
  return times(count, (index) => aHint(toTransaction(1), { state: `S${index}` }));
}

/** Looks again and again until `isDone`, and answers every hint that a look has seen. */
async function lookUntil(bench: StoreBench, row: PaymentRow, isDone: () => boolean): Promise<readonly Hint[]> {
  const seen: Hint[] = [];
  for (let look = 1; ; look += 1) {
    const last = isDone();
    const held = await bench.lease(row, `looker-${look}`, look);
    seen.push(...held.hints);
    expect(await bench.record(held, { now: at(look), lookAt: null })).toBe(true);
    const after = await bench.read(1);
    if (after.hintCount > held.row.hintCount) expect(after.lookAt, "an unseen hint is looked at").not.toBeNull();
    await bench.store.release(held);
    if (last) return seen;
    await new Promise((resolve) => setImmediate(resolve)); // a store in this process takes its turn
  }
}

async function neverLost(bench: StoreBench, sender: StoreBench, count: number): Promise<void> {
  const row = await withAttempt(bench, 1);
  const hints = numbered(count);
  let open = count;
  const sending = times(10, async (chain) => {
    for (const hint of hints.filter((_, index) => index % 10 === chain)) {
      expect(await sender.hint(hint)).toBe("stored");
      open -= 1;
    }
  });
  const [seen] = await Promise.all([lookUntil(bench, row, () => open === 0), ...sending]);
  expect(seen.map(({ state }) => state).sort()).toEqual(hints.map(({ state }) => state).sort());
  expect((await bench.read(1)).hintCount).toBe(count);
}

async function oneOfFifty(stores: readonly StoreBench[]): Promise<void> {
  const [first] = stores;
  const row = await first?.open(1);
  if (row === undefined) return;
  for (let round = 0; round < 3; round += 1) {
    const tries = times(50, (index) =>
      (stores[index % stores.length] as StoreBench).store.lease(
        row.id,
        `owner-${index}`,
        at(round * 60),
        at(round * 60 + 60),
      ),
    );
    const leases = (await Promise.all(tries)).filter((lease) => lease !== null);
    expect(leases).toHaveLength(1);
  }
}

async function claimsNeverOverlap(bench: StoreBench, stores: readonly StoreBench[]): Promise<void> {
  const rows = await Promise.all(times(60, (index) => bench.open(index)));
  await Promise.all(rows.map(({ id }) => bench.store.abandon(id, at(0))));
  const claimed: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    const claims = times(10, (index) =>
      (stores[index % stores.length] as StoreBench).claim(`${round}-${index}`, 1, { total: 3 }),
    );
    const ids = (await Promise.all(claims)).flatMap(idsOf);
    claimed.push(...ids);
    if (ids.length === 0) break;
  }
  expect(claimed).toHaveLength(60);
  expect(new Set(claimed).size).toBe(60);
}

export function testConcurrency(storeCase: StoreCase): void {
  describe("at the same time", () => {
    storeCase("50 leases of one payment: one holds it", (bench) => oneOfFifty([bench]));

    storeCase("10 claims: none takes what another one has, none is left", (bench) =>
      claimsNeverOverlap(bench, [bench]),
    );

    storeCase("200 hints while looks record: none is lost, none is seen twice", (bench) =>
      neverLost(bench, bench, 200),
    );

    storeCase("20 opens of one reference: one payment", async ({ store }) => {
      const rows = await Promise.all(
        times(20, (index) => store.open(`id-${index}` as never, shop, toReference(1), null, at(0))),
      );
      expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    });

    storeCase("20 times the same command: one row", async ({ store, open, lease }) => {
      const row = await open(1);
      const added = await Promise.all(
        times(20, (index) => {
          const command = aCommand(index, { shopKeys: ["key" as ShopKey] });
          return store.addCommand(row.id, command, "all", at(0));
        }),
      );
      expect(added.filter(({ kind }) => kind === "added")).toHaveLength(1);
      expect(added.filter(({ kind }) => kind === "sameKey")).toHaveLength(19);
      const held = await lease(row, "me");
      expect(held.commands).toHaveLength(1);
      expect(held.row.hintCount).toBe(20);
    });

    storeCase("a hint and the attempt that names its transaction: they find each other", async (bench) => {
      await meet(bench, bench);
    });

    storeCase("hints of many payments in many orders: all are counted", async (bench) => {
      const rows = await Promise.all(times(8, (index) => withAttempt(bench, index)));
      const calls = times(60, (call) =>
        times(8, (index) => aHint(toTransaction((index * (1 + 2 * (call % 4)) + call) % 8))),
      );
      await Promise.all(calls.map((hints) => bench.store.addHints(hints, at(1))));
      for (const [index] of rows.entries()) expect((await bench.read(index)).hintCount).toBe(60);
    });

    storeCase("strangers: two never get the same one", async ({ store }) => {
      const hints = times(40, (index) => aHint(`93${index}` as ServiceId, { entity: "refund" }));
      await store.addHints(hints, at(0));
      const claims = times(8, (index) => store.claimStrangers(`owner-${index}`, at(0), at(60), 5));
      const ids = (await Promise.all(claims)).flatMap((claimed) => claimed.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await store.claimStrangers("last", at(0), at(60), 40);
      expect(ids.length + rest.length).toBe(40);
    });

    storeCase("10 sweepers: one sweeps", async ({ store }) => {
      const claims = await Promise.all(
        times(10, (index) => store.claimSweep(aHint(toTransaction(1)).space, "refund", `${index}`, at(0), at(60))),
      );
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    });
  });
}

/** 40 payments whose transaction is named in the same moment in which its hint comes. */
async function meet(bench: StoreBench, sender: StoreBench): Promise<void> {
  const rows = await Promise.all(times(40, (index) => bench.open(index)));
  const leases = await Promise.all(rows.map((row) => bench.lease(row, "namer")));
  const calls = leases.flatMap((held, index) => {
    const save = () => bench.store.saveAttempt(held, anAttempt(index));
    const hint = () => sender.hint(aHint(toTransaction(index)));
    return index % 2 === 0 ? [save, hint] : [hint, save];
  });
  await Promise.all(calls.map((call) => call()));
  for (const [index] of rows.entries()) expect((await bench.read(index)).hintCount, `payment ${index}`).toBe(1);
}

/** Two stores on the same payments, as of two processes. */
export function testTwoProcesses(pairCase: PairCase): void {
  describe("in two processes", () => {
    pairCase("50 leases of one payment: one holds it", (one, other) => oneOfFifty([one, other]));
    pairCase("claims never overlap, and none is left", (one, other) => claimsNeverOverlap(one, [one, other]));
    pairCase("200 hints while the other one looks: none is lost", (one, other) => neverLost(one, other, 200));
    pairCase("a hint and the attempt that names its transaction find each other", (one, other) => meet(one, other));
    pairCase("hints of the same payments, in both, in any order: all are counted", async (one, other) => {
      await Promise.all(times(6, (index) => withAttempt(one, index)));
      const calls = times(40, (call) => times(6, (index) => aHint(toTransaction((index + call) % 6))));
      await Promise.all(calls.map((hints, call) => (call % 2 === 0 ? one : other).store.addHints(hints, at(1))));
      for (const index of times(6, (number) => number)) expect((await one.read(index)).hintCount).toBe(40);
    });
  });
}
