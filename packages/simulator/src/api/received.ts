import type { SpaceId } from "@checkout-plugins/client";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { ApiError } from "../api-error.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow } from "../state/space.ts";
import type { Time } from "../state/transaction.ts";
import { isParsedObject, NumberText, type ParsedJson, parseJson } from "../values/json.ts";

export const apiPrefix = "/api/v2.0";

/** Where a request came in; empty when it was not by a socket. */
export interface Env {
  Bindings: Partial<HttpBindings>;
}

/** What is known of a request before it is let in. */
export interface Received {
  readonly at: Time;
  readonly method: string;
  readonly headers: Headers;
  readonly origin: string;
  /** As in the request line: the token signs exactly this. */
  readonly signedPath: string;
  /** Below the prefix. */
  readonly path: string;
  readonly search: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly bodyText: string;
  readonly spaceHeader: string | null;
  /** The space of the header, where there is such a one. */
  readonly known: SpaceRow | undefined;
  /** The transaction in the path, or that the body names. */
  readonly transaction: string | null;
}

export async function receive(context: Context<Env>, world: World): Promise<Received> {
  const { raw } = context.req;
  const url = new URL(raw.url);
  const bodyText = await raw.text();
  const path = url.pathname.slice(apiPrefix.length);
  const spaceHeader = raw.headers.get("space");
  return {
    at: world.agenda.now(),
    method: raw.method,
    headers: raw.headers,
    origin: url.origin,
    signedPath: context.env.incoming?.url ?? url.pathname + url.search,
    path,
    search: url.search,
    query: url.searchParams,
    params: context.req.param() as Record<string, string>,
    bodyText,
    spaceHeader,
    known: world.state.spaces.get((spaceHeader ?? "") as SpaceId),
    transaction: /^\/payment\/transactions\/(\d+)/.exec(path)?.[1] ?? transactionInBody(bodyText),
  };
}

/** For faults only; whether the body is JSON is the operation's business. */
function transactionInBody(text: string): string | null {
  try {
    const body = text === "" ? null : parseJson(text);
    const value = isParsedObject(body) ? body.transaction : undefined;
    return value instanceof NumberText ? value.text : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws ApiError 415 or 400 */
export function readBody({ headers, bodyText }: Pick<Received, "headers" | "bodyText">): ParsedJson {
  const type = headers.get("content-type") ?? "";
  if (!/^application\/(.+\+)?json\b/i.test(type)) {
    throw new ApiError(415, "unsupported_media_type", `The body must be application/json, the request says "${type}".`);
  }
  return toJson(bodyText);
}

/** @throws ApiError 400 */
export function toJson(text: string): ParsedJson {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError(400, "malformed_json", `The body is not JSON: ${error.message}.`);
  }
}

/** @throws ApiError 406 */
export function checkAccept({ headers }: Received): void {
  const accept = headers.get("accept") ?? "*/*";
  if (/\*\/\*|application\/(\*|json)|text\/(\*|plain)/i.test(accept)) return;
  const message = `The web service answers application/json or text/plain, the request accepts only ${accept}.`;
  throw new ApiError(406, "not_acceptable", message);
}
