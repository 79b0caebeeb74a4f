import { isDeepStrictEqual } from "node:util";
import type { Json, Payment, PaymentReference, Shown } from "@checkout-plugins/core";
import { createShopDoor } from "@checkout-plugins/shop-protocol";
import { listen } from "../../listen.ts";

/** What a shop did because of what it was shown. */
export interface CountedOrder {
  payment: Payment;
  /** How often it sent the goods. */
  timesPaid: number;
  /** Entity of the service to how often it was entered in the books. */
  readonly entered: Map<string, number>;
}

export interface CountingShop {
  readonly showUrl: string;
  readonly orders: ReadonlyMap<PaymentReference, CountedOrder>;
  /** One revision that was shown with two contents: the shop would have kept the wrong one. */
  readonly contradictions: readonly string[];
  /** While set, a payment waits for it before the shop takes it. */
  hold: ((payment: Payment) => Promise<void>) | null;
  close(): Promise<void>;
}

/**
 * A shop that keeps books of its own and knows nothing of ours: it refuses a lower revision, and enters each operation
 * once, by its key.
 */
export async function openCountingShop(secret: string): Promise<CountingShop> {
  const orders = new Map<PaymentReference, CountedOrder>();
  const contradictions: string[] = [];
  const show = (payment: Payment): Shown<Json> => {
    const { reference, revision, operations, standing } = payment;
    const before = orders.get(reference);
    if (before !== undefined && revision <= before.payment.revision) {
      if (revision === before.payment.revision && !isDeepStrictEqual(payment, before.payment)) {
        contradictions.push(`${reference} ${revision}`);
      }
      return { kind: "unchanged", receipt: null };
    }
    const order = before ?? { payment, timesPaid: 0, entered: new Map() };
    if (standing === "paid" && (before === undefined || before.payment.standing !== "paid")) order.timesPaid += 1;
    const known = new Set(before?.payment.operations.filter(isDone).map(({ key }) => key));
    for (const { key, serviceId } of operations.filter(isDone)) {
      if (!known.has(key)) order.entered.set(String(serviceId), (order.entered.get(String(serviceId)) ?? 0) + 1);
    }
    order.payment = payment;
    orders.set(reference, order);
    return { kind: "shown", receipt: null };
  };
  const door = await listen({
    fetch: createShopDoor({
      secrets: [secret],
      now: Date.now,
      show: async (payment) => {
        await shop.hold?.(payment);
        return show(payment);
      },
    }),
    host: "127.0.0.1",
    port: 0,
  });
  const showUrl = `http://127.0.0.1:${door.port}/show`;
  const shop: CountingShop = { showUrl, orders, contradictions, hold: null, close: door.close };
  return shop;
}

function isDone({ state }: Payment["operations"][number]): boolean {
  return state === "successful";
}
