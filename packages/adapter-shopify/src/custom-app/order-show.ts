import { createHash } from "node:crypto";
import {
  isPaymentError,
  type Json,
  type Operation,
  type Payment,
  PaymentError,
  type Shown,
  toDecimal,
  type Url,
} from "@checkout-plugins/core";
import { retryWait } from "../retry-schedule.ts";
import { type Operation as Call, type Outcome, type ShopifyApi, toWhy } from "../shopify-api.ts";
import type { ShopifyParts } from "../shopify-parts.ts";
import {
  type AdminOrder,
  type AdminTransaction,
  orderMarkAsPaid,
  readOrder,
  refundCreate,
  tagsAdd,
  toOrderGid,
} from "./admin-api.ts";
import { toAdminMoney } from "./admin-order.ts";
import { toOurNote } from "./order-commands.ts";

/** What core keeps for us: the newest revision that was shown, and how often Shopify did not answer since. */
export type Receipt = {
  readonly revision: number;
  readonly tries: number;
  /** The order was paid once in Shopify: what becomes of it afterwards is the merchant's choice. */
  readonly paid: boolean;
};

/** On the order while something is wrong with its money: the merchant sees it in his list. */
export const checkTag = "PostFinance: check payment";

function readReceipt(receipt: Json | null): Receipt {
  const { revision, tries, paid } = (receipt ?? {}) as { [key: string]: unknown };
  return {
    revision: typeof revision === "number" ? revision : 0,
    tries: typeof tries === "number" ? tries : 0,
    paid: paid === true,
  };
}

/** Shopify wants a UUID: the same one for the same refund, whoever enters it and however often. */
function toIdempotencyKey(payment: Payment, operation: Operation): string {
  const hex = createHash("sha256").update(`${payment.id} ${operation.key}`).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) % 4) + 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface OrderShowing {
  readonly api: ShopifyApi;
  readonly parts: Pick<ShopifyParts, "logger">;
}

interface Showing {
  readonly call: <T>(operation: Call<T>, variables: Readonly<Record<string, unknown>>) => Promise<Outcome<T>>;
  readonly order: AdminOrder;
  readonly payment: Payment;
  /** The receipt's. */
  readonly paid: boolean;
}

/** What a merchant must know that this order cannot show. */
type Problem = { readonly reason: "orderClosed" | "changedByMerchant" | "cannotShow"; readonly detail: string };

/** Milliseconds by which Shopify's clock and the service's may differ. */
const skew = 10_000;

function isSale({ kind, status, gateway }: AdminTransaction): boolean {
  return status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE") && gateway !== "gift_card";
}

/** The order was closed by other money: ours came after all that Shopify counts. */
function wasPaidOtherwise({ transactions }: AdminOrder, { governing }: Payment): boolean {
  const sales = transactions.filter(isSale);
  const paidOn = Date.parse(governing?.authorizedOn ?? "");
  return sales.length > 0 && sales.every(({ processedAt }) => Date.parse(processedAt ?? "") < paidOn - skew);
}

async function markAsPaid({ call, order, payment }: Showing): Promise<Problem | null> {
  const was = `${payment.completed.currency} ${toDecimal(payment.completed)}`;
  if (order.cancelledAt !== null) {
    const detail = `The order was cancelled in Shopify, and ${was} was paid. Refund it, or open another order.`;
    return { reason: "orderClosed", detail };
  }
  if (!order.canMarkAsPaid) {
    if (!wasPaidOtherwise(order, payment)) return null;
    const detail = `The order was marked as paid before ${was} was paid by the link. If that was other money, refund one of the two.`;
    return { reason: "orderClosed", detail };
  }
  const outstanding = toAdminMoney(order.totalOutstandingSet);
  if (outstanding.currency !== payment.completed.currency || outstanding.minor !== payment.completed.minor) {
    const now = `${outstanding.currency} ${toDecimal(outstanding)}`;
    const detail = `${was} was paid, but ${now} is outstanding in Shopify: the order was changed. Settle the difference with the buyer, then mark it as paid.`;
    return { reason: "changedByMerchant", detail };
  }
  const outcome = await call(orderMarkAsPaid, { input: { id: order.id } });
  if (outcome.kind !== "refused") return null;
  const why = toWhy(outcome);
  return {
    reason: "cannotShow",
    detail: `Shopify does not mark the order as paid: ${why} Do it by hand; ${was} is there.`,
  };
}

/** What refunds the order in Shopify does not show as they are. */
interface Refunds {
  /** Made elsewhere, and not in Shopify. */
  readonly missing: readonly Operation[];
  /** In Shopify, for it recorded them before anybody was asked; the buyer did not get them. */
  readonly failed: readonly Operation[];
}

/** What failed and was then made good elsewhere is in Shopify already: the two cancel each other out. */
function compareRefunds({ order, payment }: Pick<Showing, "order" | "payment">): Refunds {
  const refunds = payment.operations.filter(({ kind }) => kind === "refund");
  const failed = refunds.filter(({ state, shopKeys }) => state === "failed" && shopKeys.length > 0);
  const isElsewhere = ({ key, state, shopKeys, attempt }: Operation): boolean =>
    state === "successful" &&
    shopKeys.length === 0 &&
    attempt === payment.governing?.id &&
    !order.refunds.some(({ note }) => note === toOurNote(key));
  const missing = refunds.filter(isElsewhere).filter(({ amount }) => {
    const index = failed.findIndex((one) => one.amount?.minor === amount?.minor);
    if (index >= 0) failed.splice(index, 1);
    return index < 0;
  });
  return { missing, failed };
}

function toText(amount: Operation["amount"]): string {
  return amount === null ? "A refund" : `A refund of ${amount.currency} ${toDecimal(amount)}`;
}

/** Enters refunds in Shopify; without our provider, since it is no provider's payment. */
async function enterRefunds({ call, order, payment }: Showing): Promise<Problem | null> {
  const { missing, failed } = compareRefunds({ order, payment });
  const sale = order.transactions.find(isSale);
  for (const operation of missing) {
    const { key, amount } = operation;
    if (amount === null || sale === undefined) continue;
    const transaction = {
      orderId: order.id,
      parentId: sale.id,
      gateway: sale.gateway ?? "manual",
      kind: "REFUND",
      amount: toDecimal(amount),
    };
    const input = { orderId: order.id, note: toOurNote(key), transactions: [transaction] };
    const outcome = await call(refundCreate, { input, key: toIdempotencyKey(payment, operation) });
    if (outcome.kind !== "refused") continue;
    const why = toWhy(outcome);
    const detail = `${toText(amount)} (${key}) was made, and Shopify does not take it: ${why} Enter it by hand.`;
    return { reason: "cannotShow", detail };
  }
  const [first] = failed;
  if (first === undefined) return null;
  const why = first.failure?.merchantMessage ?? "no reason was given.";
  const detail = `${toText(first.amount)} is recorded in Shopify, but the buyer did not get it: ${why} Refund it in the back office of PostFinance Checkout, or otherwise.`;
  return { reason: "cannotShow", detail };
}

/** Whoever has looked takes it off again. */
async function tag({ call, order }: Showing): Promise<void> {
  if (!order.tags.includes(checkTag)) await call(tagsAdd, { id: order.id, tags: [checkTag] });
}

interface Shows {
  readonly paid: boolean;
  readonly problem: Problem | null;
}

/** Marks as paid, then enters refunds into the order as it is then, then tags. Answers what a person must know. */
async function show(showing: Showing, read: () => Promise<AdminOrder | null>): Promise<Shows> {
  const { payment, order, paid } = showing;
  const isNew = payment.standing === "paid" && !paid;
  const unpaid = isNew ? await markAsPaid(showing) : null;
  const isMarked = isNew && unpaid === null && order.canMarkAsPaid;
  const hasRefunds = payment.operations.some(({ kind }) => kind === "refund");
  const current = isMarked && hasRefunds ? ((await read()) ?? order) : order;
  const problem = unpaid ?? (await enterRefunds({ ...showing, order: current }));
  const isWrong = payment.standing === "held" || payment.standing === "declined" || payment.findings.length > 0;
  if (isWrong || problem !== null) await tag(showing);
  return { paid: paid || (isNew && unpaid === null), problem };
}

/**
 * Makes the order in Shopify show this payment: marked as paid, refunds entered, a tag where a person must look. Reads
 * the order first, so all of it may be repeated.
 */
export async function showOrder(
  { api, parts }: OrderShowing,
  payment: Payment,
  given: Json | null,
  signal: AbortSignal,
): Promise<Shown<Receipt>> {
  const receipt = readReceipt(given);
  if (payment.revision < receipt.revision) return { kind: "unchanged", receipt };
  const call: Showing["call"] = async (operation, variables) => {
    const outcome = await api.run(operation, variables, signal);
    if (outcome.kind !== "unavailable") return outcome;
    throw new PaymentError("shopUnavailable", outcome.why, { retryable: true });
  };
  try {
    return await showBy(call, payment, receipt.paid);
  } catch (error) {
    if (!isPaymentError(error) || error.code !== "shopUnavailable" || signal.aborted) throw error;
    const tries = receipt.tries + 1;
    parts.logger?.warn("shopify unavailable", { payment: payment.id, tries, why: error.message });
    return { kind: "notReady", receipt: { ...receipt, tries }, retryAfter: retryWait(tries) };
  }
}

async function showBy(call: Showing["call"], payment: Payment, wasPaid: boolean): Promise<Shown<Receipt>> {
  const id = payment.reference.replace(/^order-/, "");
  const read = async (): Promise<AdminOrder | null> => {
    const outcome = await call(readOrder, { id: toOrderGid(id) });
    return outcome.kind === "done" ? outcome.data : null;
  };
  const shown = { revision: payment.revision, tries: 0 };
  const order = await read();
  if (order === null) {
    const detail = `Order ${id} is no longer in Shopify. If money was taken, refund it in the back office of PostFinance Checkout.`;
    return { kind: "refused", receipt: { ...shown, paid: wasPaid }, reason: "orderGone", detail };
  }
  const { paid, problem } = await show({ call, order, payment, paid: wasPaid }, read);
  const receipt: Receipt = { ...shown, paid };
  if (problem !== null) return { kind: "refused", receipt, ...problem };
  const next = order.statusPageUrl;
  const isSentOn = payment.standing === "paid" && next !== null && URL.canParse(next);
  return { kind: "shown", receipt, ...(isSentOn && { next: next as Url }) };
}
