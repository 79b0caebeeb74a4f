import { isDeepStrictEqual } from "node:util";
import type { Transaction, TransactionState } from "@checkout-plugins/client";
import { type Attempt, type Operation, type Payment, type PaymentState, toMoney } from "@checkout-plugins/core";
import type { Customer, Intent } from "./customer.ts";
import type { Scene } from "./scene.ts";
import type { World } from "./world.ts";

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

const withMoney: ReadonlySet<TransactionState> = new Set(["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE"]);

function minor(decimal: string | null, { currency }: Transaction): number {
  return toMoney(decimal ?? "0", currency).minor;
}

/** The buyer's money that is reserved or taken and not given back. */
export function keptOf(transaction: Transaction): number {
  if (!withMoney.has(transaction.state)) return 0;
  if (transaction.state === "AUTHORIZED") return minor(transaction.authorizationAmount, transaction);
  return minor(transaction.completedAmount, transaction) - minor(transaction.refundedAmount, transaction);
}

function attemptsOf({ governing, superseded }: Payment): readonly Attempt[] {
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
  if (!customer.wanted.has(minor(transaction.authorizationAmount, transaction))) return "amount";
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

function checkAttempt(attempt: Attempt, world: World): readonly string[] {
  if (attempt.transaction === null) return [];
  const { state } = world.find(attempt.transaction);
  return attempt.state === states[state]
    ? []
    : [`transaction ${attempt.transaction} is shown as ${attempt.state}, it is ${state}`];
}

const outcomes: Readonly<Record<string, Operation["state"]>> = { SUCCESSFUL: "successful", FAILED: "failed" };

function checkGoverning(shown: Payment, governing: Transaction, { operations }: Scene): readonly string[] {
  const wrong: string[] = [];
  if (shown.completed.minor !== minor(governing.completedAmount, governing)) wrong.push("another completed amount");
  if (shown.refunded.minor !== minor(governing.refundedAmount, governing)) wrong.push("another refunded amount");
  for (const refund of operations.refunds.values()) {
    if (refund.transaction !== governing.id) continue;
    const found = shown.operations.filter(({ kind, serviceId }) => kind === "refund" && serviceId === refund.id);
    if (found.length !== 1) wrong.push(`refund ${refund.id} is shown ${found.length} times`);
    if (found[0] !== undefined && found[0].state !== outcomes[refund.state])
      wrong.push(`refund ${refund.id} is shown as ${found[0].state}, it is ${refund.state}`);
  }
  return wrong;
}

/** What must hold in the end, when all is quiet: the shop shows the truth of the service, the whole truth. */
export function checkTruth(scene: Scene, customer: Customer): readonly string[] {
  const { world, book } = scene;
  const shown = book.shelves.get(customer.reference)?.payment;
  if (shown === undefined) return customer.pages.size === 0 ? [] : [`${customer.reference} is not shown at all`];
  const wrong: string[] = attemptsOf(shown).flatMap((attempt) => checkAttempt(attempt, world));
  const own = [...world.transactions.values()].filter(
    ({ metaData, id }) => metaData.checkoutPluginsPayment === shown.id || customer.lost.has(id),
  );
  const paying = own.filter(({ state }) => withMoney.has(state));
  for (const { id, state } of paying) {
    const isKnown = attemptsOf(shown).some(({ transaction }) => transaction === id);
    if (!isKnown) wrong.push(`transaction ${id} is ${state} and not shown at all`);
  }
  const governing = shown.governing?.transaction ? world.find(shown.governing.transaction) : null;
  const hasMoney = governing !== null && withMoney.has(governing.state);
  if (paying.length > 0 && !hasMoney)
    wrong.push(`there is money in ${paying.map(({ id }) => id).join()}, which does not govern`);
  if (hasMoney) wrong.push(...checkGoverning(shown, governing, scene));
  if (hasMoney && shown.governing !== null) {
    const mismatch = mismatchOf(governing, shown.governing, customer);
    const isPlain = customer.wanted.size === 1 && !shown.abandoned && scene.customers.length === 1;
    if (mismatch === null && isPlain && paying.length === 1 && shown.standing === "held")
      wrong.push("held for nothing");
  }
  if (shown.standing === "held" && shown.findings.length === 0) wrong.push("held without a finding");
  for (const { key, state } of shown.operations) if (state === "pending") wrong.push(`operation ${key} never ends`);
  if (shown.abandoned && (shown.standing === "paid" || shown.mayShip))
    wrong.push("given up by the shop, shown as paid");
  return wrong.map((one) => `${customer.reference}: ${one}`);
}

/** Clicks that look the same to whoever receives them: two refunds of one amount, one of them pressed again. */
function alike(one: Intent, other: Intent): boolean {
  return one.kind === other.kind && one.amount === other.amount && one.byLine === other.byLine;
}

function checkIntent(intent: Intent, intents: readonly Intent[], operations: readonly Operation[]): readonly string[] {
  const { kind, known } = intent;
  const same = intents.filter((other) => alike(intent, other));
  const keys = same.flatMap((one) => one.keys);
  const mine = operations.filter(({ shopKeys }) => shopKeys.some((key) => keys.includes(key)));
  const done = mine.filter(({ state }) => state !== "failed");
  const most = Math.max(...done.map(({ attempt }) => done.filter((one) => one.attempt === attempt).length), 0);
  const name = `the ${kind} with ${keys.join()}`;
  const wrong: string[] = [];
  if (most > same.length && kind !== "review") wrong.push(`${name} was carried out ${most} times`);
  if (known === "failed" && done.length >= same.length && kind !== "review")
    wrong.push(`${name} was told failed and carried out`);
  if (known === "successful" && kind !== "void" && done.length === 0)
    wrong.push(`${name} was told successful and not carried out`);
  return wrong;
}

/** What must hold in the end: each click had one effect, and nobody has paid twice unseen. */
export function checkEffects({ customers, book, world }: Scene): readonly string[] {
  const wrong: string[] = [];
  const shown = customers.flatMap(({ reference }) => book.shelves.get(reference)?.payment ?? []);
  for (const { reference, intents } of customers) {
    const operations = book.shelves.get(reference)?.payment.operations ?? [];
    for (const intent of intents) wrong.push(...checkIntent(intent, intents, operations));
    for (const { key, state } of operations) {
      const times = book.shelves.get(reference)?.entered.get(key) ?? 0;
      if (times !== (state === "successful" ? 1 : 0)) wrong.push(`operation ${key} is ${times} times in the shop`);
    }
  }
  const kept = [...world.transactions.values()].filter((transaction) => keptOf(transaction) > 0);
  const unseen = kept.filter(({ id }) => {
    const payment = shown.find((one) => attemptsOf(one).some(({ transaction }) => transaction === id));
    return payment === undefined || payment.findings.length === 0;
  });
  if (unseen.length > 1) wrong.push(`the buyer paid ${unseen.map(({ id }) => id).join(" and ")}, and nobody knows`);
  const paid = shown.filter(
    ({ standing, findings, refunded, completed }) =>
      standing === "paid" && findings.length === 0 && refunded.minor < completed.minor,
  );
  if (paid.length > 1) wrong.push(`one order is paid as ${paid.map(({ reference }) => reference).join(" and ")}`);
  for (const payment of shown) {
    if (
      payment.abandoned &&
      kept.some(({ id }) => payment.governing?.transaction === id) &&
      payment.findings.length === 0
    )
      wrong.push(`${payment.reference} was given up and keeps the money`);
  }
  return wrong;
}
