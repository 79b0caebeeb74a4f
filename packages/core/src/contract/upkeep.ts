import type { Instant, PaymentId, ShopId } from "./ids.ts";
import type { AttemptRow, CommandRow, EntityRow, PaymentRow } from "./rows.ts";

/** Who asks what is kept of him, or asks to be forgotten, as his shop knows him. */
export type Buyer = { readonly email: string } | { readonly customer: string };

/** All that is kept of one payment. */
export interface KeptPayment {
  readonly row: PaymentRow;
  readonly attempts: readonly AttemptRow[];
  readonly commands: readonly CommandRow[];
  readonly entities: readonly EntityRow[];
}

/** What whoever runs a store needs besides its payments. */
export interface UpkeepStore {
  /** Since when what waits longest is due: a payment to be looked at or shown, a notice to be told; null: nothing is. */
  backlog(now: Instant): Promise<{ readonly payment: Instant | null; readonly notice: Instant | null }>;
  /**
   * Removes payments that were opened before this time, with all that belongs to them, oldest first, at most so many:
   * those of which nothing is to be done any more, and that nobody holds. Answers how many.
   */
  purge(before: Instant, now: Instant, limit: number): Promise<number>;
  /** The payments of a shop's buyer: of an order that names him, in whatever case his address is written. */
  findBuyer(
    shop: ShopId,
    buyer: Buyer,
    page: { readonly after: PaymentId | null; readonly limit: number },
  ): Promise<readonly KeptPayment[]>;
  /**
   * Forgets who the buyer of these payments is, at most so many at once: addresses, e-mail, customer. What is owed, paid
   * and refunded stays. `held`: somebody works on so many just now; ask again.
   */
  eraseBuyer(
    shop: ShopId,
    buyer: Buyer,
    now: Instant,
    limit: number,
  ): Promise<{ readonly erased: number; readonly held: number }>;
}
