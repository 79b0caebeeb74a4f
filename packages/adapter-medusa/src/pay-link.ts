import { payPath } from "./medusa-names.ts";
import type { MedusaCollection } from "./medusa-shop.ts";
import type { Provider, Runtime } from "./runtime.ts";

/** Where a buyer pays what an order owes, such as one that was drafted in the admin; null when it owes nothing. */
export function toPayLink({ settings }: Provider, collection: MedusaCollection): string | null {
  const isOwed = collection.status === "not_paid" || collection.status === "awaiting";
  return isOwed ? `${settings.backendUrl}${payPath}/${collection.id}` : null;
}

/**
 * Leads to the payment page of what an order owes: a link that is opened again leads to the same payment. null: there is
 * no such order, or nothing of it is owed.
 *
 * @throws MedusaError when the order's region does not offer the provider.
 */
export async function openPayLink(
  { shop, providers, find }: Runtime,
  collectionId: string,
  providerId: string | undefined,
): Promise<string | null> {
  const provider = providerId === undefined ? providers[0] : find(providerId);
  const collection = await shop.readCollection(collectionId);
  if (provider === undefined || collection?.orderId == null || toPayLink(provider, collection) === null) return null;
  const begun = collection.sessions.find(({ status, providerId: by }) => by === provider.id && status !== "error");
  // Lightbox and iframe have a script there, for a storefront's page.
  if (typeof begun?.data.url === "string" && begun.data.integration === "page") return begun.data.url;
  await shop.run("create-payment-sessions", {
    payment_collection_id: collectionId,
    provider_id: provider.id,
    data: { integration: "page" },
  });
  const { sessions } = (await shop.readCollection(collectionId)) ?? collection;
  const url = sessions.find(({ providerId: by }) => by === provider.id)?.data.url;
  return typeof url === "string" ? url : null;
}
