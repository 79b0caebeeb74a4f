import type {
  AttemptRow,
  EntityKind,
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
import { joinCommand, toOpenCommand } from "./join-command.ts";
import { addFindings, firstFindings, keepFindings } from "./kept-findings.ts";
import { compare, createEntry, type Entry, isFree, type Stranger, withRow } from "./memory-entry.ts";
import { announce, createMemoryNotices, replaceFindings } from "./memory-notices.ts";
import { createMemoryUpkeep } from "./memory-upkeep.ts";
import { entityOfCommand, isUntold } from "./operations.ts";
import { dueAt, faulted, hinted, newPaymentRow, recorded, scheduled, shown } from "./payment-row.ts";
import { strangerSeconds, transactionOfHint } from "./stranger.ts";
import { addSeconds } from "./time.ts";

export interface MemoryStoreSettings {
  /** Hints of one space kept while no payment is found for them, for 24 hours each. Default 100,000, then `full`. */
  readonly unmatchedHints?: number;
}

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
  const byHint = (given: Hint): Entry | undefined => {
    const { space, entity, id } = given;
    const transaction = transactionOfHint(given);
    if (transaction !== null) return byTransaction(space, transaction);
    return all().find(
      ({ entities, commands, attempts }) =>
        attempts.some((one) => one.space === space) &&
        (entities.some((one) => one.entity === entity && one.id === id) ||
          commands.some((one) => entityOfCommand[one.kind] === entity && one.serviceId === id)),
    );
  };
  const hint = (entry: Entry, given: Hint | null, now: Instant): void => {
    entry.row = hinted(entry.row, now);
    if (given !== null) entry.hints = [...entry.hints, { hint: given, number: entry.row.hintCount }];
  };
  const take = (entry: Entry, owner: string, now: Instant, until: Instant): Lease | null => {
    if (!isFree(entry, now)) return null;
    entry.owner = owner;
    entry.leasedUntil = until;
    entry.row = { ...entry.row, step: null };
    const { row, attempts, commands, entities, hints } = entry;
    return { owner, until, row, attempts, commands, entities, hints: hints.map((one) => one.hint) };
  };
  return {
    async open(id, shop, reference, group, now) {
      const known = all().find(({ row }) => row.shop === shop && row.reference === reference);
      if (known !== undefined) return known.row;
      const entry = createEntry(newPaymentRow(id, shop, reference, group, now));
      entries.set(id, entry);
      return entry.row;
    },

    async read(shop, reference) {
      return all().find(({ row }) => row.shop === shop && row.reference === reference)?.row ?? null;
    },

    async list(shop, { after, limit: most }) {
      const isAfter = (row: PaymentRow): boolean => after === null || compareOpened(after, row) < 0;
      const rows = all().map(({ row }) => row);
      return rows
        .filter((row) => row.shop === shop && isAfter(row))
        .sort(compareOpened)
        .slice(0, most);
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
      const free = all().filter((entry) => isFree(entry, now));
      const due = free.flatMap((entry) => {
        const at = dueAt(entry.row);
        return at !== null && at <= now ? [{ at, entry, id: entry.row.id, shop: entry.row.shop }] : [];
      });
      due.sort((one, other) => compare(one.at, other.at) || compare(one.id, other.id));
      const oldest = new Map(due.toReversed().map(({ shop, at }) => [shop, at]));
      const shops = [...oldest].sort(([shop, at], [other, time]) => compare(at, time) || compare(shop, other));
      return shops
        .flatMap(([shop]) => due.filter((one) => one.shop === shop).slice(0, perShop))
        .slice(0, total)
        .flatMap(({ entry }) => take(entry, owner, now, until) ?? []);
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
      const { id, space, transaction, on } = attempt;
      const isOther = (one: AttemptRow): boolean =>
        one.id !== id && one.space === space && one.transaction === transaction;
      if (transaction !== null && all().some(({ attempts }) => attempts.some(isOther))) {
        throw new RangeError(`Transaction ${transaction} of space ${space} belongs to another attempt`);
      }
      entry.attempts = withRow(entry.attempts, attempt);
      if (transaction === null) return true;
      const isNamed = ({ hint: waiting, forgetOn }: Stranger): boolean =>
        transactionOfHint(waiting) === transaction && waiting.space === space && forgetOn > on;
      for (const { hint: waiting } of strangers.filter(isNamed)) hint(entry, waiting, on);
      strangers = strangers.filter((one) => !isNamed(one));
      return true;
    },

    async addCommand(id, command, heldKeys, now) {
      const entry = entries.get(id);
      if (entry === undefined) throw new RangeError(`There is no payment ${id}`);
      const outcome = joinCommand(entry.commands, command, heldKeys, (row) =>
        isUntold(row, entry.entities, entry.row.shownRevision),
      );
      entry.commands = withRow(entry.commands, outcome.row);
      hint(entry, null, now);
      return outcome;
    },

    async saveCommand(lease, command) {
      const entry = held(lease);
      if (entry === undefined) return false;
      entry.commands = entry.commands.map((one) =>
        one.id === command.id ? { ...command, shopKeys: one.shopKeys } : one,
      );
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
      entry.row = scheduled(entry.row, lookAt);
      return true;
    },

    async addHints(hints, now) {
      const waiting = strangers.filter(({ forgetOn }) => forgetOn > now);
      const matched = hints.map((one) => ({ one, entry: byHint(one) }));
      const unknown = matched.filter(({ entry }) => entry === undefined).map(({ one }) => one);
      const keptOf = (space: SpaceId): number =>
        waiting.filter((one) => one.hint.space === space).length + unknown.filter((one) => one.space === space).length;
      if (unknown.some(({ space }) => keptOf(space) > limit)) return "full";
      const forgetOn = addSeconds(now, strangerSeconds);
      strangers = [...waiting, ...unknown.map((one) => ({ hint: one, forgetOn, owner: null, claimedUntil: null }))];
      for (const { one, entry } of matched) if (entry !== undefined) hint(entry, one, now);
      return "stored";
    },

    async claimStrangers(owner, now, until, most) {
      const isClaimable = ({ hint: waiting, forgetOn, claimedUntil }: Stranger): boolean =>
        transactionOfHint(waiting) === null && forgetOn > now && (claimedUntil === null || claimedUntil <= now);
      const claimed = strangers.filter(isClaimable).slice(0, most);
      strangers = strangers.map((one) => (claimed.includes(one) ? { ...one, owner, claimedUntil: until } : one));
      return claimed.map((one) => one.hint);
    },

    async dropStrangers(owner, hints) {
      const isNamed = ({ space, entity, id }: Hint): boolean =>
        hints.some((one) => one.space === space && one.entity === entity && one.id === id);
      strangers = strangers.filter((one) => one.owner !== owner || !isNamed(one.hint));
    },

    async recordTruth(lease, truth) {
      const entry = held(lease);
      if (entry === undefined) return false;
      const { payment, entities, owed, hintsSeen, now } = truth;
      const noted = lease.row.hintCount;
      if (truth.announce === true && payment.revision > entry.row.revision) announce(entry, now);
      entry.row = recorded(entry.row, noted, truth);
      entry.entities = entities;
      if (hintsSeen) entry.hints = entry.hints.filter(({ number }) => number > noted);
      for (const command of owed.filter((one) => !entry.commands.some(({ id }) => id === one.id))) {
        entry.commands = withRow(entry.commands, toOpenCommand(command));
      }
      replaceFindings(entry, keepFindings(entry.findings, payment.findings, true, entry.row, now), now);
      return true;
    },

    async recordShown(lease, showing) {
      const entry = held(lease);
      if (entry === undefined) return false;
      entry.row = shown(entry.row, showing);
      const { findings, now } = showing;
      replaceFindings(entry, keepFindings(entry.findings, findings, false, entry.row, now), now);
      return true;
    },

    async recordFault(lease, { step, at, findings, now }) {
      const entry = held(lease);
      if (entry === undefined) return false;
      entry.row = faulted(entry.row, step, at);
      replaceFindings(entry, addFindings(entry.findings, findings, entry.row, now), now);
      return true;
    },

    async findings(shop, { after, limit: most, open = false } = firstFindings) {
      return all()
        .flatMap(({ row, findings }) => (row.shop === shop ? findings : []))
        .filter((one) => (after === null || compareFound(after, one) < 0) && !(open && one.resolvedOn !== null))
        .sort(compareFound)
        .slice(0, most);
    },

    ...createMemoryNotices(all),
    ...createMemoryUpkeep(entries),

    async claimSweep(space, entity, owner, now, until, when) {
      const key = sweepKey(space, entity);
      const sweep = sweeps.get(key) ?? { after: null, owner: null, until: now, next: now };
      if ((when !== "early" && sweep.next > now) || (sweep.owner !== null && sweep.until > now)) return null;
      sweeps.set(key, { ...sweep, owner, until });
      return { after: sweep.after };
    },

    async recordSweep(space, entity, owner, after, found, now, next) {
      const sweep = sweeps.get(sweepKey(space, entity));
      if (sweep?.owner !== owner) return false;
      for (const one of found) {
        const entry = byHint(one);
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

type Found = Pick<KeptFinding, "since" | "payment" | "key">;

/** Newest first. */
function compareFound(one: Found, other: Found): number {
  return -(compare(one.since, other.since) || compare(one.payment, other.payment) || compare(one.key, other.key));
}

type Opened = Pick<PaymentRow, "openedOn" | "id">;

/** Newest first. */
function compareOpened(one: Opened, other: Opened): number {
  const [first, second] = [`${one.openedOn} ${one.id}`, `${other.openedOn} ${other.id}`];
  return first === second ? 0 : first > second ? -1 : 1;
}
