import {
  type ReceivedWebhook,
  receiveWebhook as verify,
  type Webhook,
  webhookEntities,
} from "@checkout-plugins/client";
import type { CoreParts, EntityKind, Hint, Shop, ShopId } from "./contract/index.ts";
import { readBody } from "./read-body.ts";

/** Bytes. The service's webhooks have about 200. */
const bodyLimit = 64 * 1024;
const retryLater = "30";

const kinds: ReadonlyMap<string, EntityKind> = new Map([
  [webhookEntities.Transaction, "transaction"],
  [webhookEntities.TransactionCompletion, "completion"],
  [webhookEntities.TransactionVoid, "void"],
  [webhookEntities.Refund, "refund"],
  [webhookEntities.DeliveryIndication, "deliveryIndication"],
  [webhookEntities.TransactionInvoice, "transactionInvoice"],
]);

type Reason = Extract<ReceivedWebhook, { kind: "invalid" }>["reason"];

/** For whoever reads the service's list of failed webhooks, or tries to forge one. */
const refusals: Readonly<Record<Reason, string>> = {
  missing:
    "This webhook carries no signature. Set up the listener again from the plugin: listeners of the web service 2.0 sign.",
  malformed: "The signature header is not of the form the service sends.",
  algorithm: "The signature names another algorithm than SHA256withECDSA.",
  encoding: "The signature is not a canonically encoded one.",
  mismatch: "The signature does not belong to these bytes: they were altered, or signed by somebody else.",
  unknownKey: "The service does not know the key that this signature names.",
  tooLarge: "A webhook has at most 64 KiB.",
};

function answer(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ message }, { status, headers });
}

function toHint(webhook: Webhook): Hint | null {
  const entity = kinds.get(webhook.entity);
  return entity === undefined
    ? null
    : { entity, id: webhook.entityId, space: webhook.space, state: webhook.state, reading: null };
}

function isOurs(shop: Shop, { space }: Webhook): boolean {
  return shop.live?.space === space || shop.test?.space === space;
}

async function keep(parts: CoreParts, shop: Shop, webhook: Webhook): Promise<Response> {
  const hint = toHint(webhook);
  const seen = {
    shop: shop.id,
    space: webhook.space,
    entity: webhook.technicalName,
    state: webhook.state,
    reading: null,
  };
  if (webhook.entity === webhookEntities.PaymentMethodConfiguration && isOurs(shop, webhook)) {
    parts.methodsChanged?.(shop.id);
    return answer(200, "Noted.");
  }
  if (hint === null || !isOurs(shop, webhook)) {
    parts.logger.info("webhook ignored", seen);
    return answer(200, "Not one of this shop's payments.");
  }
  if ((await parts.store.addHints([hint], parts.clock.now())) === "full") {
    return answer(503, "Too many webhooks are waiting. Come again.", { "retry-after": retryLater });
  }
  parts.logger.debug("webhook kept", seen);
  parts.wake?.();
  return answer(200, "Kept.");
}

/**
 * The door for the service's webhooks: limits, signature over the raw bytes, then parse; 200 only when the hint is
 * durably stored. No other work is done before the answer. 401 for a bad signature, since a repeat cannot help; 503 when
 * the key could not be asked for or the hint could not be stored, so that the service comes again.
 */
export async function receiveWebhook(parts: CoreParts, shopId: ShopId, request: Request): Promise<Response> {
  const shop = await parts.shops.find(shopId);
  if (shop === null) return answer(404, "There is no such shop here.");
  if (request.method !== "POST") return answer(405, "Webhooks come by POST.", { allow: "POST" });
  const body = await readBody(request, bodyLimit);
  if (body === null) return answer(413, refusals.tooLarge);
  try {
    const received = await verify(body, request.headers.get("x-signature"), shop.keys);
    switch (received.kind) {
      case "invalid":
        parts.logger.warn("webhook refused", { shop: shopId, reason: received.reason });
        return answer(401, refusals[received.reason]);
      case "throttled":
        return answer(503, "Too many unknown keys.", { "retry-after": String(Math.ceil(received.retryAfter)) });
      case "valid":
        return await keep(parts, shop, received.webhook);
    }
  } catch (error) {
    parts.logger.error("webhook not kept", {
      shop: shopId,
      why: error instanceof Error ? error.message : String(error),
    });
    return answer(503, "The webhook could not be kept. Come again.", { "retry-after": retryLater });
  }
}
