import {
  type Fields,
  oneOf,
  readFlag,
  readId,
  readInteger,
  readReference,
  readText,
  readTextList,
} from "../wire/fields.ts";
import { toWireNumber, type Wire } from "../wire/wire.ts";
import { creationEntityStates } from "./creation-entity-state.ts";
import type { WebhookListener, WebhookListenerCreate, WebhookUrl } from "./webhook-configuration.ts";

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
