import type { PaymentReference } from "@checkout-plugins/core";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { forMerchant } from "../../../../../../medusa-errors.ts";
import { findProviderOf } from "../../../../../../provider-of.ts";
import { findRuntime } from "../../../../../../runtime.ts";

/** Decides a review: `{ "decision": "suitable" }` or `notSuitable`. */
export async function POST(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const runtime = await findRuntime();
  const { session = "" } = request.params;
  const provider = await findProviderOf(runtime, session);
  const { decision } = (request.body ?? {}) as { readonly decision?: unknown };
  if (provider === null) {
    response.status(404).json({ message: "There is no such payment." });
  } else if (decision !== "suitable" && decision !== "notSuitable") {
    response.status(400).json({ message: 'The decision is "suitable" or "notSuitable".' });
  } else {
    const reference = session as PaymentReference;
    const result = await forMerchant(() =>
      runtime.core.runCommand(provider.id, { kind: "review", reference, shopKey: null, decision }),
    );
    const isRefused = result.kind === "failed";
    response.status(isRefused ? 400 : 200).json(isRefused ? { message: result.failure.merchantMessage } : {});
  }
}
