import type { Operation, Payment } from "@checkout-plugins/core";
import type { Rappen } from "./money.ts";
import { isPayable, toOrderState } from "./order-state.ts";
import type { Order } from "./orders.ts";
import type { OrderLine } from "./prices.ts";

/** What is left of a line to be completed or paid back. */
export interface LineLeft {
  readonly line: OrderLine;
  /** Whole pieces. */
  readonly pieces: number;
}

export interface AmountLeft {
  readonly rest: Rappen;
  readonly lines: readonly LineLeft[];
  /** One of this kind is on its way: another one waits for it. */
  readonly isOneOpen: boolean;
}

/** What can be done with an order now. What cannot is not offered. */
export interface Possible {
  readonly complete: AmountLeft | null;
  /** `release` a reservation; `cancel` an order that nobody has paid. */
  readonly void: "release" | "cancel" | null;
  readonly refund: AmountLeft | null;
  readonly review: boolean;
}

export function toPossible(order: Order): Possible {
  const { payment } = order;
  if (payment === null) return { complete: null, void: null, refund: null, review: false };
  const isAuthorized = payment.standing === "authorized";
  const isVoiding = payment.operations.some(({ kind, state }) => kind === "void" && state === "pending");
  const toComplete = payment.authorized.minor - payment.completed.minor - pending(payment, "completion");
  const toRefund = payment.completed.minor - payment.refunded.minor - pending(payment, "refund");
  const isUntouched = payment.completed.minor === 0 && pending(payment, "completion") === 0;
  return {
    complete: isAuthorized && !isVoiding && toComplete > 0 ? toLeft(order, payment, "completion", toComplete) : null,
    void: isVoiding ? null : isAuthorized && isUntouched ? "release" : isPayable(toOrderState(order)) ? "cancel" : null,
    refund: toRefund > 0 ? toLeft(order, payment, "refund", toRefund) : null,
    review: payment.review?.state === "open",
  };
}

/** The amount of some pieces of a line. The parts of a line add up to the line, whatever its pieces cost. */
export function amountOf({ line, pieces: left }: LineLeft, pieces: number): Rappen {
  const upTo = (count: number): Rappen => Math.round((line.total * count) / line.quantity);
  const before = line.quantity - left;
  return upTo(before + pieces) - upTo(before);
}

function toLeft(order: Order, payment: Payment, kind: "completion" | "refund", rest: Rappen): AmountLeft {
  const open = countPieces(payment, kind);
  const completed = countPieces(payment, "completion");
  // Completed as a whole, or by an amount: then nothing is said of lines.
  const isByLine = kind === "refund" && completed.size > 0;
  const lines = order.lines.map((line) => {
    const most = isByLine ? (completed.get(line.id) ?? 0) : line.quantity;
    return { line, pieces: Math.floor(most - (open.get(line.id) ?? 0)) };
  });
  const isOneOpen = payment.operations.some((operation) => operation.kind === kind && operation.state === "pending");
  return { rest, lines: lines.filter(({ pieces }) => pieces > 0), isOneOpen };
}

/** By line, in all operations of this kind that did not fail. */
function countPieces(payment: Payment, kind: Operation["kind"]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const operation of payment.operations) {
    if (operation.kind !== kind || operation.state === "failed") continue;
    for (const { id, quantity } of operation.lines ?? []) counts.set(id, (counts.get(id) ?? 0) + Number(quantity));
  }
  return counts;
}

function pending(payment: Payment, kind: Operation["kind"]): Rappen {
  const open = payment.operations.filter((operation) => operation.kind === kind && operation.state === "pending");
  return open.reduce((sum, operation) => sum + (operation.amount?.minor ?? 0), 0);
}
