import type { Client, ClientSettings, SpaceClient } from "./client.ts";
import { createChargeAttemptOperations } from "./entities/charge-attempt-operations.ts";
import { createCheckoutOperations } from "./entities/checkout-operations.ts";
import { createCompletionOperations } from "./entities/completion-operations.ts";
import { createDeliveryIndicationOperations } from "./entities/delivery-indication-operations.ts";
import { createInvoiceOperations } from "./entities/invoice-operations.ts";
import { createLineItemVersionOperations } from "./entities/line-item-version-operations.ts";
import { createRefundOperations } from "./entities/refund-operations.ts";
import { toSpace } from "./entities/space.ts";
import { createTerminalOperations } from "./entities/terminal-operations.ts";
import { createTokenOperations } from "./entities/token-operations.ts";
import { createTransactionOperations } from "./entities/transaction-operations.ts";
import { createVoidOperations } from "./entities/void-operations.ts";
import { createWebhookOperations } from "./entities/webhook-operations.ts";
import { isServiceError } from "./errors.ts";
import type { SpaceId } from "./ids.ts";
import { jsonAnswer, textAnswer } from "./wire/answers.ts";
import { createRequestSigner } from "./wire/jwt.ts";
import { createRequestLimit, type RequestLimit } from "./wire/request-limit.ts";
import { createSend, type Send } from "./wire/send.ts";
import { escapeText, toOrigin } from "./wire/url.ts";

/** @throws TypeError when a setting cannot be right: an id that is no number, a key that is not Base64, a URL with a path. */
export function createClient(settings: ClientSettings): Client {
  const sendSettings = {
    origin: toOrigin(settings.baseUrl ?? "https://checkout.postfinance.ch"),
    sign: createRequestSigner(settings.userId, settings.authenticationKey),
    fetch: settings.fetch ?? globalThis.fetch,
    now: settings.now,
    random: settings.random,
    sleep: settings.sleep,
    timeout: settings.timeout ?? 25_000,
    retries: settings.retries ?? 2,
  };
  const send = createSend(sendSettings);
  const limits = new Map<SpaceId, RequestLimit>();
  const limitOf = (space: SpaceId): RequestLimit => {
    const limit = limits.get(space) ?? createRequestLimit(settings.requestLimit, settings);
    limits.set(space, limit);
    return limit;
  };
  return {
    space: (space) => {
      const line = { space, limit: limitOf(space) };
      return {
        ...createSpaceClient(send, createSend(sendSettings, { ...line, urgency: "asked" }), space),
        background: createSpaceClient(send, createSend(sendSettings, { ...line, urgency: "background" }), space),
      };
    },
    readWebhookKey: async (keyId, options) => {
      const path = `/webhooks/encryption-keys/${escapeText(keyId)}`;
      try {
        return await send({ method: "GET", path, read: textAnswer }, options);
      } catch (error) {
        if (isServiceError(error) && error.code === "notFound") return null;
        throw error;
      }
    },
  };
}

function createSpaceClient(send: Send, inSpace: Send, space: SpaceId): SpaceClient {
  return {
    space,
    readSpace: (options) =>
      send({ method: "GET", path: `/spaces/${space}`, read: jsonAnswer(toSpace, "Space") }, options),
    ...createTransactionOperations(inSpace),
    ...createCheckoutOperations(inSpace),
    ...createCompletionOperations(inSpace),
    ...createVoidOperations(inSpace),
    ...createRefundOperations(inSpace),
    ...createLineItemVersionOperations(inSpace),
    ...createInvoiceOperations(inSpace),
    ...createDeliveryIndicationOperations(inSpace),
    ...createChargeAttemptOperations(inSpace),
    ...createTokenOperations(inSpace),
    ...createTerminalOperations(inSpace),
    ...createWebhookOperations(inSpace),
  };
}
