import { webhookEntities } from "../catalogue/webhook-entities.ts";
import { numberText, writeJson } from "../values/json.ts";
import type { Delivery } from "./delivery.ts";

/** Members in the order of their names, no white space, as the service writes it; the state only in signed ones. */
export function toPayload({ change, eventId, listener, changedOn }: Delivery, isSigned: boolean): string {
  return writeJson({
    entityId: numberText(change.id),
    eventId,
    listenerEntityId: numberText(webhookEntities[change.entity]),
    listenerEntityTechnicalName: change.entity,
    spaceId: numberText(change.space),
    state: isSigned ? change.state : undefined,
    timestamp: toTimestamp(changedOn),
    webhookListenerId: numberText(listener.id),
  });
}

/** "2023-12-19T13:43:35+0000": the zone without a colon. */
function toTimestamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+0000`;
}
