import type { SpaceRow, UserRow } from "../state/space.ts";
import type { Json, ParsedJson } from "../values/json.ts";
import type { ViewContext } from "../views/common.ts";
import type { Expand } from "./expand.ts";

/** A request that was let in: signed, in a space the user has rights in, with a body that is JSON. */
export interface Call {
  readonly user: UserRow;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: ParsedJson;
  readonly expand: Expand;
  readonly context: ViewContext;
}
export interface SpaceCall extends Call {
  readonly space: SpaceRow;
}

/** An answer in text/plain. */
export class PlainText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
/** Undefined: 204, nothing to say. */
export type Answer = Json | PlainText | undefined;

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One operation of the web service, as data. */
export interface Operation {
  readonly method: Method;
  /** Below /api/v2.0, parameters as `:id`. */
  readonly path: string;
  readonly status: number;
  /** The body has to be there and to be JSON. */
  readonly takesBody: boolean;
  readonly run:
    | { readonly context: "space"; readonly call: Run }
    | { readonly context: "none"; readonly call: (call: Call) => Answer };
}

type Run = (call: SpaceCall) => Answer | Promise<Answer>;

export function get(path: string, call: Run): Operation {
  return { method: "GET", path, status: 200, takesBody: false, run: { context: "space", call } };
}
export function getGlobal(path: string, call: (call: Call) => Answer): Operation {
  return { method: "GET", path, status: 200, takesBody: false, run: { context: "none", call } };
}
/** Makes something of its body: 201. */
export function create(path: string, call: Run): Operation {
  return { method: "POST", path, status: 201, takesBody: true, run: { context: "space", call } };
}
/** Does something: 200. */
export function act(
  path: string,
  call: Run,
  options: { readonly takesBody?: boolean; readonly status?: number } = {},
): Operation {
  const { takesBody = false, status = 200 } = options;
  return { method: "POST", path, status, takesBody, run: { context: "space", call } };
}
export function patch(path: string, call: Run): Operation {
  return { method: "PATCH", path, status: 200, takesBody: true, run: { context: "space", call } };
}
export function remove(path: string, call: (call: SpaceCall) => void): Operation {
  const run = (spaceCall: SpaceCall) => {
    call(spaceCall);
    return undefined;
  };
  return { method: "DELETE", path, status: 204, takesBody: false, run: { context: "space", call: run } };
}
