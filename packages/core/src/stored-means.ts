import {
  isServiceError,
  isServiceId,
  type ServiceId,
  type SpaceClient,
  type Token,
  type TokenVersion,
} from "@checkout-plugins/client";
import { refuse } from "./command-result.ts";
import type {
  CommandResult,
  CoreParts,
  ForgetCommand,
  MethodId,
  ShopId,
  StoredCommand,
  StoredMeans,
  StoredMeansId,
} from "./contract/index.ts";
import { pickText } from "./localized-text.ts";
import { toImage } from "./payment-methods.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop } from "./shop-space.ts";

function isNotFound(error: unknown): boolean {
  return isServiceError(error) && error.code === "notFound";
}

/**
 * The means, if they are this customer's. `gone`: there are none of this id. `notTheirs`: another customer's, or no id at
 * all.
 *
 * @throws ServiceError
 */
export async function readMeans(
  space: SpaceClient,
  id: StoredMeansId,
  customer: string,
  signal: AbortSignal | undefined,
): Promise<Token | "gone" | "notTheirs"> {
  if (!isServiceId(id)) return "notTheirs";
  try {
    const token = await space.readToken(id as string as ServiceId, { signal });
    return token.customerId === customer ? token : "notTheirs";
  } catch (error) {
    if (isNotFound(error)) return "gone";
    throw error;
  }
}

/** At most the first six and the last four digits of a card number are ever shown (PCI DSS 3.4.1). */
export function toMasked(label: string): string {
  return label.replace(/\d(?:[ -]?\d){10,}/g, (number) => {
    const digits = number.replace(/\D/g, "");
    return `${digits.slice(0, 6)}${"*".repeat(digits.length - 10)}${digits.slice(-4)}`;
  });
}

function toLabel({ name, brand }: TokenVersion): string {
  const title = brand === null ? null : pickText(brand.name, "en");
  const number = name === null ? null : toMasked(name);
  if (title !== null && number?.toLowerCase().includes(title.toLowerCase())) return number;
  return [title, number].filter((part) => part !== null).join(" ");
}

function toStoredMeans(token: Token, version: TokenVersion): StoredMeans {
  const method = version.paymentMethodConfiguration?.id ?? null;
  return {
    id: token.id as string as StoredMeansId,
    label: toLabel(version),
    method: method as string | null as MethodId | null,
    image: toImage(version.iconUrl),
    expiresOn: version.expiresOn,
  };
}

/** null: nothing is stored under it at present, or only test data in a live shop. */
async function readOne(
  space: SpaceClient,
  token: Token,
  test: boolean,
  signal: AbortSignal | undefined,
): Promise<StoredMeans | null> {
  try {
    const version = await space.readActiveTokenVersion(token.id, { signal });
    const isUsable = version.state === "ACTIVE" && (test || version.environment !== "TEST");
    return isUsable ? toStoredMeans(token, version) : null;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * The stored means that this customer can be charged on: one request, and one for each.
 *
 * @throws PaymentError `notConfigured`, `credentials`, `permission`, `serviceUnavailable`.
 */
export async function runStored(
  parts: CoreParts,
  shopId: ShopId,
  { customer, test }: StoredCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"stored">> {
  const space = chooseSpace(await findShop(parts.shops, shopId), test);
  try {
    const tokens = await space.listTokens(customer, { signal });
    const active = tokens.filter((token) => token.state === "ACTIVE" && token.customerId === customer);
    const read = await Promise.all(active.map((token) => readOne(space, token, test, signal)));
    return { kind: "successful", answer: read.filter((one) => one !== null), payment: null };
  } catch (error) {
    throw toPaymentError(error);
  }
}

/**
 * Deletes stored means at the service, for good; only those of this customer. What is gone already stays forgotten, so
 * that it may be sent again.
 *
 * @throws PaymentError as runStored does.
 */
export async function runForget(
  parts: CoreParts,
  shopId: ShopId,
  { customer, means, test }: ForgetCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"forget">> {
  const space = chooseSpace(await findShop(parts.shops, shopId), test);
  try {
    const token = await readMeans(space, means, customer, signal);
    if (token === "notTheirs") {
      const why = `The customer "${customer}" has no stored means ${means}. Ask for his list again.`;
      return refuse("unknownMeans", "en", why);
    }
    const isThere = token !== "gone" && token.state !== "DELETED" && token.state !== "DELETING";
    if (isThere) await space.deleteToken(token.id, { signal });
    return { kind: "successful", answer: null, payment: null };
  } catch (error) {
    throw toPaymentError(error);
  }
}
