import type { Payment, Shown } from "@checkout-plugins/core";
import { createShopDoor } from "@checkout-plugins/shop-protocol";
import type { Catalogue } from "../catalogue.ts";
import type { Mails } from "../mails.ts";
import type { Orders } from "../orders.ts";
import { showPayment } from "./show-payment.ts";

export interface ShowParts {
  readonly orders: Orders;
  readonly catalogue: Catalogue;
  readonly mails: Mails;
}

/** What was shown last; the gateway keeps it. A type, because an interface is no Json. */
export type Receipt = { readonly revision: number };

/**
 * Makes the shop show exactly this payment. Whoever brings one calls this: the gateway through the door, and the answer
 * of each command. Everything between reading and writing the order is one piece.
 */
export type Show = (payment: Payment) => Shown<Receipt>;

export function createShow({ orders, catalogue, mails }: ShowParts): Show {
  return (payment) => {
    let shown: Shown<Receipt> = { kind: "refused", reason: "orderGone", detail: toOrderGone(payment) };
    orders.change(payment.reference, (order) => {
      const showing = showPayment(order, payment);
      const direction = { take: 1, putBack: -1, keep: 0 }[showing.stock];
      for (const line of order.lines)
        if (line.product !== null) catalogue.take(line.product, direction * line.quantity);
      for (const mail of showing.mails) mails.send(mail);
      shown = { kind: showing.isChanged ? "shown" : "unchanged", receipt: { revision: showing.revision } };
      return showing.order;
    });
    return shown;
  };
}

function toOrderGone(payment: Payment): string {
  return `This shop has no order ${payment.reference}. Refund the payment, or ask whoever runs the shop where it went.`;
}

export interface DoorParts {
  /** `whsec_…`; two while one is being replaced. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly show: Show;
}

/** Where the gateway tells this shop what became of a payment: POST, signed. */
export function createDoor({ secrets, now, show }: DoorParts): (request: Request) => Promise<Response> {
  return createShopDoor({ secrets, now, show: async (payment) => show(payment) });
}
