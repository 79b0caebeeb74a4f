import type { BuyerStep, HeldKeys } from "./commands.ts";
import type {
  AttemptId,
  CommandId,
  Instant,
  Json,
  Money,
  OrderGroup,
  PaymentId,
  PaymentReference,
  ServiceId,
  ShopId,
  ShopKey,
  SpaceId,
  TerminalId,
  Url,
} from "./ids.ts";
import type { LineAmount, ShopOrder } from "./order.ts";
import type { Failure, Payment } from "./payment.ts";

export type EntityKind = "transaction" | "completion" | "void" | "refund" | "deliveryIndication" | "transactionInvoice";

export interface EntityRef {
  readonly entity: EntityKind;
  readonly id: ServiceId;
}

/** Something at the service may have changed. */
export interface Hint extends EntityRef {
  readonly space: SpaceId;
  /** Only from a verified signature; it may be outdated by the time it arrives. */
  readonly state: string | null;
  /**
   * What was read of the entity when its payment was looked for, or by a sweep: which transaction it belongs to, and
   * the reading, so that the look need not read it again. null: it came by webhook and only names the entity.
   */
  readonly reading: { readonly transaction: ServiceId; readonly row: EntityRow } | null;
}

export interface AttemptRow {
  readonly id: AttemptId;
  readonly space: SpaceId;
  /** As agreed: test money pays only a payment that was started as a test. */
  readonly environment: "live" | "test";
  readonly transaction: ServiceId | null;
  /** As agreed: what the transaction is checked against. */
  readonly order: ShopOrder;
  /**
   * `intended`: written before the call. `cut`: its answer did not arrive, so its address was never handed to anybody.
   * `refused`: the service certainly made none.
   */
  readonly createState: "intended" | "created" | "cut" | "refused";
  readonly step: BuyerStep | null;
  /**
   * Digest of what the service has beside the order: method, addresses, behaviour. null: it is not known whether it has
   * `order` as it stands here, so it is sent again before anybody is led to pay.
   */
  readonly sent: string | null;
  /** Charged without the buyer, whom its address is never given to. `refusal`: the service would not process it. */
  readonly charge: { readonly shopKey: ShopKey; readonly refusal: Failure | null } | null;
  /** Another plugin created it: it has that one's lines, and no mark of ours. Absent: it is ours. */
  readonly adopted?: true;
  /**
   * `idle`: the terminal certainly does not ask for it. `asked`: it may, since a request went out. `stopped`: it may, but
   * the merchant no longer waits. Absent: not at a terminal.
   */
  readonly terminal?: { readonly id: TerminalId; readonly state: "idle" | "asked" | "stopped" };
  readonly on: Instant;
}

export interface CommandRow {
  readonly id: CommandId;
  readonly attempt: AttemptId;
  readonly kind: "complete" | "void" | "refund" | "review";
  readonly shopKeys: readonly ShopKey[];
  readonly origin: "shop" | "core";
  readonly body: Json;
  readonly amount: Money | null;
  readonly lines: readonly LineAmount[] | null;
  /** `open`: send, or send again. `known`: the entity is read. `refused`: `failure` says why. */
  readonly state: "open" | "known" | "refused";
  readonly serviceId: ServiceId | null;
  readonly failure: Failure | null;
  readonly on: Instant;
  readonly sends: number;
  /**
   * The revision that first says it is done, of those that the shop did not refuse. Until the shop shows that one,
   * whoever asks again asks for the same.
   */
  readonly doneIn?: number;
  /** What the shop held when it asked for it first. Absent: core owes it. */
  readonly heldKeys?: HeldKeys;
}
export type NewCommand = Omit<CommandRow, "sends" | "state" | "serviceId" | "failure" | "doneIn" | "heldKeys">;

/** The last reading of an entity. Without it a back-office refund would be forgotten at the next look. */
export interface EntityRow extends EntityRef {
  readonly snapshot: Json;
  /** Is not read again, unless a hint names it. */
  readonly final: boolean;
}

export interface PaymentRow {
  readonly id: PaymentId;
  readonly shop: ShopId;
  readonly reference: PaymentReference;
  readonly group: OrderGroup | null;
  readonly openedOn: Instant;
  readonly payment: Payment | null;
  readonly revision: number;
  readonly shownRevision: number;
  readonly receipt: Json | null;
  readonly next: Url | null;
  readonly abandoned: boolean;
  /** When to look next: `timerAt`, or sooner for a hint. */
  readonly lookAt: Instant | null;
  /** When to look next if nobody gives a hint. */
  readonly timerAt: Instant | null;
  readonly showAt: Instant | null;
  readonly hintCount: number;
  readonly seenHints: number;
  readonly recordedAt: Instant | null;
  /** Since when the shop does not show the recorded revision. */
  readonly unshownSince: Instant | null;
  /** Readings in a row that lagged behind a signed hint. */
  readonly staleReads: number;
  /** Looks that failed in a row. */
  readonly faults: number;
  /** Showings in a row that failed or were not ready. */
  readonly showFaults: number;
  /** Of the running lease. */
  readonly step: "look" | "show" | null;
}
