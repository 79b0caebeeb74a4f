import type { Provider, Runtime } from "./runtime.ts";

/** The one of our providers that a payment session is of; null: there is none, or it is another's. */
export async function findProviderOf(
  { shop, find }: Pick<Runtime, "shop" | "find">,
  session: string,
): Promise<Provider | null> {
  const found = await shop.readSession(session);
  return (found && find(found.providerId)) ?? null;
}
