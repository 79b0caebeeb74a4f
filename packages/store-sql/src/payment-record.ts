import type { PaymentRow } from "@checkout-plugins/core";
import { newPaymentRow } from "@checkout-plugins/core/store";
import type { PaymentRecord } from "./schema.ts";

type Kept = "id" | "shop" | "reference" | "order_group" | "owner" | "leased_until" | "opened_at" | "due_at";
type Columns = Omit<PaymentRecord, Kept>;

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function fromJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** Brands and unions come back as they were written. */
export function toPaymentRow(record: Omit<PaymentRecord, "due_at">): PaymentRow {
  return {
    ...newPaymentRow(
      record.id as PaymentRow["id"],
      record.shop as PaymentRow["shop"],
      record.reference as PaymentRow["reference"],
      record.order_group as PaymentRow["group"],
      record.opened_at as PaymentRow["openedOn"],
    ),
    payment: fromJson(record.payment) as PaymentRow["payment"],
    revision: record.revision,
    shownRevision: record.shown_revision,
    receipt: fromJson(record.receipt) as PaymentRow["receipt"],
    next: record.next_url as PaymentRow["next"],
    abandoned: record.abandoned === 1,
    lookAt: record.look_at as PaymentRow["lookAt"],
    timerAt: record.timer_at as PaymentRow["timerAt"],
    showAt: record.show_at as PaymentRow["showAt"],
    hintCount: record.hint_count,
    seenHints: record.seen_hints,
    recordedAt: record.recorded_at as PaymentRow["recordedAt"],
    unshownSince: record.unshown_since as PaymentRow["unshownSince"],
    staleReads: record.stale_reads,
    faults: record.faults,
    showFaults: record.show_faults,
    step: record.step as PaymentRow["step"],
  };
}

/** What may change of a payment. */
export function toColumns(row: PaymentRow): Columns {
  return {
    payment: toJson(row.payment),
    revision: row.revision,
    shown_revision: row.shownRevision,
    receipt: toJson(row.receipt),
    next_url: row.next,
    abandoned: row.abandoned ? 1 : 0,
    look_at: row.lookAt,
    timer_at: row.timerAt,
    show_at: row.showAt,
    hint_count: row.hintCount,
    seen_hints: row.seenHints,
    recorded_at: row.recordedAt,
    unshown_since: row.unshownSince,
    stale_reads: row.staleReads,
    faults: row.faults,
    show_faults: row.showFaults,
    step: row.step,
  };
}

/** The columns in which a row differs from its record, so that a large payment is written only when it changed. */
export function toChanges(record: Omit<PaymentRecord, "due_at">, row: PaymentRow): Partial<Columns> {
  const changed = Object.entries(toColumns(row)).filter(
    ([name, value]) => record[name as keyof typeof record] !== value,
  );
  return Object.fromEntries(changed) as Partial<Columns>;
}
