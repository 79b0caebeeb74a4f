import type { LoggedRequest } from "../api/request-log.ts";
import type { Fault } from "../faults/faults.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow } from "../state/space.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import type { Delivery } from "../webhooks/delivery.ts";

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

export function clockView({ agenda }: World): JsonObject {
  const next = agenda.next();
  return { kind: agenda.clock, now: instant(agenda.now()), next: next === null ? null : instant(next) };
}

export function spaceView(world: World, space: SpaceRow): JsonObject {
  const methods = world.state.tables.methodConfigurations.of(space.id).filter((row) => row.state === "ACTIVE");
  return {
    id: numberText(space.id),
    name: space.name,
    state: space.state,
    currency: space.primaryCurrency,
    language: space.language,
    methods: methods.map(({ id, method }) => ({ id: numberText(id), method })),
    switches: space.switches as unknown as JsonObject,
  };
}
