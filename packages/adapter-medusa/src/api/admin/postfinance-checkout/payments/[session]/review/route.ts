import type { PaymentReference } from "@checkout-plugins/core";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { forMerchant } from "../../../../../../medusa-errors.ts";
import { findRuntime } from "../../../../../../runtime.ts";

/** Decides a review: `{ "decision": "suitable" }` or `notSuitable`. */
export async function POST(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { core, shop, find } = await findRuntime();
  const session = await shop.readSession(request.params.session ?? "");
  const provider = session === null ? undefined : find(session.providerId);
  const { decision } = (request.body ?? {}) as { readonly decision?: unknown };
  if (session === null || provider === undefined) {
    response.status(404).json({ message: "There is no such payment." });
  } else if (decision !== "suitable" && decision !== "notSuitable") {
    response.status(400).json({ message: 'The decision is "suitable" or "notSuitable".' });
  } else {
    const reference = session.id as PaymentReference;
    const result = await forMerchant(() =>
      core.runCommand(provider.id, { kind: "review", reference, shopKey: null, decision }),
    );
    const isRefused = result.kind === "failed";
    response.status(isRefused ? 400 : 200).json(isRefused ? { message: result.failure.merchantMessage } : {});
  }
}
