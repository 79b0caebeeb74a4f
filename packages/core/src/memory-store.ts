import type {
  AttemptRow,
  CommandRow,
  EntityKind,
  EntityRow,
  Finding,
  Hint,
  Instant,
  KeptFinding,
  Lease,
  Payment,
  PaymentId,
  PaymentRow,
  PaymentStore,
  ServiceId,
  SpaceId,
} from "./contract/index.ts";
import { joinCommand } from "./join-command.ts";
import { addSeconds, earliest, latest } from "./time.ts";

interface NumberedHint {
  readonly hint: Hint;
  readonly number: number;
}

interface Entry {
  row: PaymentRow;
  owner: string | null;
  leasedUntil: Instant | null;
  attempts: readonly AttemptRow[];
  commands: readonly CommandRow[];
  entities: readonly EntityRow[];
  hints: readonly NumberedHint[];
  findings: readonly KeptFinding[];
}

export interface MemoryStoreSettings {
  /** Hints kept for transactions that no payment names yet, for 24 hours each. Default 100,000, then `full`. */
  readonly unmatchedHints?: number;
}

const day = 24 * 60 * 60;

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

/** A PaymentStore in this process: the reference for all others, for tests and demonstrations. Lost with the process. */
export function createMemoryStore(settings: MemoryStoreSettings = {}): PaymentStore {
  const limit = settings.unmatchedHints ?? 100_000;
  const entries = new Map<PaymentId, Entry>();
  const sweeps = new Map<string, { after: ServiceId | null; owner: string | null; until: Instant; next: Instant }>();
  let unmatched: readonly { readonly hint: Hint; readonly until: Instant }[] = [];

  const all = (): Entry[] => [...entries.values()];
  const held = (lease: Lease): Entry | undefined => {
    const entry = entries.get(lease.row.id);
    return entry?.owner === lease.owner ? entry : undefined;
  };
  const byTransaction = (space: SpaceId, transaction: ServiceId): Entry | undefined =>
    all().find(({ attempts }) => attempts.some((one) => one.space === space && one.transaction === transaction));
  const byEntity = ({ space, entity, id }: Hint): Entry | undefined =>
    entity === "transaction"
      ? byTransaction(space, id)
      : all().find(
          ({ entities, attempts }) =>
            attempts.some((one) => one.space === space) &&
            entities.some((one) => one.entity === entity && one.id === id),
        );
  const hint = (entry: Entry, given: Hint | null, now: Instant): void => {
    const number = entry.row.hintCount + 1;
    if (given !== null) entry.hints = [...entry.hints, { hint: given, number }];
    const busyUntil = entry.row.recordedAt === null ? now : addSeconds(entry.row.recordedAt, 1);
    entry.row = { ...entry.row, hintCount: number, lookAt: earliest(entry.row.lookAt, latest(now, busyUntil)) };
  };
  const take = (entry: Entry, owner: string, now: Instant, until: Instant): Lease | null => {
    if (entry.owner !== null && entry.leasedUntil !== null && entry.leasedUntil > now) return null;
    entry.owner = owner;
    entry.leasedUntil = until;
    entry.row = { ...entry.row, step: null };
    const { row, attempts, commands, entities, hints } = entry;
    return { owner, until, row, attempts, commands, entities, hints: hints.map((one) => one.hint) };
  };
  const isDue = ({ row }: Entry, now: Instant): boolean =>
    (row.lookAt !== null && row.lookAt <= now) ||
    (row.shownRevision < row.revision && row.showAt !== null && row.showAt <= now);
  const keepFindings = (entry: Entry, found: readonly Finding[], ofTruth: boolean, now: Instant): void => {
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
  };

  return {
    async open(id, shop, reference, group) {
      const known = all().find(({ row }) => row.shop === shop && row.reference === reference);
      if (known !== undefined) return known.row;
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
      entries.set(id, {
        row,
        owner: null,
        leasedUntil: null,
        attempts: [],
        commands: [],
        entities: [],
        hints: [],
        findings: [],
      });
      return row;
    },

    async read(shop, reference) {
      return all().find(({ row }) => row.shop === shop && row.reference === reference)?.row ?? null;
    },

    async siblings(shop, group) {
      return all().flatMap(({ row }): Payment[] =>
        row.shop === shop && row.group === group && row.payment !== null ? [row.payment] : [],
      );
    },

    async lease(id, owner, now, until) {
      const entry = entries.get(id);
      return entry === undefined ? null : take(entry, owner, now, until);
    },

    async claim(owner, now, until, { total, perShop }) {
      const taken = new Map<string, number>();
      const leases: Lease[] = [];
      const due = all()
        .filter((entry) => isDue(entry, now))
        .sort((one, other) => ((dueAt(one.row) ?? now) < (dueAt(other.row) ?? now) ? -1 : 1));
      for (const entry of due) {
        const count = taken.get(entry.row.shop) ?? 0;
        if (leases.length >= total || count >= perShop) continue;
        const lease = take(entry, owner, now, until);
        if (lease === null) continue;
        taken.set(entry.row.shop, count + 1);
        leases.push(lease);
      }
      return leases;
    },

    async release(lease) {
      const entry = held(lease);
      if (entry === undefined) return;
      entry.owner = null;
      entry.leasedUntil = null;
      entry.row = { ...entry.row, step: null };
    },

    async enter(lease, step) {
      const entry = held(lease);
      if (entry === undefined) return false;
      entry.row = { ...entry.row, step };
      return true;
    },

    async saveAttempt(lease, attempt) {
      const entry = held(lease);
      if (entry === undefined) return false;
      const others = entry.attempts.filter(({ id }) => id !== attempt.id);
      entry.attempts = [...others, attempt].sort((one, other) => (one.on < other.on ? -1 : 1));
      const named = ({ hint: { entity, id, space } }: { readonly hint: Hint }): boolean =>
        entity === "transaction" && id === attempt.transaction && space === attempt.space;
      for (const { hint: waiting } of unmatched.filter(named)) hint(entry, waiting, attempt.on);
      unmatched = unmatched.filter((one) => !named(one));
      return true;
    },

    async addCommand(id, command, heldKeys, now) {
      const entry = entries.get(id);
      if (entry === undefined) throw new RangeError(`There is no payment ${id}`);
      const outcome = joinCommand(entry.commands, command, heldKeys);
      entry.commands = [...entry.commands.filter((one) => one.id !== outcome.row.id), outcome.row];
      hint(entry, null, now);
      return outcome;
    },

    async saveCommand(lease, command) {
      const entry = held(lease);
      if (entry === undefined) return false;
      entry.commands = entry.commands.map((one) => (one.id === command.id ? command : one));
      return true;
    },

    async abandon(id, now) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entry.row = { ...entry.row, abandoned: true };
      hint(entry, null, now);
    },

    async schedule(lease, lookAt) {
      const entry = held(lease);
      if (entry === undefined) return false;
      entry.row = {
        ...entry.row,
        lookAt: earliest(entry.row.lookAt, lookAt),
        timerAt: earliest(entry.row.timerAt, lookAt),
      };
      return true;
    },

    async addHints(hints, now) {
      const waiting = unmatched.filter(({ until }) => until > now);
      const matched = hints.map((one) => ({ one, entry: byEntity(one) }));
      const strangers = matched.filter(({ entry }) => entry === undefined).map(({ one }) => one);
      if (waiting.length + strangers.length > limit) return "full";
      unmatched = [...waiting, ...strangers.map((one) => ({ hint: one, until: addSeconds(now, day) }))];
      for (const { one, entry } of matched) if (entry !== undefined) hint(entry, one, now);
      return "stored";
    },

    async recordTruth(lease, { payment, entities, owed, staleReads, hintsSeen, lookAt, now }) {
      const entry = held(lease);
      if (entry === undefined) return false;
      const isNew = payment.revision > entry.row.revision;
      const unseen = entry.row.hintCount > lease.row.hintCount;
      entry.entities = entities;
      if (hintsSeen) entry.hints = entry.hints.filter(({ number }) => number > lease.row.hintCount);
      for (const command of owed) {
        entry.commands = entry.commands.some(({ id }) => id === command.id)
          ? entry.commands
          : [...entry.commands, { ...command, state: "open", serviceId: null, failure: null, sends: 0 }];
      }
      entry.row = {
        ...entry.row,
        payment,
        revision: payment.revision,
        showAt: isNew ? now : entry.row.showAt,
        unshownSince: isNew ? (entry.row.unshownSince ?? now) : entry.row.unshownSince,
        seenHints: lease.row.hintCount,
        recordedAt: now,
        staleReads,
        faults: 0,
        lookAt: unseen || owed.length > 0 ? earliest(lookAt, addSeconds(now, 1)) : lookAt,
        timerAt: lookAt,
      };
      keepFindings(entry, payment.findings, true, now);
      return true;
    },

    async recordShown(lease, { revision, receipt, next, showAt, findings, now }) {
      const entry = held(lease);
      if (entry === undefined) return false;
      const before = entry.row;
      const shown = Math.max(before.shownRevision, revision);
      entry.row = {
        ...entry.row,
        shownRevision: shown,
        receipt,
        next: next ?? entry.row.next,
        showAt,
        unshownSince: shown < entry.row.revision ? entry.row.unshownSince : null,
        showFaults: revision > before.shownRevision ? 0 : before.showFaults + 1,
      };
      keepFindings(entry, findings, false, now);
      return true;
    },

    async recordFault(lease, { step, at, findings, now }) {
      const entry = held(lease);
      if (entry === undefined) return false;
      const { faults, showFaults } = entry.row;
      const change =
        step === "look" ? { faults: faults + 1, lookAt: at, timerAt: at } : { showFaults: showFaults + 1, showAt: at };
      entry.row = { ...entry.row, ...change };
      const { id: payment, shop } = entry.row;
      const known = entry.findings.filter(({ resolvedOn }) => resolvedOn === null).map(({ key }) => key);
      const added = findings.filter(({ key }) => !known.includes(key));
      entry.findings = [
        ...entry.findings,
        ...added.map((one) => ({ ...one, shop, payment, since: now, resolvedOn: null, toldOn: null })),
      ];
      return true;
    },

    async findings(shop) {
      return all().flatMap(({ row, findings }) => (row.shop === shop ? findings : []));
    },

    async claimSweep(space, entity, owner, now, until) {
      const key = sweepKey(space, entity);
      const sweep = sweeps.get(key) ?? { after: null, owner: null, until: now, next: now };
      if (sweep.next > now || (sweep.owner !== null && sweep.until > now)) return null;
      sweeps.set(key, { ...sweep, owner, until });
      return { after: sweep.after };
    },

    async recordSweep(space, entity, owner, after, found, next) {
      const sweep = sweeps.get(sweepKey(space, entity));
      if (sweep?.owner !== owner) return false;
      for (const { transaction, ...one } of found) {
        const entry = byTransaction(space, transaction);
        if (entry !== undefined) hint(entry, one, next);
      }
      sweeps.set(sweepKey(space, entity), { after, owner: null, until: next, next });
      return true;
    },
  };
}

function sweepKey(space: SpaceId, entity: EntityKind): string {
  return `${space}:${entity}`;
}

function dueAt({ lookAt, showAt, revision, shownRevision }: PaymentRow): Instant | null {
  return shownRevision < revision ? earliest(lookAt, showAt) : lookAt;
}
