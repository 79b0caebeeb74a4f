import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { toShopId } from "../../../../medusa-names.ts";
import { openPayLink } from "../../../../pay-link.ts";
import { findRuntime } from "../../../../runtime.ts";

/** A buyer pays what an order owes: `?provider=b2b` names the provider's id, without it the first one is taken. */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { provider } = request.query;
  const providerId = typeof provider === "string" ? toShopId(provider) : undefined;
  const target = await openPayLink(await findRuntime(), request.params.collection ?? "", providerId);
  response.set("cache-control", "no-store");
  if (target === null) response.status(404).send("There is nothing to pay.");
  else response.redirect(303, target);
}
