import type { TransactionState } from "@checkout-plugins/client";
import type { Time, TransactionRow } from "../state/transaction.ts";

/**
 * Which state follows which. Staying where it is counts where the service does something without leaving the state:
 * an update while PENDING, another attempt while PROCESSING, a completion that is not the last while AUTHORIZED.
 */
export const transactionTransitions: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  CREATE: ["PENDING"],
  PENDING: ["PENDING", "CONFIRMED", "FAILED"],
  CONFIRMED: ["PROCESSING", "FAILED"],
  PROCESSING: ["PROCESSING", "AUTHORIZED", "FAILED"],
  AUTHORIZED: ["AUTHORIZED", "COMPLETED", "VOIDED"],
  COMPLETED: ["FULFILL", "DECLINE"],
  FULFILL: [],
  DECLINE: [],
  FAILED: [],
  VOIDED: [],
};

/** Durations in milliseconds. */
export interface Lifetimes {
  readonly authorizationTimeout: number;
  readonly completionTimeout: number;
  readonly endOfLife: number;
}

export function canMove(from: TransactionState, to: TransactionState): boolean {
  return transactionTransitions[from].includes(to);
}

/** Can the buyer still pay? */
export function isOpen(state: TransactionState): boolean {
  return state === "PENDING" || state === "CONFIRMED" || state === "PROCESSING";
}

/** Has the money been taken or reserved? */
export function isSuccessful(state: TransactionState): boolean {
  return state === "AUTHORIZED" || state === "COMPLETED" || state === "FULFILL" || state === "DECLINE";
}

function stamps(to: TransactionState, at: Time, lifetimes: Lifetimes): Partial<TransactionRow> {
  switch (to) {
    case "CREATE":
    case "PENDING":
    case "VOIDED":
      return {};
    case "CONFIRMED":
      return { confirmedOn: at };
    case "PROCESSING":
      return { processingOn: at, authorizationTimeoutOn: at + lifetimes.authorizationTimeout };
    case "AUTHORIZED":
      return {
        authorizedOn: at,
        completionTimeoutOn: at + lifetimes.completionTimeout,
        endOfLife: at + lifetimes.endOfLife,
      };
    case "COMPLETED":
      return { completedOn: at };
    case "FULFILL":
    case "DECLINE":
      return { deliveryDecisionMadeOn: at };
    case "FAILED":
      return { failedOn: at };
  }
}

/**
 * The transaction in its next state, one version on, with the dates that belong to it.
 * @throws RangeError when the state cannot follow; callers ask `canMove` first.
 */
export function move(row: TransactionRow, to: TransactionState, at: Time, lifetimes: Lifetimes): TransactionRow {
  if (!canMove(row.state, to)) throw new RangeError(`Transaction ${row.id}: ${to} cannot follow ${row.state}`);
  const dates = row.state === to ? {} : stamps(to, at, lifetimes);
  return { ...row, ...dates, state: to, version: row.version + 1 };
}
