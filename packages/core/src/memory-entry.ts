import type {
  AttemptRow,
  CommandRow,
  EntityRow,
  Finding,
  Hint,
  Instant,
  KeptFinding,
  OrderGroup,
  PaymentId,
  PaymentReference,
  PaymentRow,
  ShopId,
} from "./contract/index.ts";
import { earliest } from "./time.ts";

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
}

/** A hint that finds no payment yet. */
export interface Stranger {
  readonly hint: Hint;
  readonly forgetOn: Instant;
  readonly owner: string | null;
  readonly claimedUntil: Instant | null;
}

const truthKinds: ReadonlySet<Finding["kind"]> = new Set([
  "doublePayment",
  "wrongAmount",
  "wrongCurrency",
  "wrongSpace",
  "wrongOrder",
  "testMoney",
  "chargeback",
  "unexplainedRefund",
  "repeatedFault",
]);

export function createEntry(id: PaymentId, shop: ShopId, reference: PaymentReference, group: OrderGroup | null): Entry {
  const row: PaymentRow = {
    id,
    shop,
    reference,
    group,
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
  return { row, owner: null, leasedUntil: null, attempts: [], commands: [], entities: [], hints: [], findings: [] };
}

/** Findings of the truth or of the showing as they are now: those no longer found are resolved. */
export function keepFindings(entry: Entry, found: readonly Finding[], ofTruth: boolean, now: Instant): void {
  const { id: payment, shop } = entry.row;
  const others = entry.findings.filter((one) => truthKinds.has(one.kind) !== ofTruth || one.resolvedOn !== null);
  const open = entry.findings.filter((one) => truthKinds.has(one.kind) === ofTruth && one.resolvedOn === null);
  const still = found.map((one): KeptFinding => {
    const known = open.find(({ key }) => key === one.key);
    return { ...one, shop, payment, since: known?.since ?? now, resolvedOn: null, toldOn: known?.toldOn ?? null };
  });
  const gone = open
    .filter(({ key }) => !found.some((one) => one.key === key))
    .map((one) => ({ ...one, resolvedOn: now }));
  entry.findings = [...others, ...gone, ...still];
}

/** Adds what a failed step found; nothing is resolved by it. */
export function addFindings(entry: Entry, findings: readonly Finding[], now: Instant): void {
  const { id: payment, shop } = entry.row;
  const known = entry.findings.filter(({ resolvedOn }) => resolvedOn === null).map(({ key }) => key);
  const added = findings.filter(({ key }) => !known.includes(key));
  const kept = added.map((one) => ({ ...one, shop, payment, since: now, resolvedOn: null, toldOn: null }));
  entry.findings = [...entry.findings, ...kept];
}

export function isDue({ row }: Entry, now: Instant): boolean {
  const at = dueAt(row);
  return at !== null && at <= now;
}

/** Since when it is due: to be looked at, or, while the shop does not show the recorded revision, to be shown. */
export function dueAt({ lookAt, showAt, revision, shownRevision }: PaymentRow): Instant | null {
  return shownRevision < revision ? earliest(lookAt, showAt) : lookAt;
}
