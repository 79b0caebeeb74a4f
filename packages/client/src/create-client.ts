import { textAnswer } from "./answers.ts";
import type { Client, ClientSettings } from "./client.ts";
import { isServiceError } from "./errors.ts";
import { createRequestSigner } from "./jwt.ts";
import { createSend } from "./send.ts";
import { createTransactionOperations } from "./transaction-operations.ts";
import { escapeText, toOrigin } from "./url.ts";
import { createWebhookOperations } from "./webhook-operations.ts";

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
  const send = createSend(sendSettings, undefined);
  return {
    space: (space) => {
      const sendInSpace = createSend(sendSettings, space);
      return { space, ...createTransactionOperations(sendInSpace), ...createWebhookOperations(sendInSpace) };
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
