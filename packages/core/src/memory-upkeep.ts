import { toBuyerKey, toBuyerKeys, withoutBuyer, withoutReason } from "./buyer.ts";
import type { Buyer, Instant, PaymentId, ShopId, UpkeepStore } from "./contract/index.ts";
import { compare, type Entry, isFree } from "./memory-entry.ts";
import { dueAt } from "./payment-row.ts";
import { earliest } from "./time.ts";

/** Upkeep of payments in memory. */
export function createMemoryUpkeep(entries: Map<PaymentId, Entry>): UpkeepStore {
  const named = (shop: ShopId, buyer: Buyer): readonly Entry[] => {
    const key = toBuyerKey(buyer);
    const isNamed = ({ row, attempts }: Entry): boolean =>
      row.shop === shop && attempts.some(({ order }) => toBuyerKeys(order).includes(key));
    return [...entries.values()].filter(isNamed).sort((one, other) => compare(one.row.id, other.row.id));
  };
  return {
    async backlog(now) {
      const all = [...entries.values()];
      const due = (at: Instant | null): Instant | null => (at !== null && at <= now ? at : null);
      return {
        payment: earliest(...all.filter((one) => isFree(one, now)).map(({ row }) => due(dueAt(row)))),
        notice: earliest(...all.flatMap(({ notices }) => notices.map((one) => due(one.dueAt)))),
      };
    },

    async purge(before, now, limit) {
      const done = [...entries.values()]
        .filter((entry) => dueAt(entry.row) === null && entry.row.openedOn < before && isFree(entry, now))
        .sort(({ row: one }, { row: other }) => compare(one.openedOn, other.openedOn) || compare(one.id, other.id))
        .slice(0, limit);
      for (const { row } of done) entries.delete(row.id);
      return done.length;
    },

    async findBuyer(shop, buyer, { after, limit }) {
      const page = named(shop, buyer).filter(({ row }) => after === null || row.id > after);
      return page
        .slice(0, limit)
        .map(({ row, attempts, commands, entities }) => ({ row, attempts, commands, entities }));
    },

    async eraseBuyer(shop, buyer, now, limit) {
      const page = named(shop, buyer);
      const free = page.filter((entry) => isFree(entry, now)).slice(0, limit);
      for (const entry of free) {
        entry.attempts = entry.attempts.map(withoutBuyer);
        entry.commands = entry.commands.map(withoutReason);
      }
      return { erased: free.length, held: page.filter((entry) => !isFree(entry, now)).length };
    },
  };
}
