import type { Finding, Instant, KeptFinding, Notice, NoticeStore } from "./contract/index.ts";
import { isOfTruth } from "./kept-findings.ts";
import { compare, type Entry } from "./memory-entry.ts";

/** One notice in memory: of a finding by its key and time, or of the payment itself, which has none. */
export interface KeptNotice {
  readonly key: string | null;
  readonly since: Instant | null;
  readonly dueAt: Instant;
  readonly tries: number;
  readonly toldTo: readonly string[];
  readonly owner: string | null;
}

const fresh = { tries: 0, toldTo: [], owner: null };

/** The payment changed: whatever was told of it before is told anew. */
export function announce(entry: Entry, now: Instant): void {
  const others = entry.notices.filter(({ key }) => key !== null);
  entry.notices = [...others, { ...fresh, key: null, since: null, dueAt: now }];
}

/** Puts these findings in the place of those before; each that was not open before is a notice. */
export function replaceFindings(entry: Entry, findings: readonly KeptFinding[], now: Instant): void {
  const isSame = (one: Finding, other: Finding): boolean =>
    one.key === other.key && isOfTruth(one) === isOfTruth(other);
  const open = entry.findings.filter(({ resolvedOn }) => resolvedOn === null);
  const added = findings.filter((one) => one.resolvedOn === null && !open.some((known) => isSame(known, one)));
  const known = entry.notices.map(({ key, since }) => `${key} ${since}`);
  const notices = added
    .filter(({ key, since }) => !known.includes(`${key} ${since}`))
    .map(({ key, since }): KeptNotice => ({ ...fresh, key, since, dueAt: now }));
  entry.findings = findings;
  entry.notices = [...entry.notices, ...notices];
}

/** The notices of payments in memory. */
export function createMemoryNotices(all: () => readonly Entry[]): NoticeStore {
  return {
    async claimNotices(owner, now, until, { total, perShop }) {
      const due = all().flatMap((entry) =>
        entry.notices.filter(({ dueAt }) => dueAt <= now).map((kept) => ({ entry, kept, shop: entry.row.shop })),
      );
      due.sort(
        (one, other) =>
          compare(one.kept.dueAt, other.kept.dueAt) ||
          compare(one.entry.row.id, other.entry.row.id) ||
          compare(toName(one.kept), toName(other.kept)),
      );
      const oldest = new Map(due.toReversed().map(({ shop, kept }) => [shop, kept.dueAt]));
      const shops = [...oldest].sort(([shop, at], [other, time]) => compare(at, time) || compare(shop, other));
      return shops
        .flatMap(([shop]) => due.filter((one) => one.shop === shop).slice(0, perShop))
        .slice(0, total)
        .flatMap(({ entry, kept }) => take(entry, kept, owner, until));
    },

    async recordNotice({ payment, finding, owner }, { toldTo, again, now }) {
      const entry = all().find(({ row }) => row.id === payment);
      const isIt = (one: Pick<KeptNotice, "key" | "since">): boolean =>
        one.key === (finding?.key ?? null) && one.since === (finding?.since ?? null);
      const kept = entry?.notices.find((one) => isIt(one) && one.owner === owner);
      if (entry === undefined || kept === undefined) return false;
      const others = entry.notices.filter((one) => one !== kept);
      entry.notices =
        again === null ? others : [...others, { ...kept, dueAt: again, tries: kept.tries + 1, toldTo, owner: null }];
      if (again === null) entry.findings = entry.findings.map((one) => (isIt(one) ? { ...one, toldOn: now } : one));
      return true;
    },
  };
}

function toName({ key, since }: KeptNotice): string {
  return `${key ?? ""} ${since ?? ""}`;
}

function take(entry: Entry, kept: KeptNotice, owner: string, until: Instant): readonly Notice[] {
  const finding = entry.findings.find(
    (one) => one.key === kept.key && one.since === kept.since && one.resolvedOn === null,
  );
  const others = entry.notices.filter((one) => one !== kept);
  if (kept.key !== null && finding === undefined) {
    entry.notices = others;
    return [];
  }
  entry.notices = [...others, { ...kept, owner, dueAt: until }];
  const { row } = entry;
  const { toldTo, tries } = kept;
  const { shop, id: payment, reference, payment: record } = row;
  return [{ shop, payment, reference, finding: finding ?? null, record, toldTo, tries, owner }];
}
