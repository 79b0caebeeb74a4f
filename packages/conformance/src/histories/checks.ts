import { isDeepStrictEqual } from "node:util";
import type { Transaction, TransactionState } from "@checkout-plugins/client";
import { type Attempt, type Payment, type PaymentState, toMoney } from "@checkout-plugins/core";
import type { Customer } from "./customer.ts";
import type { World } from "./world.ts";

export const paymentStates: Readonly<Record<TransactionState, PaymentState>> = {
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

export const withMoney: ReadonlySet<TransactionState> = new Set(["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE"]);

export function minorOf(decimal: string | null, { currency }: Transaction): number {
  return toMoney(decimal ?? "0", currency).minor;
}

export function attemptsOf({ governing, superseded }: Payment): readonly Attempt[] {
  return governing === null ? superseded : [governing, ...superseded];
}

function repeated<T>(values: readonly T[]): T | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

/** Why this transaction must not pay the order; null when it may. */
export function mismatchOf(transaction: Transaction, attempt: Attempt, customer: Customer): string | null {
  if (transaction.linkedSpaceId !== attempt.space) return "space";
  if (transaction.metaData.checkoutPluginsAttempt !== attempt.id) return "order";
  if (transaction.currency !== customer.currency) return "currency";
  if (!customer.wanted.has(minorOf(transaction.authorizationAmount, transaction))) return "amount";
  if (transaction.authorizationEnvironment === "TEST" && !customer.isTest) return "environment";
  return null;
}

/** What must hold for every payment that is recorded or shown, whatever happened. Answers what does not. */
export function checkPayment(payment: Payment, world: World, customer: Customer): readonly string[] {
  const { operations, standing, governing, authorized, completed, refunded } = payment;
  const attempts = attemptsOf(payment);
  const wrong: string[] = [];
  const twice = repeated(attempts.map(({ id }) => id));
  if (twice !== undefined) wrong.push(`attempt ${twice} is there twice: more than one governs`);
  if (completed.minor > authorized.minor) wrong.push(`completed ${completed.minor} of ${authorized.minor}`);
  if (refunded.minor > completed.minor) wrong.push(`refunded ${refunded.minor} of ${completed.minor}`);
  const key = repeated(operations.map((one) => one.key));
  if (key !== undefined) wrong.push(`operation ${key} is there twice`);
  const made = operations.filter(({ kind, serviceId }) => kind !== "review" && serviceId !== null);
  const entity = repeated(made.map(({ kind, serviceId }) => `${kind} ${serviceId}`));
  if (entity !== undefined) wrong.push(`${entity} is there as two operations`);
  if (standing !== "paid" && payment.mayShip) wrong.push(`may ship although ${standing}`);
  if (standing === "paid" || standing === "authorized") {
    const transaction = governing?.transaction ? world.transactions.get(governing.transaction) : undefined;
    if (governing === null || transaction === undefined) wrong.push(`${standing} without a transaction`);
    else {
      const mismatch = mismatchOf(transaction, governing, customer);
      if (mismatch !== null) wrong.push(`${standing} with another ${mismatch} (transaction ${transaction.id})`);
      if (!withMoney.has(transaction.state) && transaction.state !== "VOIDED")
        wrong.push(`${standing} while transaction ${transaction.id} is ${transaction.state}`);
    }
  }
  return wrong;
}

const finalStates: ReadonlySet<PaymentState> = new Set(["fulfilled", "declined", "failed", "voided"]);

function findRevived(before: Payment, payment: Payment): Attempt | undefined {
  const final = attemptsOf(before).filter(({ state }) => finalStates.has(state));
  return attemptsOf(payment).find(({ id, state }) => final.some((one) => one.id === id && one.state !== state));
}

/** Same revision, same payment; another payment, a higher one; and what is final stays. */
export function checkSuccession(before: Payment | undefined, payment: Payment): readonly string[] {
  if (before === undefined) return [];
  const revived = findRevived(before, payment);
  if (revived !== undefined) return [`attempt ${revived.id} was final and is ${revived.state} again`];
  if (payment.revision < before.revision) return [`revision ${payment.revision} was recorded after ${before.revision}`];
  const isSame = isDeepStrictEqual(before, payment);
  if (payment.revision === before.revision && !isSame) return [`revision ${payment.revision} changed its content`];
  if (payment.revision > before.revision && isDeepStrictEqual({ ...before, revision: payment.revision }, payment))
    return [`revision ${payment.revision} says the same as ${before.revision}`];
  return [];
}
