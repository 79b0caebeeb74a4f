import type { ShopOrder, StoredMeans, StoredMeansId } from "@checkout-plugins/core";
import type { PaymentProviderContext } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { forMerchant } from "./medusa-errors.ts";
import type { Opened } from "./runtime.ts";

/** An account holder as Medusa keeps him: at the service he is the customer whom his transactions name. */
export function toAccountHolder(customer: string): { readonly id: string; readonly data: { customer: string } } {
  return { id: customer, data: { customer } };
}

/** Medusa passes an account holder only for a customer who is signed in. @throws MedusaError */
export function toCustomer(context: Pick<PaymentProviderContext, "account_holder"> | object | undefined): string {
  const customer = findCustomer(context);
  if (customer !== null) return customer;
  throw new MedusaError(MedusaError.Types.INVALID_DATA, "The context names no account holder of this provider.");
}

function findCustomer(context: object | undefined): string | null {
  const holder = (context as PaymentProviderContext | undefined)?.account_holder;
  const customer = holder?.data?.customer;
  return typeof customer === "string" ? customer : null;
}

type Context = object | null | undefined;

/** Is who pays this order signed in as its customer? What Medusa found out is in the session's context, or in the call's. */
export function isHis({ customer }: ShopOrder, ...contexts: readonly Context[]): boolean {
  return customer.id !== null && contexts.some((one) => findCustomer(one ?? undefined) === customer.id);
}

/** Nobody pays with what another one saved. @throws MedusaError */
export function mustBeHis(order: ShopOrder, ...contexts: readonly Context[]): void {
  if (isHis(order, ...contexts)) return;
  throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "Please sign in to pay with a saved means of payment.");
}

export async function listMeans({ id, settings, core }: Opened, customer: string): Promise<readonly StoredMeans[]> {
  const test = settings.environment === "test";
  const stored = await forMerchant(() => core.runCommand(id, { kind: "stored", customer, test }));
  return stored.kind === "successful" ? stored.answer : [];
}

/** At the service, for good; what is gone already stays forgotten. @throws MedusaError when they are not his. */
export async function forgetMeans({ id, settings, core }: Opened, customer: string, means: string): Promise<void> {
  const test = settings.environment === "test";
  const command = { kind: "forget", customer, means: means as StoredMeansId, test } as const;
  const forgotten = await forMerchant(() => core.runCommand(id, command));
  if (forgotten.kind !== "failed") return;
  throw new MedusaError(MedusaError.Types.NOT_FOUND, forgotten.failure.merchantMessage);
}
