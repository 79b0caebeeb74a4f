import type { ServiceId, SpaceId } from "@checkout-plugins/client";

export interface Entity {
  readonly id: ServiceId;
  readonly space: SpaceId;
}

/** The entities of one kind in the order of their ids. Rows are never changed in place, only put anew. */
export interface Table<T extends Entity> {
  get(id: string): T | undefined;
  put(row: T): T;
  of(space: SpaceId): readonly T[];
  clear(): void;
}

export function createTable<T extends Entity>(): Table<T> {
  const rows = new Map<string, T>();
  return {
    get: (id) => rows.get(id),
    put(row) {
      rows.set(row.id, row);
      return row;
    },
    of: (space) => [...rows.values()].filter((row) => row.space === space),
    clear: () => rows.clear(),
  };
}

/** A table whose rows are found by the transaction they belong to. */
export interface PartTable<T extends Entity & { readonly transaction: ServiceId }> extends Table<T> {
  /** Oldest first. */
  ofTransaction(transaction: ServiceId): readonly T[];
}

export function createPartTable<T extends Entity & { readonly transaction: ServiceId }>(): PartTable<T> {
  const table = createTable<T>();
  const idsByTransaction = new Map<ServiceId, Set<ServiceId>>();
  return {
    ...table,
    put(row) {
      const ids = idsByTransaction.get(row.transaction) ?? new Set();
      idsByTransaction.set(row.transaction, ids.add(row.id));
      return table.put(row);
    },
    ofTransaction: (transaction) => [...(idsByTransaction.get(transaction) ?? [])].flatMap((id) => table.get(id) ?? []),
    clear() {
      idsByTransaction.clear();
      table.clear();
    },
  };
}
