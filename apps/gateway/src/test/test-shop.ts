import type { Json, Payment, PaymentReference, Shown } from "@checkout-plugins/core";
import { createShopDoor, type ShopDoorSettings } from "@checkout-plugins/shop-protocol";

/** What the shop shows of one order, and how often it did something because of it. */
export interface TestOrder {
  readonly payment: Payment;
  /** How often it became paid: sends the goods. */
  readonly timesPaid: number;
  /** Messages that changed something. */
  readonly changes: number;
  /** All messages about it, repeats too. */
  readonly messages: number;
}

export interface TestShop {
  readonly door: (request: Request) => Promise<Response>;
  order(reference: string): TestOrder | undefined;
  /** While set, the door answers this instead of showing. */
  answer: Shown<Json> | null;
}

/** The smallest shop that keeps the promise: it refuses a lower revision, and acts only on a change. */
export function createTestShop(settings: Pick<ShopDoorSettings, "secrets" | "now">): TestShop {
  const orders = new Map<PaymentReference, TestOrder>();

  const show = (payment: Payment): Shown<Json> => {
    const before = orders.get(payment.reference);
    const messages = (before?.messages ?? 0) + 1;
    if (before !== undefined && payment.revision <= before.payment.revision) {
      orders.set(payment.reference, { ...before, messages });
      return { kind: "unchanged", receipt: { revision: before.payment.revision } };
    }
    const becamePaid = payment.standing === "paid" && before?.payment.standing !== "paid";
    orders.set(payment.reference, {
      payment,
      timesPaid: (before?.timesPaid ?? 0) + (becamePaid ? 1 : 0),
      changes: (before?.changes ?? 0) + 1,
      messages,
    });
    return { kind: "shown", receipt: { revision: payment.revision } };
  };

  const shop: TestShop = {
    door: createShopDoor({ ...settings, show: async (payment) => shop.answer ?? show(payment) }),
    order: (reference) => orders.get(reference as PaymentReference),
    answer: null,
  };
  return shop;
}
