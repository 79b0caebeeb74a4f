import type { Instant, PaymentId, PaymentReference, ShopId } from "./ids.ts";
import type { Payment } from "./payment.ts";
import type { KeptFinding } from "./store.ts";

/**
 * What people or the owner's own systems are to be told: a finding, or the newest state of a payment. It is written in
 * the commit that makes it true, and stays until everybody who shall know it does.
 */
export interface Notice {
  readonly shop: ShopId;
  readonly payment: PaymentId;
  readonly reference: PaymentReference;
  /** null: the payment changed. */
  readonly finding: KeptFinding | null;
  /** The payment as it is recorded now; null: nothing was recorded yet. */
  readonly record: Payment | null;
  /** Who was told already: names that are the caller's own. */
  readonly toldTo: readonly string[];
  /** How often it was tried in vain. */
  readonly tries: number;
  /** The claim's. */
  readonly owner: string;
}

export interface NoticeStore {
  /**
   * Due notices that nobody holds, ours until `until`; the shop first whose oldest has waited longest, of each shop its
   * oldest, at most `perShop`. What was resolved meanwhile is not told any more.
   */
  claimNotices(
    owner: string,
    now: Instant,
    until: Instant,
    limit: { readonly total: number; readonly perShop: number },
  ): Promise<readonly Notice[]>;
  /**
   * What came of a claimed one: who knows it now, and when to try the others again, in vain once more. `again: null`:
   * nobody is left, a finding was told `now`. false: it is no longer ours, or the payment changed once more, which is to
   * be told anew.
   */
  recordNotice(
    notice: Notice,
    outcome: { readonly toldTo: readonly string[]; readonly again: Instant | null; readonly now: Instant },
  ): Promise<boolean>;
}
