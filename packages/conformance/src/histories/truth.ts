import type { Transaction } from "@checkout-plugins/client";
import type { Attempt, Operation, Payment } from "@checkout-plugins/core";
import { attemptsOf, minorOf, mismatchOf, paymentStates, withMoney } from "./checks.ts";
import type { Customer, Intent } from "./customer.ts";
import { shopId } from "./gateway.ts";
import type { Scene } from "./scene.ts";
import type { World } from "./world.ts";

/** The buyer's money that is reserved or taken and not given back. */
export function keptOf(transaction: Transaction): number {
  if (!withMoney.has(transaction.state)) return 0;
  if (transaction.state === "AUTHORIZED") return minorOf(transaction.authorizationAmount, transaction);
  return minorOf(transaction.completedAmount, transaction) - minorOf(transaction.refundedAmount, transaction);
}

/** What the shop shows in the end; of a deleted order, what it would. */
function lastOf({ book, recorded }: Scene, { reference }: Customer): Payment | undefined {
  return book.gone.has(reference) ? recorded(reference) : book.shelves.get(reference)?.payment;
}

function checkAttempt(attempt: Attempt, world: World): readonly string[] {
  if (attempt.transaction === null) return [];
  const { state } = world.find(attempt.transaction);
  return attempt.state === paymentStates[state]
    ? []
    : [`transaction ${attempt.transaction} is shown as ${attempt.state}, it is ${state}`];
}

const outcomes: Readonly<Record<string, Operation["state"]>> = { SUCCESSFUL: "successful", FAILED: "failed" };

function checkGoverning(shown: Payment, governing: Transaction, { operations }: Scene): readonly string[] {
  const wrong: string[] = [];
  if (shown.completed.minor !== minorOf(governing.completedAmount, governing)) wrong.push("another completed amount");
  if (shown.refunded.minor !== minorOf(governing.refundedAmount, governing)) wrong.push("another refunded amount");
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
  const { world } = scene;
  const shown = lastOf(scene, customer);
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
export function checkEffects(scene: Scene): readonly string[] {
  const { customers, book, world } = scene;
  const wrong: string[] = [];
  const shown = customers.flatMap((customer) => lastOf(scene, customer) ?? []);
  for (const { intents } of customers) {
    const operations = shown.flatMap((payment) => payment.operations);
    for (const intent of intents) wrong.push(...checkIntent(intent, intents, operations));
  }
  for (const { payment, entered } of book.shelves.values()) {
    for (const { key, state } of payment.operations) {
      const times = entered.get(key) ?? 0;
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
  for (const { reference, abandoned, governing, findings } of shown) {
    const isKept = kept.some(({ id }) => governing?.transaction === id);
    if (abandoned && isKept && findings.length === 0) wrong.push(`${reference} was given up and keeps the money`);
  }
  return wrong;
}

/** Of a deleted order whose payment went on, a person is told. */
export async function checkFindings({ store, book, recorded }: Scene): Promise<readonly string[]> {
  const findings = await store.findings(shopId, { after: null, limit: 100_000 });
  return [...book.gone].flatMap((reference) => {
    const payment = recorded(reference);
    if (payment === undefined || payment.revision === book.shelves.get(reference)?.payment.revision) return [];
    const isTold = findings.some(({ kind, payment: id }) => kind === "orderGone" && id === payment.id);
    return isTold ? [] : [`${reference} was deleted, and nobody knows`];
  });
}
