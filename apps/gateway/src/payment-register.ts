import type { PaymentReference, PaymentRow, PaymentStore, ShopId } from "@checkout-plugins/core";

/** A store that also knows which payments each shop has, which no port method tells. */
export interface RegisteredStore {
  readonly store: PaymentStore;
  /** The newest `limit` payments, newest first. */
  list(shop: ShopId, limit: number): Promise<readonly PaymentRow[]>;
}

/** Notes the references of payments as they are opened, in this process: enough for a store that lives in it too. */
export function withRegister(store: PaymentStore): RegisteredStore {
  const references = new Map<ShopId, Set<PaymentReference>>();
  return {
    store: {
      ...store,
      async open(id, shop, reference, group, now) {
        const row = await store.open(id, shop, reference, group, now);
        const known = references.get(shop) ?? new Set();
        references.set(shop, known.add(reference));
        return row;
      },
    },
    async list(shop, limit) {
      const newest = [...(references.get(shop) ?? [])].reverse().slice(0, limit);
      const rows = await Promise.all(newest.map((reference) => store.read(shop, reference)));
      return rows.filter((row) => row !== null);
    },
  };
}
