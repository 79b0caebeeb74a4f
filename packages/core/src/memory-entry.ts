import type { AttemptRow, CommandRow, EntityRow, Hint, Instant, KeptFinding, PaymentRow } from "./contract/index.ts";
import type { KeptNotice } from "./memory-notices.ts";

interface NumberedHint {
  readonly hint: Hint;
  readonly number: number;
}

/** One payment in memory: its row, who holds it, and all that belongs to it. */
export interface Entry {
  row: PaymentRow;
  owner: string | null;
  leasedUntil: Instant | null;
  attempts: readonly AttemptRow[];
  commands: readonly CommandRow[];
  entities: readonly EntityRow[];
  hints: readonly NumberedHint[];
  findings: readonly KeptFinding[];
  notices: readonly KeptNotice[];
}

/** A hint that finds no payment yet. */
export interface Stranger {
  readonly hint: Hint;
  readonly forgetOn: Instant;
  readonly owner: string | null;
  readonly claimedUntil: Instant | null;
}

export function createEntry(row: PaymentRow): Entry {
  return {
    row,
    owner: null,
    leasedUntil: null,
    attempts: [],
    commands: [],
    entities: [],
    hints: [],
    findings: [],
    notices: [],
  };
}

export function isFree({ leasedUntil }: Entry, now: Instant): boolean {
  return leasedUntil === null || leasedUntil <= now;
}

/** With this one in the place of the one of its id, oldest first. */
export function withRow<Row extends { readonly id: string; readonly on: Instant }>(
  rows: readonly Row[],
  row: Row,
): readonly Row[] {
  const others = rows.filter(({ id }) => id !== row.id);
  return [...others, row].sort((one, other) => compare(one.on, other.on) || compare(one.id, other.id));
}

export function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
