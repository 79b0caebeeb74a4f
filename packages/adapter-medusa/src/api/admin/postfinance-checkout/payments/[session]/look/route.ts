import type { PaymentReference } from "@checkout-plugins/core";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { forMerchant } from "../../../../../../medusa-errors.ts";
import { findRuntime } from "../../../../../../runtime.ts";

/** Reads the payment now, with what was done in the back office and no webhook told, and shows what it came to. */
export async function POST(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { core, shop, find } = await findRuntime();
  const session = await shop.readSession(request.params.session ?? "");
  const provider = session === null ? undefined : find(session.providerId);
  if (session === null || provider === undefined) {
    response.status(404).json({ message: "There is no such payment." });
    return;
  }
  const reference = session.id as PaymentReference;
  await forMerchant(async () => {
    await core.sweep(provider.space.space, undefined, "early");
    await core.look(provider.id, reference);
    await core.show(provider.id, reference);
  });
  response.json({});
}
