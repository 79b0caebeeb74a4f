import { isDeepStrictEqual } from "node:util";
import {
  type Json,
  type OperationKey,
  type Payment,
  PaymentError,
  type PaymentReference,
  type ShopAdapter,
  type ShopCapabilities,
  type Shown,
} from "@checkout-plugins/core";
import { untilAborted, type Wire } from "./world-client.ts";

/** What the shop of one history shows of one payment, and what it did because of it. */
export interface Shelf {
  payment: Payment;
  /** How often each operation was entered as done, and not taken back. */
  readonly entered: Map<OperationKey, number>;
}

export interface ShopBook {
  readonly shelves: ReadonlyMap<PaymentReference, Shelf>;
  /** Orders that a person deleted. */
  readonly gone: Set<PaymentReference>;
  /** Held while the shop sends a command of this order, and not by whom it calls: nobody waits for his own lock. */
  isLocked(reference: PaymentReference): boolean;
  /** Makes the order show it, unless it shows a newer one. */
  show(payment: Payment): "shown" | "unchanged";
}

/** `onShown` is called for everything that reaches the order. */
export function createShopBook(
  isLocked: (reference: PaymentReference) => boolean,
  onShown: (payment: Payment) => void,
  violate: (why: string) => void,
): ShopBook {
  const shelves = new Map<PaymentReference, Shelf>();
  return {
    shelves,
    gone: new Set(),
    isLocked,
    show(payment) {
      const shelf = shelves.get(payment.reference);
      if (isLocked(payment.reference)) return "unchanged";
      if (shelf !== undefined && payment.revision < shelf.payment.revision) return "unchanged";
      if (shelf?.payment.revision === payment.revision) {
        if (!isDeepStrictEqual(shelf.payment, payment)) violate(`two payments under revision ${payment.revision}`);
        return "unchanged";
      }
      const entered = shelf?.entered ?? new Map<OperationKey, number>();
      for (const { key, state } of payment.operations) {
        const times = entered.get(key) ?? 0;
        if (state === "successful" && times === 0) entered.set(key, 1);
        if (state === "failed" && times > 0) entered.delete(key);
      }
      for (const key of entered.keys()) {
        if (!payment.operations.some((one) => one.key === key)) violate(`operation ${key} was shown and disappeared`);
      }
      shelves.set(payment.reference, { payment, entered });
      onShown(payment);
      return "shown";
    },
  };
}

/** The adapter as one process has it: the shop's answers are lost, late or refused like the service's. */
export function createShopAdapter(
  book: ShopBook,
  capabilities: ShopCapabilities,
  { process, scheduler, weather, random }: Wire,
): ShopAdapter {
  return {
    contractVersion: 1,
    platform: "double",
    capabilities,
    async showPayment(payment, _receipt, signal): Promise<Shown<Json>> {
      const down = () => new PaymentError("shopUnavailable", "The shop does not answer", { retryable: true });
      const request = { process, effect: () => void book.show(payment) };
      weather.underWay.add(request);
      await untilAborted(scheduler.turn(process, "before show"), signal);
      weather.underWay.delete(request);
      if (book.gone.has(payment.reference)) return { kind: "refused", reason: "orderGone", detail: "It was deleted" };
      if (book.isLocked(payment.reference)) return { kind: "notReady", retryAfter: 1 };
      if (random.chance(weather.faults)) {
        const kind = random.pick(["down", "late", "cutAfter", "notReady"] as const);
        if (kind === "notReady") return random.chance(0.5) ? { kind } : { kind, retryAfter: 30 };
        if (kind === "late") weather.late.push(() => void book.show(payment));
        if (kind === "cutAfter") book.show(payment);
        throw down();
      }
      const kind = book.show(payment);
      await untilAborted(scheduler.turn(process, "after show"), signal);
      return { kind, receipt: payment.revision };
    },
  };
}
