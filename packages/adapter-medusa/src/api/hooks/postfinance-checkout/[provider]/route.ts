import { Readable } from "node:stream";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { identifier, toShopId } from "../../../../medusa-names.ts";
import { findRuntime } from "../../../../runtime.ts";
import { toWebhookRequest } from "../../../../webhook-request.ts";

/**
 * Where the service sends its webhooks: `/hooks/postfinance-checkout/default` for the provider with the id `default`.
 * Unlike Medusa's own address it answers 200 only when the webhook is verified and kept.
 */
export async function POST(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { provider: name } = request.params;
  const runtime = await findRuntime();
  const provider = runtime.find(toShopId(name));
  if (provider === undefined) {
    response.status(404).send(`medusa-config has no provider ${identifier} with the id "${name}".`);
    return;
  }
  const body = Readable.toWeb(request) as ReadableStream;
  const answer = await runtime.core.receiveWebhook(provider.id, toWebhookRequest(request.headers["x-signature"], body));
  response
    .status(answer.status)
    .set(Object.fromEntries(answer.headers))
    .send(await answer.text());
  if (answer.ok) runtime.settleSoon();
}
