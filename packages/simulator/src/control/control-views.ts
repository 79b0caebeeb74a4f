import type { LoggedRequest } from "../api/request-log.ts";
import type { Fault } from "../faults/faults.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import type { Delivery } from "../webhooks/dispatcher.ts";

const instant = (time: number) => new Date(time).toISOString();

export function requestView({ at, method, path, space, status }: LoggedRequest): JsonObject {
  return { at: instant(at), method, path, space, status };
}

export function faultView(fault: Fault): JsonObject {
  const { duration, times, ...rest } = fault;
  return { ...rest, times: times ?? "always", duration: `PT${duration / 1000}S` };
}

export function deliveryView({ change, listener, ...delivery }: Delivery): JsonObject {
  return {
    eventId: delivery.eventId,
    entity: change.entity,
    entityId: numberText(change.id),
    entityState: change.state,
    space: numberText(change.space),
    transaction: numberText(change.transaction),
    listener: numberText(listener.id),
    url: delivery.url,
    state: delivery.state,
    changedOn: instant(delivery.changedOn),
    dueOn: delivery.state === "waiting" ? instant(delivery.dueOn) : null,
    attempts: delivery.attempts.map(({ at, status, error, signature }) => ({
      at: instant(at),
      status,
      error,
      signature,
    })),
  };
}
