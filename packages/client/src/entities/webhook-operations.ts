import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer, noAnswer } from "../wire/answers.ts";
import { collectList } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { toListenerBody, toWebhookListener, toWebhookUrl } from "./to-webhook-configuration.ts";
import type {
  WebhookListener,
  WebhookListenerCreate,
  WebhookListenerUpdate,
  WebhookUrl,
  WebhookUrlCreate,
  WebhookUrlUpdate,
} from "./webhook-configuration.ts";

/** Two levels: a webhook URL, then listeners that refer to it. Lists are read to their end. */
export interface WebhookOperations {
  listWebhookUrls(options?: CallOptions): Promise<readonly WebhookUrl[]>;
  createWebhookUrl(body: WebhookUrlCreate, options?: CallOptions): Promise<WebhookUrl>;
  updateWebhookUrl(id: ServiceId, body: WebhookUrlUpdate, options?: CallOptions): Promise<WebhookUrl>;
  deleteWebhookUrl(id: ServiceId, options?: CallOptions): Promise<void>;
  listWebhookListeners(options?: CallOptions): Promise<readonly WebhookListener[]>;
  createWebhookListener(body: WebhookListenerCreate, options?: CallOptions): Promise<WebhookListener>;
  updateWebhookListener(id: ServiceId, body: WebhookListenerUpdate, options?: CallOptions): Promise<WebhookListener>;
  /** A deleted listener stays in the list, in state DELETED. */
  deleteWebhookListener(id: ServiceId, options?: CallOptions): Promise<void>;
}

const urls = "/webhooks/urls";
const listeners = "/webhooks/listeners";

export function createWebhookOperations(send: Send): WebhookOperations {
  const url = { read: jsonAnswer(toWebhookUrl, "WebhookUrl") };
  const listener = { read: jsonAnswer(toWebhookListener, "WebhookListener") };
  return {
    listWebhookUrls: (options) => collectList(send, urls, toWebhookUrl, {}, options),
    createWebhookUrl: (body, options) => send({ ...url, method: "POST", path: urls, body }, options),
    updateWebhookUrl: (id, body, options) => send({ ...url, method: "PATCH", path: `${urls}/${id}`, body }, options),
    deleteWebhookUrl: (id, options) => send({ method: "DELETE", path: `${urls}/${id}`, read: noAnswer }, options),
    listWebhookListeners: (options) => collectList(send, listeners, toWebhookListener, {}, options),
    createWebhookListener: (body, options) =>
      send({ ...listener, method: "POST", path: listeners, body: toListenerBody(body) }, options),
    updateWebhookListener: (id, body, options) =>
      send({ ...listener, method: "PATCH", path: `${listeners}/${id}`, body }, options),
    deleteWebhookListener: (id, options) =>
      send({ method: "DELETE", path: `${listeners}/${id}`, read: noAnswer }, options),
  };
}
