import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { installWebhooks } from "../../../../../../install-webhooks.ts";
import { forMerchant } from "../../../../../../medusa-errors.ts";
import { findRuntime } from "../../../../../../runtime.ts";

/** Sets up the webhooks of a provider's space, or mends them. */
export async function POST(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { find } = await findRuntime();
  const provider = find(request.params.provider ?? "");
  if (provider === undefined) {
    response.status(404).json({ message: "There is no such provider." });
    return;
  }
  await forMerchant(() => installWebhooks(provider));
  response.json({});
}
