import { toServiceId, webhookEntities } from "@checkout-plugins/client";
import { type Core, type HostedShopAdapter, isPaymentError, type Shop, type ShopId } from "@checkout-plugins/core";

const webhookUrl = "http://gateway.test/webhooks";

const statuses: Readonly<Record<string, number>> = {
  badSignature: 401,
  badRequest: 400,
  invalidOrder: 422,
  invalidAmount: 422,
  unknownPayment: 404,
};

/** The gateway as a shop that calls it over HTTP sees it. */
export async function answerCommand(
  core: Core,
  shopId: ShopId,
  adapter: HostedShopAdapter,
  request: Request,
): Promise<Response> {
  try {
    const command = await adapter.readCommand(request, { address: "127.0.0.1", certificate: null });
    const result = await core.runCommand(shopId, command);
    return adapter.writeResult({ kind: command.kind, command, result } as Parameters<typeof adapter.writeResult>[0]);
  } catch (error) {
    if (!isPaymentError(error)) throw error;
    const { code, message, publicMessage, retryable } = error;
    return Response.json({ error: { code, message, publicMessage, retryable } }, { status: statuses[code] ?? 503 });
  }
}

/** Has the service send its webhooks. */
export async function listen(shop: Shop): Promise<void> {
  for (const space of [shop.live, shop.test]) {
    if (space === null) continue;
    const { id: url } = await space.createWebhookUrl({ name: "Conformance", url: webhookUrl, state: "ACTIVE" });
    const watched: readonly [keyof typeof webhookEntities, readonly string[]][] = [
      ["Transaction", ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"]],
      ["Refund", ["SUCCESSFUL", "FAILED"]],
      ["TransactionCompletion", ["FAILED"]],
      ["TransactionVoid", ["FAILED"]],
    ];
    for (const [entity, entityStates] of watched) {
      const listener = { name: entity, entity: toServiceId(webhookEntities[entity]), entityStates, url };
      await space.createWebhookListener({ ...listener, notifyEveryChange: false, state: "ACTIVE" });
    }
  }
}
