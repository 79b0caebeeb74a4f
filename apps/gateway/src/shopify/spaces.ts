import type { SpaceKeeper } from "@checkout-plugins/adapter-shopify";
import { isServiceError } from "@checkout-plugins/client";
import {
  type Environment,
  PaymentError,
  type ShopStore,
  type ShopTerms,
  type SpaceAccess,
} from "@checkout-plugins/core";
import type { RegistryParts } from "../shops.ts";

/** Seconds for which the service may keep a merchant waiting. */
const patience = 20;
const tries = 5;

/** What a merchant enters on Shopify's settings page, kept where the console keeps it. */
export function createSpaceKeeper({ store, createClient }: RegistryParts): SpaceKeeper {
  return {
    secretsOf: (shop) => store.secretsOf(shop),
    async read(shop) {
      const { live = null, test = null } = (await store.read(shop))?.terms ?? {};
      return { live, test };
    },
    async check({ space, userId }, authenticationKey) {
      try {
        const client = createClient({ userId, authenticationKey });
        await client.space(space).readSpace({ signal: AbortSignal.timeout(patience * 1000) });
        return null;
      } catch (error) {
        if (isServiceError(error) || error instanceof TypeError) return error.message;
        throw error;
      }
    },
    save: (shop, environment, access, key) =>
      change(store, shop, (terms) => ({ terms: withSpace(terms, environment, access), keys: { [environment]: key } })),
  };
}

/** With a live space the shop is live: Shopify itself says which payments are tests. */
export function withSpace(terms: ShopTerms, environment: Environment, access: SpaceAccess): ShopTerms {
  return { ...terms, [environment]: access, ...(environment === "live" && { environment }) };
}

type Change = (
  terms: NonNullable<Awaited<ReturnType<ShopStore["read"]>>>["terms"],
) => Parameters<ShopStore["change"]>[2];

/** Changes a shop as it is now, again when somebody else was quicker. @throws PaymentError `unknownShop`, `busy`. */
export async function change(store: ShopStore, shop: Parameters<ShopStore["change"]>[0], to: Change): Promise<void> {
  for (let tried = 1; tried <= tries; tried += 1) {
    const record = await store.read(shop);
    if (record === null) throw new PaymentError("unknownShop", `There is no shop ${shop}.`);
    if ((await store.change(shop, record.version, to(record.terms))) !== null) return;
  }
  throw new PaymentError("busy", `Shop ${shop} changes faster than it can be saved. Try again.`, { retryable: true });
}
