import type { HeldKeys } from "./commands.ts";
import type { Instant, Json, OrderGroup, PaymentId, PaymentReference, ServiceId, ShopId, SpaceId, Url } from "./ids.ts";
import type { NoticeStore } from "./notices.ts";
import type { Finding, Payment } from "./payment.ts";
import type { AttemptRow, CommandRow, EntityKind, EntityRow, Hint, NewCommand, PaymentRow } from "./rows.ts";
import type { UpkeepStore } from "./upkeep.ts";

/** The right to work on one payment until `until`. `row.hintCount` is the number noted when it was taken. */
export interface Lease {
  readonly owner: string;
  readonly until: Instant;
  readonly row: PaymentRow;
  /** Oldest first, as the commands. */
  readonly attempts: readonly AttemptRow[];
  readonly commands: readonly CommandRow[];
  readonly entities: readonly EntityRow[];
  /** Those not yet seen by a look. */
  readonly hints: readonly Hint[];
}

export interface KeptFinding extends Finding {
  readonly shop: ShopId;
  readonly payment: PaymentId;
  readonly since: Instant;
  readonly resolvedOn: Instant | null;
  readonly toldOn: Instant | null;
}

export interface FindingPage {
  readonly after: Pick<KeptFinding, "since" | "payment" | "key"> | null;
  readonly limit: number;
  /** Only those that are not resolved. Default false. */
  readonly open?: boolean;
}

/** Default: `due`. */
export type SweepTime = "due" | "early";

/**
 * Where payments live. Every method that takes a lease answers false when its owner token is no longer ours, and has
 * then written nothing. No method holds a transaction open over a network call.
 */
export interface PaymentStore extends NoticeStore, UpkeepStore {
  /** Insert, or find by shop and reference; `id` is used when it is new. */
  open(
    id: PaymentId,
    shop: ShopId,
    reference: PaymentReference,
    group: OrderGroup | null,
    now: Instant,
  ): Promise<PaymentRow>;
  /** Without a lock. */
  read(shop: ShopId, reference: PaymentReference): Promise<PaymentRow | null>;
  /** The shop's payments, newest first, so that a person can page: those that come after the last one of the page before. */
  list(
    shop: ShopId,
    page: { readonly after: Pick<PaymentRow, "openedOn" | "id"> | null; readonly limit: number },
  ): Promise<readonly PaymentRow[]>;
  /** The payments of one order, as far as they were recorded. */
  siblings(shop: ShopId, group: OrderGroup): Promise<readonly Payment[]>;

  /** null: somebody else holds it, or there is no such payment. */
  lease(id: PaymentId, owner: string, now: Instant, until: Instant): Promise<Lease | null>;
  /** What the running lease does now; others answer from the record while it shows. */
  enter(lease: Lease, step: "look" | "show"): Promise<boolean>;
  /**
   * Due: `lookAt <= now`, or `shownRevision < revision` and `showAt <= now`. The shop whose oldest due payment has waited
   * longest comes first; of each shop its oldest, at most `perShop`. What somebody holds is not counted.
   */
  claim(
    owner: string,
    now: Instant,
    until: Instant,
    limit: { readonly total: number; readonly perShop: number },
  ): Promise<readonly Lease[]>;
  release(lease: Lease): Promise<void>;

  /** @throws when another attempt has this transaction: one transaction belongs to one attempt. */
  saveAttempt(lease: Lease, attempt: AttemptRow): Promise<boolean>;
  /**
   * One transaction, by `joinCommand` and `isUntold`, the rule at `heldKeys`; a hint with it (hintCount + 1, lookAt =
   * now). Needs no lease.
   */
  addCommand(
    id: PaymentId,
    command: NewCommand,
    heldKeys: HeldKeys,
    now: Instant,
  ): Promise<{ readonly row: CommandRow; readonly kind: "added" | "joined" | "sameKey" | "oneStillOpen" }>;
  /** All but its `shopKeys`: addCommand may have joined one to it since the lease began. */
  saveCommand(lease: Lease, command: CommandRow): Promise<boolean>;
  /** The shop no longer wants this payment; a hint with it. */
  abandon(id: PaymentId, now: Instant): Promise<void>;
  /** Look at it at this time at the latest. */
  schedule(lease: Lease, lookAt: Instant): Promise<boolean>;

  /**
   * Stored when it resolves. A hint finds its payment by its transaction (its own id, or that of its reading), or by an
   * entity that the payment knows (an EntityRow, or a command's serviceId). One that finds none is a stranger, kept for
   * 24 hours; one whose transaction is known is given to the payment when saveAttempt names the transaction. `full`: a
   * space has too many strangers, nothing was stored, the sender shall come again.
   */
  addHints(hints: readonly Hint[], now: Instant): Promise<"stored" | "full">;
  /** Strangers whose transaction is not known, to be read once so that it is. Oldest first, leased until `until`. */
  claimStrangers(owner: string, now: Instant, until: Instant, limit: number): Promise<readonly Hint[]>;
  /**
   * Forgets those that this owner claimed and that name the same entities: they were added again with a reading, or
   * belong to nobody here.
   */
  dropStrangers(owner: string, hints: readonly Hint[]): Promise<void>;

  /**
   * One commit. A hint that came since the lease began is looked at a second from now at the latest, whatever
   * `truth.lookAt` says: a hint wakes an idle payment at once and a busy one once a second.
   */
  recordTruth(
    lease: Lease,
    truth: {
      readonly payment: Payment;
      readonly entities: readonly EntityRow[];
      readonly owed: readonly NewCommand[];
      readonly staleReads: number;
      /** False: the service does not answer yet what these hints announced; keep them for the next look. */
      readonly hintsSeen: boolean;
      readonly lookAt: Instant | null;
      /** A new revision is a notice too: the owner's systems want to hear of it. Default false. */
      readonly announce?: boolean;
      readonly now: Instant;
    },
  ): Promise<boolean>;
  /** `findings` are those of the showing; one that is no longer among them is resolved. */
  recordShown(
    lease: Lease,
    shown: {
      readonly revision: number;
      readonly receipt: Json | null;
      readonly next: Url | null;
      readonly showAt: Instant | null;
      readonly findings: readonly Finding[];
      readonly now: Instant;
    },
  ): Promise<boolean>;
  /** The step's count of faults + 1, and the failed step's next time. `findings` are added; none is resolved by it. */
  recordFault(
    lease: Lease,
    fault: {
      readonly step: "look" | "show";
      readonly at: Instant;
      readonly findings: readonly Finding[];
      readonly now: Instant;
    },
  ): Promise<boolean>;
  /** The shop's findings, newest first: those that come after the last one of the page before. Default: the newest 100. */
  findings(shop: ShopId, page?: FindingPage): Promise<readonly KeptFinding[]>;

  /** null: it is not due, or somebody else is at it. `early`: somebody asks for it before it is due. */
  claimSweep(
    space: SpaceId,
    entity: EntityKind,
    owner: string,
    now: Instant,
    until: Instant,
    when?: SweepTime,
  ): Promise<{ readonly after: ServiceId | null } | null>;
  recordSweep(
    space: SpaceId,
    entity: EntityKind,
    owner: string,
    after: ServiceId | null,
    found: readonly Hint[],
    now: Instant,
    next: Instant,
  ): Promise<boolean>;
}
