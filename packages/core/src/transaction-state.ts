import type { TransactionState } from "@checkout-plugins/client";
import type { PaymentState, Standing } from "./contract/payment.ts";

const states: Readonly<Record<TransactionState, PaymentState>> = {
  CREATE: "created",
  PENDING: "pending",
  CONFIRMED: "confirmed",
  PROCESSING: "processing",
  AUTHORIZED: "authorized",
  COMPLETED: "completed",
  FULFILL: "fulfilled",
  DECLINE: "declined",
  FAILED: "failed",
  VOIDED: "voided",
};

export function toPaymentState(state: TransactionState): PaymentState {
  return states[state];
}

const standings: Readonly<Record<PaymentState, Exclude<Standing, "held">>> = {
  created: "open",
  pending: "open",
  confirmed: "open",
  processing: "open",
  authorized: "authorized",
  completed: "paid",
  fulfilled: "paid",
  declined: "declined",
  failed: "failed",
  voided: "voided",
};

/** Paid at COMPLETED; whether it may ship is another question. */
export function toStanding(state: PaymentState): Exclude<Standing, "held"> {
  return standings[state];
}

const finalStates: ReadonlySet<TransactionState> = new Set(["FULFILL", "DECLINE", "FAILED", "VOIDED"]);

export function isFinal(state: TransactionState): boolean {
  return finalStates.has(state);
}

/** Money is reserved or taken. */
export function hasMoney(state: PaymentState): boolean {
  return state === "authorized" || state === "completed" || state === "fulfilled" || state === "declined";
}

/** How far a transaction has come. States of one rank exclude each other. */
const ranks: Readonly<Record<TransactionState, number>> = {
  CREATE: 0,
  PENDING: 1,
  CONFIRMED: 2,
  PROCESSING: 3,
  FAILED: 4,
  AUTHORIZED: 4,
  VOIDED: 5,
  COMPLETED: 5,
  FULFILL: 6,
  DECLINE: 6,
};

/**
 * May what was just read follow what is recorded? States may be skipped (AUTHORIZED to DECLINE with COMPLETED missed),
 * final ones stay, and a step back along the path is a reading that was outdated when it was answered.
 */
export function isForward(recorded: TransactionState, reading: TransactionState): boolean {
  if (recorded === reading) return true;
  if (isFinal(recorded)) return false;
  return reading === "FAILED" || ranks[reading] > ranks[recorded];
}

/** Is the state that a webhook announced further than what is recorded? Then a reading that lacks it was too early. */
export function isAhead(announced: TransactionState, recorded: TransactionState): boolean {
  return announced !== recorded && isForward(recorded, announced);
}
