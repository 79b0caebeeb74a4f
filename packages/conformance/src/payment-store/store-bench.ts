import type { Hint, Lease, OrderGroup, PaymentId, PaymentRow, PaymentStore, ShopId } from "@checkout-plugins/core";
import { expect, it } from "vitest";
import { aPayment, at, shop, toReference } from "./samples.ts";

/** A store with nothing in it. */
export interface OpenedStore {
  readonly store: PaymentStore;
  /** Gives everything back, and removes what was kept. */
  close(): Promise<void>;
}

export interface StoreUnderTest<Opened extends OpenedStore = OpenedStore> {
  /** `unmatchedHints`: how many hints of one space are kept while no payment is found for them. */
  open(settings: { readonly unmatchedHints?: number }): Promise<Opened>;
  /** Closes it and opens one on what it kept; `close` closes that one too. Absent: it keeps nothing. */
  reopen?(opened: Opened): Promise<PaymentStore>;
  /** One more, as of another process, on the same payments; `close` closes it too. Absent: one process only. */
  another?(opened: Opened): Promise<PaymentStore>;
  /** How many random sequences of operations are compared with the memory store. Default 100. */
  readonly sequences?: number;
}

export interface StoreBench {
  readonly store: PaymentStore;
  open(number: number, changes?: { readonly shop?: ShopId; readonly group?: OrderGroup }): Promise<PaymentRow>;
  read(number: number): Promise<PaymentRow>;
  /** Fails when somebody holds it. A minute long. */
  lease(row: Pick<PaymentRow, "id">, owner: string, seconds?: number): Promise<Lease>;
  claim(
    owner: string,
    seconds: number,
    limit?: { readonly total?: number; readonly perShop?: number },
  ): Promise<readonly Lease[]>;
  /** Records the next revision, shown or not, and when to look again. */
  record(lease: Lease, changes?: Partial<Parameters<PaymentStore["recordTruth"]>[1]>): Promise<boolean>;
  hint(hint: Hint, seconds?: number): Promise<"stored" | "full">;
}

export type StoreCase = (name: string, run: (bench: StoreBench) => Promise<void>, settings?: StoreSettings) => void;
/** A case that needs a second store on the same payments. */
export type PairCase = (name: string, run: (bench: StoreBench, other: StoreBench) => Promise<void>) => void;
type StoreSettings = Parameters<StoreUnderTest["open"]>[0];

export function createStoreBench(store: PaymentStore): StoreBench {
  return {
    store,
    open: (number, changes = {}) =>
      store.open(toId(number, changes.shop), changes.shop ?? shop, toReference(number), changes.group ?? null, at(0)),
    async read(number) {
      const row = await store.read(shop, toReference(number));
      expect(row, `payment ${number} is there`).not.toBeNull();
      return row as PaymentRow;
    },
    async lease({ id }, owner, seconds = 0) {
      const lease = await store.lease(id, owner, at(seconds), at(seconds + 60));
      expect(lease, `${owner} can hold ${id}`).not.toBeNull();
      return lease as Lease;
    },
    claim: (owner, seconds, { total = 100, perShop = 100 } = {}) =>
      store.claim(owner, at(seconds), at(seconds + 60), { total, perShop }),
    record: (lease, changes = {}) =>
      store.recordTruth(lease, {
        payment: aPayment(lease.row, lease.row.revision + 1),
        entities: lease.entities,
        owed: [],
        staleReads: 0,
        hintsSeen: true,
        lookAt: null,
        now: at(0),
        ...changes,
      }),
    hint: (hint, seconds = 0) => store.addHints([hint], at(seconds)),
  };
}

function toId(number: number, of: ShopId | undefined): PaymentId {
  return `payment-${of === undefined ? "" : `${of}-`}${number}` as PaymentId;
}

/** Cases of which each gets an empty store. */
export function createStoreCase(under: StoreUnderTest): StoreCase {
  return (name, run, settings = {}) => {
    it(name, async () => {
      const opened = await under.open(settings);
      try {
        await run(createStoreBench(opened.store));
      } finally {
        await opened.close();
      }
    });
  };
}

/** Cases of which each gets an empty store, and another one that `second` makes of it. */
export function createPairCase<Opened extends OpenedStore>(
  under: StoreUnderTest<Opened>,
  second: (opened: Opened) => Promise<PaymentStore>,
): PairCase {
  return (name, run) => {
    it(name, async () => {
      const opened = await under.open({});
      try {
        await run(createStoreBench(opened.store), createStoreBench(await second(opened)));
      } finally {
        await opened.close();
      }
    });
  };
}

export function idsOf(leases: readonly Lease[]): readonly string[] {
  return leases.map(({ row }) => row.id);
}

/** Runs them at once and answers how often each answer came. */
export async function tally<Answer extends string>(
  calls: readonly Promise<Answer>[],
): Promise<Partial<Record<Answer, number>>> {
  const counts: Partial<Record<Answer, number>> = {};
  for (const answer of await Promise.all(calls)) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
