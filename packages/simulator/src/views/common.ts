import type { Expand } from "../api/expand.ts";
import { type FailureName, failures } from "../catalogue/failures.ts";
import type { World } from "../service/world.ts";
import type { Time } from "../state/transaction.ts";
import { type Json, type JsonObject, numberText } from "../values/json.ts";

/** Writes an entity as the web service shows it. */
export type View<T> = (row: T, expand: Expand, context: ViewContext) => JsonObject;

export interface ViewContext {
  readonly world: World;
  /** Where browsers reach the simulator, without a slash at the end. */
  readonly origin: string;
}

/** ISO 8601, UTC, milliseconds. */
export function dateTime(time: Time | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

export function failureReason(expand: Expand, failure: FailureName | null): Json {
  if (failure === null) return null;
  const { id, category, name, description } = failures[failure];
  return expand.one("failureReason", id, () => ({
    id: numberText(id),
    category,
    name: { "en-US": name },
    description: { "en-US": description },
  }));
}

/** A reference to another row; null when that row is gone. */
export function reference<T>(
  expand: Expand,
  name: string,
  id: string | null,
  table: { get(id: string): T | undefined },
  view: View<T>,
  context: ViewContext,
): Json {
  return expand.one(name, id, (inner) => {
    const row = id === null ? undefined : table.get(id);
    return row === undefined ? null : view(row, inner, context);
  });
}

/** An object with every unset member as null, so that a reader sees which there are. */
export function filled(names: readonly string[], values: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
