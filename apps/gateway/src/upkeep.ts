import type { Buyer, Clock, KeptPayment, PaymentStore, ShopId } from "@checkout-plugins/core";

type BuyerStore = Pick<PaymentStore, "findBuyer" | "eraseBuyer">;

const page = 100;

/** All that is kept of a buyer, for himself to read. */
export async function exportBuyer(store: BuyerStore, shop: ShopId, buyer: Buyer): Promise<readonly KeptPayment[]> {
  const all: KeptPayment[] = [];
  for (let more = true; more; ) {
    const found = await store.findBuyer(shop, buyer, { after: all.at(-1)?.row.id ?? null, limit: page });
    all.push(...found);
    more = found.length === page;
  }
  return all;
}

/** Longer than a lease lasts. */
const tries = 90;

/**
 * Forgets a buyer; waits for payments that are being worked on. Answers how many were changed, and how many are still
 * held after a minute and a half.
 */
export async function eraseBuyer(
  store: BuyerStore,
  clock: Clock,
  shop: ShopId,
  buyer: Buyer,
): Promise<{ readonly erased: number; readonly held: number }> {
  let [erased, held] = [0, 0];
  for (let tried = 0; tried < tries; tried += 1) {
    const done = await store.eraseBuyer(shop, buyer, clock.now(), page);
    erased += done.erased;
    held = done.held;
    if (done.erased === page) continue;
    if (held === 0) break;
    await clock.sleep(1);
  }
  return { erased, held };
}
