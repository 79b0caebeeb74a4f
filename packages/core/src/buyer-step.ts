import type { IntegrationMode, ServiceId, SpaceClient } from "@checkout-plugins/client";
import type { AttemptRow, BuyerStep, Integration, Method, MethodId, StartCommand, Url } from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { toMethod } from "./payment-methods.ts";

/** How the buyer shall pay. */
export interface WantedStep {
  readonly integration: Integration;
  readonly method: MethodId | null;
  /** Of the methods' names. */
  readonly language: string;
}

const modes = {
  page: "payment_page",
  lightbox: "lightbox",
  iframe: "iframe",
} as const satisfies Record<Integration, IntegrationMode>;

/** What the shop leaves open is the page, which every browser opens. */
export function toIntegration(wanted: StartCommand["integration"]): Integration {
  return wanted === "configured" ? "page" : wanted;
}

export function transactionOf(attempt: AttemptRow): ServiceId {
  if (attempt.transaction !== null) return attempt.transaction;
  throw new PaymentError("unknownPayment", `Attempt ${attempt.id} has no transaction`);
}

/** The methods by which this transaction can be paid, in the merchant's order. It must be pending. */
export async function listMethods(
  space: SpaceClient,
  attempt: AttemptRow,
  { integration, language }: Pick<WantedStep, "integration" | "language">,
  signal: AbortSignal,
): Promise<readonly Method[]> {
  const listed = await space.listPaymentMethods(transactionOf(attempt), modes[integration], { signal });
  return listed.map((method) => toMethod(method, language));
}

/** The page opens with this method chosen, or with the choice. */
function withMethod(address: string, method: MethodId | null): Url {
  const url = new URL(address);
  if (method === null) url.searchParams.delete("paymentMethodConfigurationId");
  else url.searchParams.set("paymentMethodConfigurationId", method);
  return url.href as Url;
}

/**
 * The buyer's way to pay this attempt: the kept one, or another address of the same transaction where another kind is
 * wanted. A script is made for one transaction and needs it pending; the page serves at any time.
 *
 * @throws ServiceError
 */
export async function toBuyerStep(
  space: SpaceClient,
  attempt: AttemptRow,
  wanted: WantedStep,
  signal: AbortSignal,
): Promise<BuyerStep> {
  const { step } = attempt;
  const { integration, method } = wanted;
  const transaction = transactionOf(attempt);
  if (integration === "page") {
    const address = step?.kind === "redirect" ? step.url : await space.readPaymentPageUrl(transaction, { signal });
    return { kind: "redirect", url: withMethod(address, method) };
  }
  const kept = step?.kind === "script" && step.integration === integration ? step : null;
  const known = kept?.methods.filter(({ id }) => method === null || id === method) ?? [];
  const methods = known.length > 0 ? known : await listMethods(space, attempt, wanted, signal);
  if (kept !== null) return { ...kept, methods };
  const read = integration === "lightbox" ? space.readLightboxScriptUrl : space.readIframeScriptUrl;
  return { kind: "script", integration, url: (await read(transaction, { signal })) as Url, methods };
}
