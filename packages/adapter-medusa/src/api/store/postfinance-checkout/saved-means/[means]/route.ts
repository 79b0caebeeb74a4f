import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { forgetMeans } from "../../../../../medusa-means.ts";
import { findRuntime } from "../../../../../runtime.ts";

/** Deletes one at the service, for good: `?provider_id=pp_postfinance-checkout_default`. */
export async function DELETE(request: AuthenticatedMedusaRequest, response: MedusaResponse): Promise<void> {
  const runtime = await findRuntime();
  const provider = runtime.find(String(request.query.provider_id ?? ""));
  const means = request.params.means ?? "";
  if (provider === undefined) {
    response.status(404).json({ message: "There is no such provider." });
    return;
  }
  await forgetMeans({ ...runtime, ...provider }, request.auth_context.actor_id, means);
  response.json({ id: means, object: "saved_means", deleted: true });
}
