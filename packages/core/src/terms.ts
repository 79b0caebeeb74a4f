import type { CompletionBehavior, ServiceId, TransactionContent } from "@checkout-plugins/client";
import type { ShopOrder, StartCommand } from "./contract/index.ts";
import { toDigest } from "./fingerprint.ts";

/** What a start says beside its order; null: nothing is chosen yet, every method is open. */
export type Terms = Pick<StartCommand, "completion" | "method" | "store" | "returnUrl" | "cancelUrl">;

export const completionBehaviors: Readonly<Record<Terms["completion"], CompletionBehavior>> = {
  immediate: "COMPLETE_IMMEDIATELY",
  deferred: "COMPLETE_DEFERRED",
  configured: "USE_CONFIGURATION",
};

/** Of terms by which nothing is chosen, so that every method is listed. */
export const openTerms = "";

/** The same as long as the terms are. */
export function toTermsDigest(terms: Terms | null): string {
  if (terms === null) return openTerms;
  const { completion, method, store, returnUrl, cancelUrl } = terms;
  return toDigest({ completion, method, store, returnUrl, cancelUrl });
}

function toTokenization(store: true | "always") {
  return store === "always" ? "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT" : "ALLOW_ONE_CLICK_PAYMENT";
}

/**
 * The terms at the service. An empty list of methods allows all, so it lifts what an earlier start allowed; what else was
 * said once cannot be taken back, only said anew.
 */
export function toTermsContent(terms: Terms | null, order: ShopOrder): TransactionContent {
  if (terms === null) return { allowedPaymentMethodConfigurations: [] };
  const { completion, method, store, returnUrl, cancelUrl } = terms;
  const failedUrl = cancelUrl ?? returnUrl;
  return {
    allowedPaymentMethodConfigurations: method === null ? [] : [method as string as ServiceId],
    completionBehavior: completionBehaviors[completion],
    ...(store && order.customer.id !== null && { tokenizationMode: toTokenization(store) }),
    ...(returnUrl !== null && { successUrl: returnUrl }),
    ...(failedUrl !== null && { failedUrl }),
  };
}
