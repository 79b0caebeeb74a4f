import type {
  Address,
  CompleteCommand,
  FailureCode,
  Instant,
  Payment,
  RefundCommand,
  ReviewCommand,
  ShopKey,
  VoidCommand,
} from "@checkout-plugins/core";
import type { Language } from "./language.ts";
import type { Rappen } from "./money.ts";
import type { OrderLine, ShippingChoice } from "./prices.ts";

/** What a merchant can ask for. */
export type Wish = CompleteCommand | VoidCommand | RefundCommand | ReviewCommand;

/** What a merchant asked for: written before the gateway is asked, so that the same wish is never two. */
export interface Request {
  /** The shop's own key of this wish; the operation that comes of it carries it in `shopKeys`. */
  readonly key: ShopKey;
  readonly wish: Wish;
  readonly on: Instant;
  /** `unknown`: no answer yet, or none came. Asking again with the same key is safe. */
  readonly outcome:
    | { readonly kind: "unknown" | "pending" | "successful" }
    | { readonly kind: "failed"; readonly code: FailureCode | null; readonly merchantMessage: string };
}

export interface Order {
  /** Not to be guessed: who has the address of an order may see it. */
  readonly id: string;
  /** What people read. */
  readonly number: string;
  readonly on: Instant;
  readonly language: Language;
  /** Whose order it is, so that he may keep a card for the next one; null: nobody we know. */
  readonly customer: string | null;
  readonly lines: readonly OrderLine[];
  readonly total: Rappen;
  readonly shipping: ShippingChoice;
  /** null: the order came through the JSON door without one. */
  readonly billing: Address | null;
  /** null: to the billing address. */
  readonly delivery: Address | null;
  /** The last payment we were told of, as it is. What the shop shows is derived from it and stored nowhere else. */
  readonly payment: Payment | null;
  /** Are the order's goods out of the stock? */
  readonly stockTaken: boolean;
  /** Keys of the mails that went out, so that each goes out once. */
  readonly mailed: readonly string[];
  /** Never deleted. */
  readonly requests: readonly Request[];
}

export type NewOrder = Omit<Order, "number" | "on" | "total" | "payment" | "stockTaken" | "mailed" | "requests">;

/** The orders of the shop. In memory: a real shop has a table here. */
export interface Orders {
  /** Places an order, or finds the one that was placed under this id before (a button pressed twice). */
  place(order: NewOrder): Order;
  find(id: string): Order | undefined;
  /** Newest first. */
  list(): readonly Order[];
  /**
   * Reads, changes and writes one order. Nothing else happens to it meanwhile: JavaScript runs `change` in one piece.
   * With a database this is a transaction that locks the order's row.
   */
  change(id: string, change: (order: Order) => Order): Order | undefined;
}

export function createOrders(now: () => Instant): Orders {
  const orders = new Map<string, Order>();
  return {
    place(order) {
      const placed = orders.get(order.id);
      if (placed !== undefined) return placed;
      const total = order.lines.reduce((sum, line) => sum + line.total, 0);
      const number = `BF-${10001 + orders.size}`;
      const facts = { number, on: now(), total, payment: null, stockTaken: false, mailed: [], requests: [] };
      const fresh: Order = { ...order, ...facts };
      orders.set(order.id, fresh);
      return fresh;
    },
    find: (id) => orders.get(id),
    list: () => [...orders.values()].reverse(),
    change(id, change) {
      const order = orders.get(id);
      if (order === undefined) return undefined;
      const changed = change(order);
      orders.set(id, changed);
      return changed;
    },
  };
}
