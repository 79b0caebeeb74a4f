import { type Money, type Operation, type Payment, type Seconds, subtract, sum } from "@checkout-plugins/core";
import { MathBN } from "@medusajs/framework/utils";
import { toCoreMoney, toMedusaAmount } from "./medusa-money.ts";
import { author } from "./medusa-names.ts";
import type { MedusaPayment, MedusaRow, MedusaSession, MedusaShop } from "./medusa-shop.ts";

/** In the metadata of a refund that we entered or finished: which operation it is, and whether the order has it too. */
const operationMark = "postfinance_checkout_operation";
const enteredMark = "postfinance_checkout_entered";

/**
 * Medusa writes a capture or refund, asks our provider, and then counts it for the order. Seconds after which what it has
 * not counted is taken for forgotten.
 */
export const patience: Seconds = 120;

export interface EnterParts {
  readonly shop: MedusaShop;
  readonly session: MedusaSession;
  readonly payment: Payment;
  /** Captures that came with the payment row that this showing has made: nobody else counts them. */
  readonly given: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

interface Entering extends EnterParts {
  readonly row: MedusaPayment;
}

/**
 * Enters completions, refunds and voids that Medusa does not know, and takes out what was told as done and then failed.
 * Nothing here calls our provider, so nothing is done twice at the service. Each step compares before it writes: after a
 * crash between any two of them the next showing does the rest.
 *
 * Answers false while Medusa itself is still counting something; then it is to be repeated after `patience`.
 */
export async function enterOperations(parts: EnterParts): Promise<boolean> {
  let { session } = parts;
  let isWhole = true;
  for (const step of [takeOutFailed, enterCaptures, enterRefunds, enterVoid, enterTransactions, balanceRefunds]) {
    if (session.payment === null) return isWhole;
    parts.signal.throwIfAborted();
    const outcome = await step({ ...parts, session, row: session.payment });
    isWhole &&= outcome !== "later";
    session = (await parts.shop.readSession(session.id)) ?? session;
  }
  return isWhole;
}

function isOf(operation: Operation, row: MedusaRow): boolean {
  return row.metadata?.[operationMark] === operation.key || operation.shopKeys.some((key) => key === row.id);
}

/** Told as done while its outcome was open, and then refused. */
async function takeOutFailed({ shop, session, row, payment }: Entering): Promise<undefined> {
  const failed = payment.operations.filter(({ state }) => state === "failed");
  const of = (kind: Operation["kind"], rows: readonly MedusaRow[]): string[] =>
    rows
      .filter((one) => failed.some((operation) => operation.kind === kind && isOf(operation, one)))
      .map(({ id }) => id);
  const captures = of("completion", row.captures);
  const refunds = of("refund", row.refunds);
  const gone = [...captures, ...refunds];
  if (gone.length === 0) return;
  const transactions = await shop.orders.listOrderTransactions({ reference_id: gone }, { select: ["id"] });
  if (transactions.length > 0) await shop.orders.deleteOrderTransactions(transactions.map(({ id }) => id));
  if (captures.length > 0) {
    await shop.payments.deleteCaptures(captures);
    await shop.payments.updatePayment({ id: row.id, captured_at: null } as never);
  }
  if (refunds.length > 0) await shop.payments.deleteRefunds(refunds);
  await shop.payments.maybeUpdatePaymentCollection_(session.collectionId);
}

/** Money that was taken without Medusa: at once, by the service, or in the back office. */
async function enterCaptures({ shop, session, row, payment }: Entering): Promise<undefined> {
  if (payment.standing !== "paid" && payment.standing !== "declined" && payment.standing !== "authorized") return;
  const pending = payment.operations.filter((one) => one.kind === "completion" && one.state === "pending");
  const known = row.captures.filter((capture) => !pending.some((operation) => isOf(operation, capture)));
  const missing = subtract(payment.completed, total(known, session));
  if (missing.minor <= 0) return;
  await shop.payments.capturePayment({
    payment_id: row.id,
    amount: toMedusaAmount(missing),
    captured_by: author,
    is_captured: true,
  });
}

function total(rows: readonly MedusaRow[], { currencyCode }: MedusaSession): Money {
  const amounts = rows.map(({ amount }) => toCoreMoney(amount, currencyCode));
  return sum(amounts, currencyCode.toUpperCase());
}

/** Refunds of the back office, chargebacks, and what core gave back. */
async function enterRefunds({ shop, session, row, payment }: Entering): Promise<undefined> {
  const unknown = payment.operations.filter(
    (one) => one.kind === "refund" && one.state !== "failed" && !row.refunds.some((refund) => isOf(one, refund)),
  );
  for (const { key, amount } of unknown) {
    if (amount === null) continue;
    await shop.payments.createRefunds({
      payment: row.id,
      amount: toMedusaAmount(amount),
      created_by: author,
      metadata: { [operationMark]: key, [enteredMark]: false },
    });
  }
  const isCounted = unknown.length === 0 && (await isBalanced(shop, session));
  if (!isCounted) await shop.payments.maybeUpdatePaymentCollection_(session.collectionId);
}

async function isBalanced(shop: MedusaShop, { collectionId, currencyCode }: MedusaSession): Promise<boolean> {
  const collection = await shop.payments.retrievePaymentCollection(collectionId, { relations: ["payments.refunds"] });
  const rows = (collection.payments ?? []).flatMap(({ refunds }) => refunds ?? []);
  const counted = toCoreMoney(collection.refunded_amount ?? 0, currencyCode);
  const held = sum(
    rows.map(({ amount }) => toCoreMoney(amount ?? 0, currencyCode)),
    currencyCode.toUpperCase(),
  );
  return counted.minor === held.minor;
}

/** A reservation that was given back: Medusa's own cancelPayment would ask our provider to do it. */
async function enterVoid({ shop, session, row, payment, now }: Entering): Promise<undefined> {
  const isOver = payment.standing === "voided" || payment.standing === "failed";
  if (!isOver || row.captures.length > 0) return;
  if (row.canceled_at === null) await shop.payments.updatePayment({ id: row.id, canceled_at: new Date(now) } as never);
  const { status } = await shop.payments.retrievePaymentCollection(session.collectionId, { select: ["status"] });
  if (status !== "canceled")
    await shop.payments.updatePaymentCollections(session.collectionId, { status: "canceled" } as never);
}

/** What an order has been paid and given back is counted by transactions of its own. */
async function enterTransactions({ shop, session, row, given, now }: Entering): Promise<"later" | undefined> {
  const { orderId, currencyCode } = session;
  if (orderId === null) return;
  const entries = [
    ...row.captures.map((one) => ({ reference: "capture", one, amount: MathBN.convert(one.amount) })),
    ...row.refunds.map((one) => ({ reference: "refund", one, amount: MathBN.mult(one.amount, -1) })),
  ];
  const known = await shop.orders.listOrderTransactions({ order_id: orderId }, { select: ["id", "reference_id"] });
  const missing = entries.filter(({ one }) => !known.some(({ reference_id }) => reference_id === one.id));
  const ours = missing.filter(
    ({ one }) => one.created_by === author || given.includes(one.id) || isForgotten(one, now),
  );
  if (ours.length > 0) {
    // Before it is counted, so that a crash repeats the event and does not lose it.
    if (ours.some(({ reference, one }) => reference === "capture" && !given.includes(one.id))) {
      await shop.emit("payment.captured", row.id);
    }
    for (const { reference, one } of ours) if (reference === "refund") await markRefund(shop, one);
    await shop.orders.addOrderTransactions(
      ours.map(({ reference, one, amount }) => ({
        order_id: orderId,
        amount,
        currency_code: currencyCode,
        reference,
        reference_id: one.id,
      })) as never,
    );
  }
  return ours.length < missing.length ? "later" : undefined;
}

/** Whose Medusa died did not get to its credit and its event either: they are ours to enter then, after its transaction. */
async function markRefund(shop: MedusaShop, { id, metadata }: MedusaRow): Promise<void> {
  if (metadata?.[enteredMark] !== undefined) return;
  await shop.payments.updateRefunds({ id, metadata: { ...metadata, [enteredMark]: false } });
}

function isForgotten({ created_at }: MedusaRow, now: number): boolean {
  return now - new Date(created_at).getTime() > patience * 1000;
}

/**
 * A refund for which nothing came back lowers what the order costs, else the buyer would owe it again: Medusa enters a
 * credit for its own refunds, so one is entered for each of ours.
 */
async function balanceRefunds({ shop, session, row }: Entering): Promise<undefined> {
  const { orderId } = session;
  const ours = row.refunds.filter(({ metadata }) => metadata?.[enteredMark] === false);
  for (const refund of ours) {
    if (orderId !== null) await creditRefund(shop, orderId, refund, session.currencyCode);
    await shop.payments.updateRefunds({ id: refund.id, metadata: { ...refund.metadata, [enteredMark]: true } });
    await shop.emit("payment.refunded", row.id);
  }
}

async function creditRefund(shop: MedusaShop, orderId: string, refund: MedusaRow, currency: string): Promise<void> {
  const order = await shop.orders.retrieveOrder(orderId, {
    select: ["id", "status"],
    relations: ["summary", "credit_lines"],
  });
  if (order.status === "canceled" || order.credit_lines?.some(({ reference_id }) => reference_id === refund.id)) return;
  const owed = toCoreMoney(order.summary?.pending_difference ?? 0, currency);
  const amount = toCoreMoney(refund.amount, currency);
  const credit = owed.minor < amount.minor ? owed : amount;
  if (credit.minor <= 0) return;
  await shop.run("create-order-refund-credit-lines", {
    order_id: orderId,
    amount: toMedusaAmount(credit),
    reference: "refund",
    referenceId: refund.id,
    created_by: author,
  });
}
