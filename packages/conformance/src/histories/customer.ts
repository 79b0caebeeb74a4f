import type { ServiceId } from "@checkout-plugins/client";
import type { Currency, OrderGroup, PaymentReference, ShopKey } from "@checkout-plugins/core";
import type { Random } from "./random.ts";

/** One click of the merchant, however often he has to repeat it until he knows what came of it. */
export interface Intent {
  readonly kind: "complete" | "refund" | "void" | "review";
  /** Minor units; null where there is no amount. */
  readonly amount: number | "rest" | null;
  /** Is the refund one of a whole line? */
  readonly byLine: boolean;
  readonly decision: "suitable" | "notSuitable";
  /** Newest last: a shop that deletes its row comes back with another one. */
  readonly keys: ShopKey[];
  /** Has the shop still the row of the newest key? */
  isRowThere: boolean;
  isRunning: boolean;
  known: "unknown" | "successful" | "failed";
}

/** One amount owed, as the shop, its merchant and its buyer see it. */
export interface Customer {
  readonly reference: PaymentReference;
  readonly group: OrderGroup | null;
  readonly currency: Currency;
  readonly completion: "immediate" | "deferred";
  readonly isTest: boolean;
  total: number;
  /** Minor units that the shop may want to be paid: one, unless it does not know whether its last change was taken. */
  wanted: ReadonlySet<number>;
  starting: number;
  /** Transactions whose payment page the buyer has. */
  readonly pages: Set<ServiceId>;
  /** Transactions of this payment that lost their mark. */
  readonly lost: Set<ServiceId>;
  readonly intents: Intent[];
}

/** One buyer, or one whose order was begun twice: two payments of one group. */
export function createCustomers(random: Random): readonly Customer[] {
  const isTwice = random.chance(0.3);
  const group = isTwice || random.chance(0.2) ? ("group-1" as OrderGroup) : null;
  const total = random.pick([1000, 2995, 5000]);
  const common = {
    group,
    currency: random.pick(["CHF", "CHF", "JPY", "KWD"]) as Currency,
    completion: random.pick(["immediate", "deferred"] as const),
    isTest: random.chance(0.1),
    total,
  };
  return (isTwice ? ["order-1", "order-2"] : ["order-1"]).map((reference) => ({
    ...common,
    reference: reference as PaymentReference,
    wanted: new Set([total]),
    starting: 0,
    pages: new Set(),
    lost: new Set(),
    intents: [],
  }));
}
