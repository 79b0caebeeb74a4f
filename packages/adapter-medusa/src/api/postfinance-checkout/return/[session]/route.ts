import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { bringBack } from "../../../../buyer-return.ts";
import { findRuntime } from "../../../../runtime.ts";

/** The buyer is back from the payment page. What his address carries is not believed: the service is asked. */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const target = await bringBack(await findRuntime(), request.params.session ?? "");
  response.set("cache-control", "no-store");
  if (target === null) response.status(404).send("There is no such payment.");
  else response.redirect(303, target);
}
