import {
  type Decimal,
  type FailureCategory,
  type Instant,
  type ServiceId,
  type SpaceId,
  type Transaction,
  type TransactionState,
  transactionStates,
} from "@checkout-plugins/client";
import type { EntityRow, Json } from "./contract/index.ts";
import type { LocalizedText } from "./localized-text.ts";
import { sum, toDecimal, toMoney } from "./money.ts";
import { isFinal, isForward } from "./transaction-state.ts";

/** What we keep of a transaction that was read: all that the fold needs, and nothing of the buyer. */
export interface TransactionSnapshot {
  readonly state: TransactionState;
  readonly space: SpaceId;
  readonly currency: string;
  readonly authorizationAmount: Decimal;
  readonly completedAmount: Decimal | null;
  readonly refundedAmount: Decimal | null;
  /** Our own mark, from the transaction's metaData. */
  readonly attempt: string | null;
  readonly authorizationEnvironment: "TEST" | "PRODUCTION" | null;
  /** Absent in records of older versions, and where the money is taken at once. */
  readonly deferred?: true;
  readonly processingOn: Instant | null;
  readonly authorizedOn: Instant | null;
  readonly authorizationTimeoutOn: Instant | null;
  readonly completionTimeoutOn: Instant | null;
  readonly userFailureMessage: string | null;
  readonly failureReason: {
    readonly id: ServiceId | null;
    readonly category: FailureCategory | null;
    readonly description: string | null;
  } | null;
  readonly method: { readonly id: ServiceId; readonly name: string | null; readonly title: LocalizedText } | null;
  /** Absent in records of older versions, and where no means are kept. */
  readonly token?: ServiceId;
  /** Lines of tips, those of the order and those of a terminal. Absent in records of older versions, and where none is. */
  readonly tips?: Decimal;
  readonly version: number;
}

/** The key in a transaction's metaData that ties it to our attempt. */
export const attemptMark = "checkoutPluginsAttempt";

export function toTransactionSnapshot(transaction: Transaction): TransactionSnapshot {
  const { failureReason, paymentMethodConfiguration } = transaction;
  return {
    state: transaction.state,
    space: transaction.linkedSpaceId,
    currency: transaction.currency,
    authorizationAmount: transaction.authorizationAmount,
    completedAmount: transaction.completedAmount,
    refundedAmount: transaction.refundedAmount,
    attempt: transaction.metaData[attemptMark] ?? null,
    authorizationEnvironment: transaction.authorizationEnvironment,
    ...(transaction.completionBehavior === "COMPLETE_DEFERRED" && { deferred: true }),
    processingOn: transaction.processingOn,
    authorizedOn: transaction.authorizedOn,
    authorizationTimeoutOn: transaction.authorizationTimeoutOn,
    completionTimeoutOn: transaction.completionTimeoutOn,
    userFailureMessage: transaction.userFailureMessage,
    failureReason: failureReason && {
      id: failureReason.id,
      category: failureReason.category,
      description: failureReason.description["en-US"] ?? Object.values(failureReason.description)[0] ?? null,
    },
    method: paymentMethodConfiguration && {
      id: paymentMethodConfiguration.id,
      name: paymentMethodConfiguration.name,
      title: paymentMethodConfiguration.resolvedTitle,
    },
    ...(transaction.token && { token: transaction.token }),
    ...toTips(transaction),
    version: transaction.version,
  };
}

function toTips({ currency, lineItems }: Transaction): Pick<TransactionSnapshot, "tips"> {
  const tips = lineItems.filter(({ type }) => type === "TIP");
  if (tips.length === 0) return {};
  const amounts = tips.map(({ amountIncludingTax }) => toMoney(amountIncludingTax, currency));
  return { tips: toDecimal(sum(amounts, currency)) };
}

/** Snapshots are ours, written by this version or an older one of this package. */
export function readTransactionSnapshot(row: EntityRow): TransactionSnapshot {
  const snapshot = row.snapshot as unknown as TransactionSnapshot;
  if (!transactionStates.includes(snapshot.state)) {
    throw new TypeError(`The record of transaction ${row.id} has the unknown state "${snapshot.state}"`);
  }
  return snapshot;
}

/**
 * The reading, unless it is older than what is recorded: the service may answer from a copy that lags behind.
 * `stale` says that it was.
 */
export function toTransactionRow(
  recorded: EntityRow | undefined,
  transaction: Transaction,
): { readonly row: EntityRow; readonly stale: boolean } {
  if (recorded !== undefined && !isForward(readTransactionSnapshot(recorded).state, transaction.state)) {
    return { row: recorded, stale: true };
  }
  const row: EntityRow = {
    entity: "transaction",
    id: transaction.id,
    snapshot: toTransactionSnapshot(transaction) as unknown as Json,
    final: isFinal(transaction.state),
  };
  return { row, stale: false };
}
