import type { SpaceId } from "../ids.ts";
import { type Fields, oneOf, orNull, readInteger, readSpaceId, readText } from "../wire/fields.ts";
import { type CreationEntityState, creationEntityStates } from "./creation-entity-state.ts";

/** A merchant's room at the service. */
export interface Space {
  readonly id: SpaceId;
  readonly name: string | null;
  readonly state: CreationEntityState;
  /** ISO 4217. */
  readonly primaryCurrency: string | null;
  readonly timeZone: string | null;
  /** Requests that the service accepts in two minutes; null when it does not tell. */
  readonly requestLimit: number | null;
}

export function toSpace(fields: Fields): Space {
  return {
    id: readSpaceId(fields, "id"),
    name: orNull(fields, "name", readText),
    state: oneOf(creationEntityStates)(fields, "state"),
    primaryCurrency: orNull(fields, "primaryCurrency", readText),
    timeZone: orNull(fields, "timeZone", readText),
    requestLimit: orNull(fields, "requestLimit", readInteger),
  };
}
