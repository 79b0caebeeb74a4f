import type { Payment, Standing } from "@checkout-plugins/core";
import type { Mail } from "../mails.ts";
import type { Order } from "../orders.ts";

export interface Showing {
  readonly isChanged: boolean;
  /** Of the payment that the order shows now. */
  readonly revision: number;
  readonly order: Order;
  /** What this does to the stock. */
  readonly stock: "take" | "putBack" | "keep";
  /** Due now, and never again: the order remembers their keys. */
  readonly mails: readonly Mail[];
}

/**
 * The order as it shows this payment, and what is to be done because of it.
 *
 * Pure: whoever calls it reads the order under its lock and writes what this answers, in one transaction with the stock
 * and the outbox. A payment that is repeated, or an older one that comes late, changes nothing.
 */
export function showPayment(order: Order, payment: Payment): Showing {
  if (order.payment !== null && payment.revision <= order.payment.revision) {
    return { isChanged: false, revision: order.payment.revision, order, stock: "keep", mails: [] };
  }
  const stockTaken = needsGoods[payment.standing] ?? order.stockTaken;
  const mails = toMails(order, payment).filter((mail) => !order.mailed.includes(mail.key));
  return {
    isChanged: true,
    revision: payment.revision,
    order: { ...order, payment, stockTaken, mailed: [...order.mailed, ...mails.map((mail) => mail.key)] },
    stock: stockTaken === order.stockTaken ? "keep" : stockTaken ? "take" : "putBack",
    mails,
  };
}

/** Are the goods set aside for this buyer? null: as before, until it is decided. */
const needsGoods: Readonly<Record<Standing, boolean | null>> = {
  open: null,
  authorized: true,
  paid: true,
  failed: false,
  voided: false,
  declined: false,
  held: null,
};

function toMails(order: Order, payment: Payment): readonly Mail[] {
  const to = order.billing?.email;
  if (to === undefined) return [];
  const { standing, governing } = payment;
  const about = { to, orderNumber: order.number, language: order.language };
  const mails: Mail[] = [];
  if (standing === "authorized" || standing === "paid") {
    mails.push({ ...about, key: "confirmed", kind: "confirmed", amount: null });
  }
  if (standing === "voided" && governing !== null) {
    mails.push({ ...about, key: `cancelled:${governing.id}`, kind: "cancelled", amount: null });
  }
  // Who waited at the page has read it there; who was told that it takes days has not.
  if (standing === "failed" && governing !== null && order.payment?.slow === true) {
    mails.push({ ...about, key: `failed:${governing.id}`, kind: "paymentFailed", amount: null });
  }
  for (const { kind, state, key, amount } of payment.operations) {
    if (kind !== "refund" || state !== "successful") continue;
    mails.push({ ...about, key: `refunded:${key}`, kind: "refunded", amount });
  }
  return mails;
}
