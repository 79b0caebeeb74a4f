import type { PaymentMethodConfiguration } from "@checkout-plugins/client";
import type { Method, MethodId, Url } from "./contract/index.ts";
import { pickText } from "./localized-text.ts";

/** An address that a page may show; null for anything else. */
export function toImage(address: string | null): Url | null {
  if (address === null || !URL.canParse(address)) return null;
  return /^https?:$/.test(new URL(address).protocol) ? (address as Url) : null;
}

/** A payment method as the merchant set it up, in the words of a shop. */
export function toMethod(configuration: PaymentMethodConfiguration, language: string): Method {
  const { id, resolvedTitle, name, resolvedImageUrl } = configuration;
  return {
    id: id as string as MethodId,
    name: pickText(resolvedTitle, language) ?? name ?? id,
    image: toImage(resolvedImageUrl),
  };
}
