import type {
  AttemptId,
  Instant,
  MethodId,
  Money,
  OperationKey,
  OrderGroup,
  PaymentId,
  PaymentReference,
  ServiceId,
  ShopKey,
  SpaceId,
  StoredMeansId,
  TerminalId,
} from "./ids.ts";
import type { LineAmount } from "./order.ts";

export type FailureCode =
  | "declined"
  | "cancelledByBuyer"
  | "timedOut"
  | "authenticationFailed"
  | "insufficientFunds"
  | "expiredCard"
  | "suspectedFraud"
  // where the service says no more than the category of its failure reason
  | "temporary"
  | "configuration"
  | "invalidRequest"
  // 4xx before an entity existed
  | "refusedByService"
  // refused by core
  | "oneStillOpen"
  | "notPossibleNow"
  | "exceedsAmount"
  | "unknownPayment"
  | "unknownMeans"
  | "notSupported";

export interface Failure {
  readonly code: FailureCode;
  /** For the buyer, in the language of the order. */
  readonly publicMessage: string;
  /** For the merchant: what happened and what to do. */
  readonly merchantMessage: string;
  readonly serviceReason: ServiceId | null;
}

/** What came of a completion, void, refund or review, wherever it was started. */
export interface Operation {
  readonly key: OperationKey;
  readonly kind: "completion" | "void" | "refund" | "review";
  /** core: the void or refund of a double payment. */
  readonly origin: "shop" | "backOffice" | "service" | "core";
  readonly attempt: AttemptId;
  /** Newest last: a shop that deleted its row comes back with another one. */
  readonly shopKeys: readonly ShopKey[];
  /** null: not created yet, or refused before it was. */
  readonly serviceId: ServiceId | null;
  /** null: voids and reviews, for which the service takes no key, and what others started. */
  readonly externalId: string | null;
  /** null: void, review. */
  readonly amount: Money | null;
  readonly lines: readonly LineAmount[] | null;
  readonly state: "pending" | "successful" | "failed";
  readonly failure: Failure | null;
  readonly on: Instant;
}

export type PaymentState =
  | "created"
  | "pending"
  | "confirmed"
  | "processing"
  | "authorized"
  | "completed"
  | "fulfilled"
  | "declined"
  | "failed"
  | "voided";

/** One transaction at the service. A payment may have several; one governs, the others are superseded. */
export interface Attempt {
  readonly id: AttemptId;
  /** null: the create was not sent yet, or its answer was cut. */
  readonly transaction: ServiceId | null;
  readonly space: SpaceId;
  readonly state: PaymentState;
  /** Agreed at confirmation. */
  readonly amount: Money;
  readonly authorizedOn: Instant | null;
  /** The money waits until the shop completes, and is not taken at once. Absent: it does not, or it was not read yet. */
  readonly deferred?: true;
  /** Where the buyer is asked to pay. `isStopped`: nobody waits for him there any more. Absent: not at a terminal. */
  readonly terminal?: { readonly id: TerminalId; readonly isStopped: boolean };
  readonly failure: Failure | null;
}

export type FindingKind =
  // of the truth: part of the Payment
  | "doublePayment"
  | "paidThoughAbandoned"
  | "wrongAmount"
  | "wrongCurrency"
  | "wrongSpace"
  | "wrongOrder"
  | "testMoney"
  | "chargeback"
  | "unexplainedRefund"
  // of the showing: beside the Payment, where each refusal would else be a new revision, shown and refused again
  | "orderGone"
  | "orderClosed"
  | "changedByMerchant"
  | "cannotShow"
  | "notShownForAnHour"
  | "orphan"
  | "repeatedFault"
  /** Only in a shop that is older than its gateway: a kind it does not know. `detail` says what happened all the same. */
  | "other";

/**
 * Something a person must know. No dates: the store keeps since, resolvedOn and toldOn by `key`, so that a Payment
 * stays a pure function of what was read.
 */
export interface Finding {
  readonly key: string;
  readonly kind: FindingKind;
  /** What happened, what to do and whom to call, in plain English; the kind and amount are what is translated. */
  readonly detail: string;
  readonly amount: Money | null;
}

/**
 * What a shop acts on.
 *
 * - `open`: nothing is decided; the buyer may still pay.
 * - `authorized`: the money is reserved.
 * - `paid`: the money is taken (COMPLETED, FULFILL).
 * - `failed`: this try failed; whether another one is possible is the shop's `retries`.
 * - `voided`: the reservation was given back; or the money, because the shop had given the payment up or the order was
 *   paid otherwise. What the merchant refunds of a paid order stays `paid`, with what is `refunded`.
 * - `declined`: the money is taken, the goods must not be shipped; refund it.
 * - `held`: the money is there, but a check failed (another amount, currency, order, space, or test money). Never paid.
 */
export type Standing = "open" | "authorized" | "paid" | "failed" | "voided" | "declined" | "held";

/** Immutable, Json and compared as a whole: `revision` grows when anything here differs. */
export interface Payment {
  readonly id: PaymentId;
  readonly reference: PaymentReference;
  readonly group: OrderGroup | null;
  readonly revision: number;
  readonly standing: Standing;
  /** Fulfilled, and nothing is held. */
  readonly mayShip: boolean;
  /** Of the governing attempt. */
  readonly state: PaymentState;
  readonly governing: Attempt | null;
  readonly superseded: readonly Attempt[];
  /** The shop no longer wants it; a later authorization is voided or refunded. */
  readonly abandoned: boolean;
  readonly amount: Money;
  /** From the transaction, not the sum of operations. */
  readonly authorized: Money;
  readonly completed: Money;
  readonly refunded: Money;
  /** Given at the terminal on top of `amount`; part of what is authorized. Absent: none. */
  readonly tip?: Money;
  readonly operations: readonly Operation[];
  readonly review: {
    readonly state: "open" | "suitable" | "notSuitable";
    readonly decideBy: Instant | null;
  } | null;
  readonly invoice: {
    readonly state: "open" | "overdue" | "paid" | "cancelled";
    readonly dueOn: Instant | null;
  } | null;
  readonly method: { readonly id: MethodId; readonly name: string; readonly brand: string | null } | null;
  /** Under which the buyer's means are kept, for a later charge; null: not kept. */
  readonly means: StoredMeansId | null;
  readonly environment: "live" | "test";
  /** While open: after it the attempt fails. While authorized: after it the service completes. */
  readonly expiresOn: Instant | null;
  /** The buyer is done, the answer takes hours or days. */
  readonly slow: boolean;
  readonly failure: Failure | null;
  readonly findings: readonly Finding[];
}
