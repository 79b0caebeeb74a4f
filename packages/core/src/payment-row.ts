import type {
  Finding,
  Instant,
  Json,
  OrderGroup,
  Payment,
  PaymentId,
  PaymentReference,
  PaymentRow,
  ShopId,
  Url,
} from "./contract/index.ts";
import { addSeconds, earliest, latest } from "./time.ts";

/** What each method of a PaymentStore does to a payment's row: the same in every store. */

export function newPaymentRow(
  id: PaymentId,
  shop: ShopId,
  reference: PaymentReference,
  group: OrderGroup | null,
  openedOn: Instant,
): PaymentRow {
  return {
    id,
    shop,
    reference,
    group,
    openedOn,
    payment: null,
    revision: 0,
    shownRevision: 0,
    receipt: null,
    next: null,
    abandoned: false,
    lookAt: null,
    timerAt: null,
    showAt: null,
    hintCount: 0,
    seenHints: 0,
    recordedAt: null,
    unshownSince: null,
    staleReads: 0,
    faults: 0,
    showFaults: 0,
    step: null,
  };
}

/** Since when it is due: to be looked at, or, while the shop does not show the recorded revision, to be shown. */
export function dueAt({ lookAt, showAt, revision, shownRevision }: PaymentRow): Instant | null {
  return shownRevision < revision ? earliest(lookAt, showAt) : lookAt;
}

/** One more hint: an idle payment is looked at now, one that was just recorded a second after its record. */
export function hinted<Row extends Pick<PaymentRow, "hintCount" | "lookAt" | "recordedAt">>(
  row: Row,
  now: Instant,
): Row {
  const wake = row.recordedAt === null ? now : latest(now, addSeconds(row.recordedAt, 1));
  return { ...row, hintCount: row.hintCount + 1, lookAt: earliest(row.lookAt, wake) };
}

export function scheduled(row: PaymentRow, lookAt: Instant): PaymentRow {
  return { ...row, lookAt: earliest(row.lookAt, lookAt), timerAt: earliest(row.timerAt, lookAt) };
}

/** `noted` is the number of hints when the lease was taken: one that came since, or something owed, is looked at soon. */
export function recorded(
  row: PaymentRow,
  noted: number,
  truth: {
    readonly payment: Payment;
    readonly owed: readonly unknown[];
    readonly staleReads: number;
    readonly lookAt: Instant | null;
    readonly now: Instant;
  },
): PaymentRow {
  const { payment, owed, staleReads, lookAt, now } = truth;
  const isNew = payment.revision > row.revision;
  const isSoon = row.hintCount > noted || owed.length > 0;
  return {
    ...row,
    payment,
    revision: payment.revision,
    showAt: isNew ? now : row.showAt,
    unshownSince: isNew ? (row.unshownSince ?? now) : row.unshownSince,
    seenHints: noted,
    recordedAt: now,
    staleReads,
    faults: 0,
    lookAt: isSoon ? earliest(lookAt, addSeconds(now, 1)) : lookAt,
    timerAt: lookAt,
  };
}

export function shown(
  row: PaymentRow,
  showing: {
    readonly revision: number;
    readonly receipt: Json | null;
    readonly next: Url | null;
    readonly showAt: Instant | null;
    readonly findings: readonly Finding[];
  },
): PaymentRow {
  const { revision, receipt, next, showAt } = showing;
  const shownRevision = Math.max(row.shownRevision, revision);
  return {
    ...row,
    shownRevision,
    receipt,
    next: next ?? row.next,
    showAt,
    unshownSince: shownRevision < row.revision ? row.unshownSince : null,
    showFaults: revision > row.shownRevision ? 0 : row.showFaults + 1,
  };
}

export function faulted(row: PaymentRow, step: "look" | "show", at: Instant): PaymentRow {
  return step === "look"
    ? { ...row, faults: row.faults + 1, lookAt: at, timerAt: at }
    : { ...row, showFaults: row.showFaults + 1, showAt: at };
}
