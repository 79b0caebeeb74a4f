import type { PaymentReference } from "@checkout-plugins/core";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { forMerchant } from "../../../../../../medusa-errors.ts";
import { findProviderOf } from "../../../../../../provider-of.ts";
import { findRuntime } from "../../../../../../runtime.ts";

/** Reads the payment now, with what was done in the back office and no webhook told, and shows what it came to. */
export async function POST(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const runtime = await findRuntime();
  const { session = "" } = request.params;
  const provider = await findProviderOf(runtime, session);
  if (provider === null) {
    response.status(404).json({ message: "There is no such payment." });
    return;
  }
  const { core } = runtime;
  const reference = session as PaymentReference;
  await forMerchant(async () => {
    await core.sweep(provider.space.space, undefined, "early");
    await core.look(provider.id, reference);
    await core.show(provider.id, reference);
  });
  response.json({});
}
