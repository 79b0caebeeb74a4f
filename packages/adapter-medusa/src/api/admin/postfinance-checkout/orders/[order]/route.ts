import type { PaymentReference } from "@checkout-plugins/core";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { type PaymentView, toLanguage, toPaymentView } from "../../../../../admin-view.ts";
import { findRuntime } from "../../../../../runtime.ts";

/** What is recorded of an order's payments; asks the service nothing. */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { core, store, shop, find } = await findRuntime();
  const language = toLanguage(request.query.language);
  const payments: PaymentView[] = [];
  for (const id of await shop.listSessionsOf(request.params.order ?? "")) {
    const session = await shop.readSession(id);
    const provider = session === null ? undefined : find(session.providerId);
    if (provider === undefined) continue;
    const payment = await core.recall(provider.id, id as PaymentReference);
    if (payment === null) continue;
    payments.push(toPaymentView({ payment, findings: await store.findings(provider.id), provider, language }));
  }
  response.json({ payments });
}
