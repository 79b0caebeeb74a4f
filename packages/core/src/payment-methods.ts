import type { PaymentMethodConfiguration } from "@checkout-plugins/client";
import type { Currency, HiddenMethod, Method, MethodId, Url } from "./contract/index.ts";
import { pickText } from "./localized-text.ts";

/** An address that a page may show; null for anything else. */
export function toImage(address: string | null): Url | null {
  if (address === null || !URL.canParse(address)) return null;
  return /^https?:$/.test(new URL(address).protocol) ? (address as Url) : null;
}

/** A payment method as the merchant set it up, in the words of a shop. */
export function toMethod(configuration: PaymentMethodConfiguration, language: string): Method {
  const { id, resolvedTitle, resolvedDescription, name, resolvedImageUrl, supportedCurrencies } = configuration;
  return {
    id: id as string as MethodId,
    name: pickText(resolvedTitle, language) ?? name ?? id,
    description: pickText(resolvedDescription, language),
    image: toImage(resolvedImageUrl),
    currencies: supportedCurrencies,
  };
}

/** In the merchant's order; those he gave no place come last, the oldest first. */
export function inOrder(configurations: readonly PaymentMethodConfiguration[]): readonly PaymentMethodConfiguration[] {
  const last = Number.MAX_SAFE_INTEGER;
  return configurations.toSorted(
    (one, other) => (one.sortOrder ?? last) - (other.sortOrder ?? last) || (BigInt(one.id) < BigInt(other.id) ? -1 : 1),
  );
}

export function isActive({ state }: PaymentMethodConfiguration): boolean {
  return state === "ACTIVE";
}

/** What the merchant deleted he does not look for. */
function isThere({ state }: PaymentMethodConfiguration): boolean {
  return state !== "DELETED" && state !== "DELETING";
}

function toReason(configuration: PaymentMethodConfiguration, currency: Currency | null): HiddenMethod["reason"] {
  if (!isActive(configuration)) return "inactive";
  const { supportedCurrencies } = configuration;
  const isKnown = currency !== null && supportedCurrencies.length > 0;
  return isKnown && !supportedCurrencies.includes(currency) ? "currency" : null;
}

/** What the space has and is not offered, with the reason where facts prove one. `currency` is the order's. */
export function toHidden(
  configurations: readonly PaymentMethodConfiguration[],
  offered: readonly Method[],
  currency: Currency | null,
  language: string,
): readonly HiddenMethod[] {
  const shown = new Set<string>(offered.map(({ id }) => id));
  return inOrder(configurations)
    .filter((one) => isThere(one) && !shown.has(one.id))
    .map((one) => ({ ...toMethod(one, language), reason: toReason(one, currency) }));
}
