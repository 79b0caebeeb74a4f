import { type Fields, oneOf, readFlag, readId, readInteger, readReference, readText, readTextList } from "./fields.ts";
import {
  creationEntityStates,
  type WebhookListener,
  type WebhookListenerCreate,
  type WebhookUrl,
} from "./webhook-configuration.ts";
import { toWireNumber, type Wire } from "./wire.ts";

export function toWebhookUrl(fields: Fields): WebhookUrl {
  return {
    id: readId(fields, "id"),
    version: readInteger(fields, "version"),
    name: readText(fields, "name"),
    url: readText(fields, "url"),
    state: oneOf(creationEntityStates)(fields, "state"),
  };
}

export function toWebhookListener(fields: Fields): WebhookListener {
  return {
    id: readId(fields, "id"),
    version: readInteger(fields, "version"),
    name: readText(fields, "name"),
    entity: readId(fields, "entity"),
    entityStates: readTextList(fields, "entityStates"),
    notifyEveryChange: readFlag(fields, "notifyEveryChange"),
    state: oneOf(creationEntityStates)(fields, "state"),
    url: readReference(fields, "url"),
    enablePayloadSignatureAndState: readFlag(fields, "enablePayloadSignatureAndState"),
  };
}

export function toListenerBody(body: WebhookListenerCreate): Wire<WebhookListenerCreate> {
  return { ...body, entity: toWireNumber(body.entity), url: toWireNumber(body.url) };
}
