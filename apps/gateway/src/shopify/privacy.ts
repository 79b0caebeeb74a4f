import type { PrivacyKeeper } from "@checkout-plugins/adapter-shopify";
import {
  addSeconds,
  type Buyer,
  type Clock,
  type Logger,
  PaymentError,
  type PaymentStore,
  type ShopId,
} from "@checkout-plugins/core";

export interface PrivacyParts {
  readonly store: PaymentStore;
  readonly clock: Pick<Clock, "now">;
  readonly createId: () => string;
  readonly logger: Logger;
}

const atOnce = 100;
const leaseSeconds = 60;

/** @throws PaymentError `busy` while somebody works on one of his payments: Shopify sends its webhook again. */
async function erase({ store, clock }: PrivacyParts, shop: ShopId, buyer: Buyer): Promise<number> {
  for (let count = 0; ; ) {
    const { erased, held } = await store.eraseBuyer(shop, buyer, clock.now(), atOnce);
    count += erased;
    if (held > 0) throw new PaymentError("busy", "A payment of this buyer is in work. Ask again.", { retryable: true });
    if (erased < atOnce) return count;
  }
}

/** All who are named in orders of this shop, page by page. */
async function* buyersOf({ store, clock, createId }: PrivacyParts, shop: ShopId): AsyncGenerator<Buyer> {
  let after: Awaited<ReturnType<PaymentStore["list"]>>[number] | null = null;
  for (;;) {
    const page: Awaited<ReturnType<PaymentStore["list"]>> = await store.list(shop, { after, limit: atOnce });
    for (const { id } of page) {
      const now = clock.now();
      const lease = await store.lease(id, createId(), now, addSeconds(now, leaseSeconds));
      if (lease === null) throw new PaymentError("busy", `Payment ${id} is in work. Ask again.`, { retryable: true });
      await store.release(lease);
      for (const { order } of lease.attempts) {
        const emails = [order.customer.email, order.billing?.email, order.shipping?.email];
        for (const email of emails) if (email) yield { email };
        if (order.customer.id !== null) yield { customer: order.customer.id };
      }
    }
    after = page.at(-1) ?? null;
    if (page.length < atOnce) return;
  }
}

/** What Shopify's compliance webhooks do here. */
export function createPrivacyKeeper(parts: PrivacyParts): PrivacyKeeper {
  const { store, logger } = parts;
  return {
    async request(shop, { customer, email }, request) {
      const asked: Buyer[] = [...(email === null ? [] : [{ email }]), ...(customer === null ? [] : [{ customer }])];
      const found = await Promise.all(asked.map((buyer) => store.findBuyer(shop, buyer, { after: null, limit: 1 })));
      logger.warn("customer asks for his data", {
        shop,
        request,
        why: found.some((page) => page.length > 0)
          ? "Export what is kept of the customer whom Shopify names in this request, and give it to the merchant within 30 days."
          : "Nothing is kept of this customer. Tell the merchant so within 30 days.",
      });
    },
    async forgetEmail(shop, email) {
      const count = await erase(parts, shop, { email });
      logger.info("customer forgotten", { shop, count });
    },
    async forgetShop(shop) {
      let count = 0;
      for await (const buyer of buyersOf(parts, shop)) count += await erase(parts, shop, buyer);
      logger.info("customers of a shop forgotten", { shop, count });
    },
  };
}
