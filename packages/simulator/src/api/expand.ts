import type { Json, JsonObject } from "../values/json.ts";
import { numberText } from "../values/json.ts";

/** Which references an answer fills in, and how it writes those that it does not. */
export interface Expand {
  /** The value of a reference: null without id, a stub or null when it was not asked for, else the whole entity. */
  one(name: string, id: string | null | undefined, view: (inner: Expand) => JsonObject | null): Json;
  /** The expansions below a member that is always there. */
  into(name: string): Expand;
  readonly isStub: boolean;
}

/** @param paths property names, dotted where nested: `paymentConnectorConfiguration.paymentMethodConfiguration`. */
export function createExpand(paths: readonly string[], unexpanded: "stub" | "null"): Expand {
  const below = (name: string) =>
    paths.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
  const expand: Expand = {
    isStub: unexpanded === "stub",
    into: (name) => createExpand(below(name), unexpanded),
    one(name, id, view) {
      if (id === null || id === undefined) return null;
      const isWanted = paths.some((path) => path === name || path.startsWith(`${name}.`));
      if (isWanted) return view(expand.into(name));
      return expand.isStub ? { id: numberText(id) } : null;
    },
  };
  return expand;
}
