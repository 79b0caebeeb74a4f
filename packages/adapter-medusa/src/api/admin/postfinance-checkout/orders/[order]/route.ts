import type { PaymentReference } from "@checkout-plugins/core";
import { type Language, toLanguage } from "@checkout-plugins/knowledge";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { type PaymentView, toPaymentView } from "../../../../../admin-view.ts";
import { toPayLink } from "../../../../../pay-link.ts";
import { findProviderOf } from "../../../../../provider-of.ts";
import { findRuntime, type Runtime } from "../../../../../runtime.ts";

/** What is recorded of an order's payments, and where its buyer pays what it owes. */
export interface OrderView {
  readonly payments: readonly PaymentView[];
  readonly payLink: string | null;
}

export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const runtime = await findRuntime();
  const order = request.params.order ?? "";
  const language = toLanguage(String(request.query.language));
  const view: OrderView = {
    payments: await listPayments(runtime, order, language),
    payLink: await findPayLink(runtime, order),
  };
  response.json(view);
}

async function listPayments(runtime: Runtime, order: string, language: Language): Promise<readonly PaymentView[]> {
  const { core, store, shop, knownMethods } = runtime;
  const payments: PaymentView[] = [];
  for (const id of await shop.listSessionsOf(order)) {
    const provider = await findProviderOf(runtime, id);
    if (provider === null) continue;
    const payment = await core.recall(provider.id, id as PaymentReference);
    if (payment === null) continue;
    const findings = await store.findings(provider.id);
    const methods = await knownMethods.list(provider.id, payment.environment === "test", language);
    payments.push(toPaymentView({ payment, findings, provider, language, methods }));
  }
  return payments;
}

async function findPayLink({ shop, providers }: Runtime, order: string): Promise<string | null> {
  const [provider] = providers;
  if (provider === undefined) return null;
  const links = (await shop.listCollectionsOf(order)).map((one) => toPayLink(provider, one));
  return links.find((link) => link !== null) ?? null;
}
