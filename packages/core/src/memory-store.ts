import type {
  EntityKind,
  Hint,
  Instant,
  Lease,
  Payment,
  PaymentId,
  PaymentStore,
  ServiceId,
  SpaceId,
} from "./contract/index.ts";
import { joinCommand } from "./join-command.ts";
import { addFindings, createEntry, dueAt, type Entry, isDue, keepFindings, type Stranger } from "./memory-entry.ts";
import { entityOfCommand, isUnresolved } from "./operations.ts";
import { addSeconds, earliest, latest } from "./time.ts";

export interface MemoryStoreSettings {
  /** Hints kept for transactions that no payment names yet, for 24 hours each. Default 100,000, then `full`. */
  readonly unmatchedHints?: number;
}

const day = 24 * 60 * 60;

/** A PaymentStore in this process: the reference for all others, for tests and demonstrations. Lost with the process. */
export function createMemoryStore(settings: MemoryStoreSettings = {}): PaymentStore {
  const limit = settings.unmatchedHints ?? 100_000;
  const entries = new Map<PaymentId, Entry>();
  const sweeps = new Map<string, { after: ServiceId | null; owner: string | null; until: Instant; next: Instant }>();
  let strangers: readonly Stranger[] = [];

  const all = (): Entry[] => [...entries.values()];
  const held = (lease: Lease): Entry | undefined => {
    const entry = entries.get(lease.row.id);
    return entry?.owner === lease.owner ? entry : undefined;
  };
  const byTransaction = (space: SpaceId, transaction: ServiceId): Entry | undefined =>
    all().find(({ attempts }) => attempts.some((one) => one.space === space && one.transaction === transaction));
  const byEntity = ({ space, entity, id, reading }: Hint): Entry | undefined => {
    const transaction = entity === "transaction" ? id : reading?.transaction;
    if (transaction !== undefined) return byTransaction(space, transaction);
    return all().find(
      ({ entities, commands, attempts }) =>
        attempts.some((one) => one.space === space) &&
        (entities.some((one) => one.entity === entity && one.id === id) ||
          commands.some((one) => entityOfCommand[one.kind] === entity && one.serviceId === id)),
    );
  };
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
  return {
    async open(id, shop, reference, group) {
      const known = all().find(({ row }) => row.shop === shop && row.reference === reference);
      if (known !== undefined) return known.row;
      const entry = createEntry(id, shop, reference, group);
      entries.set(id, entry);
      return entry.row;
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
      const named = ({ hint: { entity, id, space } }: Stranger): boolean =>
        entity === "transaction" && id === attempt.transaction && space === attempt.space;
      for (const { hint: waiting } of strangers.filter(named)) hint(entry, waiting, attempt.on);
      strangers = strangers.filter((one) => !named(one));
      return true;
    },

    async addCommand(id, command, heldKeys, now) {
      const entry = entries.get(id);
      if (entry === undefined) throw new RangeError(`There is no payment ${id}`);
      const outcome = joinCommand(entry.commands, command, heldKeys, (row) => isUnresolved(row, entry.entities));
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
      const waiting = strangers.filter(({ forgetOn }) => forgetOn > now);
      const matched = hints.map((one) => ({ one, entry: byEntity(one) }));
      const unknown = matched
        .filter(({ one, entry }) => entry === undefined && one.reading === null)
        .map(({ one }) => one);
      if (waiting.length + unknown.length > limit) return "full";
      const forgetOn = addSeconds(now, day);
      strangers = [...waiting, ...unknown.map((one) => ({ hint: one, forgetOn, owner: null, claimedUntil: null }))];
      for (const { one, entry } of matched) if (entry !== undefined) hint(entry, one, now);
      return "stored";
    },

    async claimStrangers(owner, now, until, most) {
      const isFree = ({ hint: { entity }, forgetOn, claimedUntil }: Stranger): boolean =>
        entity !== "transaction" && forgetOn > now && (claimedUntil === null || claimedUntil <= now);
      const claimed = strangers.filter(isFree).slice(0, most);
      strangers = strangers.map((one) => (claimed.includes(one) ? { ...one, owner, claimedUntil: until } : one));
      return claimed.map((one) => one.hint);
    },

    async dropStrangers(owner, hints) {
      strangers = strangers.filter((one) => one.owner !== owner || !hints.includes(one.hint));
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
      addFindings(entry, findings, now);
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

    async recordSweep(space, entity, owner, after, found, now, next) {
      const sweep = sweeps.get(sweepKey(space, entity));
      if (sweep?.owner !== owner) return false;
      for (const one of found) {
        const entry = byEntity(one);
        if (entry !== undefined) hint(entry, one, now);
      }
      sweeps.set(sweepKey(space, entity), { after, owner: null, until: next, next });
      return true;
    },
  };
}

function sweepKey(space: SpaceId, entity: EntityKind): string {
  return `${space}:${entity}`;
}
