import type { ServiceId, SpaceId } from "@checkout-plugins/client";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { ApiError } from "../api-error.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow, UserRow } from "../state/space.ts";
import type { Time } from "../state/transaction.ts";
import { toMilliseconds } from "../values/duration.ts";
import { isParsedObject, NumberText, type ParsedJson, parseJson } from "../values/json.ts";
import { authenticate } from "./authentication.ts";
import { createExpand } from "./expand.ts";
import type { FaultyDoor } from "./faulty-door.ts";
import type { Answer, Operation } from "./operation.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { RequestLog } from "./request-log.ts";
import { toErrorResponse, toResponse } from "./responses.ts";
import { forbidden } from "./space-operations.ts";

export const apiPrefix = "/api/v2.0";

export interface ApiParts {
  readonly world: World;
  readonly operations: readonly Operation[];
  readonly door: FaultyDoor;
  readonly rateLimit: RateLimit;
  readonly requests: RequestLog;
  /** The computer's clock, milliseconds. */
  readonly now: () => number;
  readonly publicUrl: string | undefined;
}

/** Where a request came in; empty when it was not by a socket. */
export interface Env {
  Bindings: Partial<HttpBindings>;
}

/** The web service, below its prefix. */
export function createApi(parts: ApiParts): Hono<Env> {
  const { world, requests, door, rateLimit } = parts;

  const userOf = (received: Received): UserRow =>
    authenticate({
      authorization: received.headers.get("authorization"),
      method: received.method,
      path: received.signedPath,
      findUser: (id) => world.state.users.get(id as ServiceId),
      clocks: [received.at, parts.now()],
      tolerance: toMilliseconds(received.known?.switches.tokenTolerance ?? "PT10M"),
    });
  const spaceFor = (received: Received, user: UserRow): SpaceRow => {
    const { spaceHeader } = received;
    if (spaceHeader === null)
      throw new ApiError(400, "space_missing", "The header Space with the id of the space is missing.");
    if (!/^[1-9]\d*$/.test(spaceHeader))
      throw new ApiError(400, "space_invalid", `The header Space must be an id, is "${spaceHeader}".`);
    const space = received.known;
    if (space === undefined) throw new ApiError(404, "resource_missing", `There is no space ${spaceHeader}.`);
    if (!user.spaces.includes(space.id)) throw forbidden(space, user);
    if (space.state !== "ACTIVE") throw new ApiError(403, "space_inactive", `The space ${space.id} is not active.`);
    return space;
  };
  const perform = (received: Received, operation: Operation | null): Answer => {
    const user = userOf(received);
    if (operation === null) {
      throw new ApiError(
        404,
        "unknown_operation",
        `The simulator has no operation ${received.method} ${apiPrefix}${received.path}.`,
      );
    }
    const { takesBody, run } = operation;
    const space = run.context === "space" ? spaceFor(received, user) : null;
    if (space !== null) rateLimit.take(space, world.agenda.now());
    const unexpanded = space?.switches.unexpanded ?? "stub";
    const call = {
      user,
      params: received.params,
      query: received.query,
      body: takesBody ? readBody(received) : null,
      expand: createExpand(received.query.getAll("expand"), unexpanded),
      context: { world, origin: parts.publicUrl ?? received.origin },
    };
    if (run.context === "none") return run.call(call);
    return space === null ? undefined : run.call({ ...call, space });
  };

  const handle = async (context: Context<Env>, operation: Operation | null): Promise<Response> => {
    const received = await receive(context, world);
    const log = (status: number | null) =>
      requests.add({
        at: world.agenda.now(),
        method: received.method,
        path: received.path + received.search,
        space: received.spaceHeader,
        status,
      });
    try {
      const response = await door.pass(received, () => {
        try {
          checkAccept(received);
          return toResponse(perform(received, operation), operation?.status ?? 200, received.known, world.agenda.now());
        } catch (error) {
          return toErrorResponse(error, world);
        }
      });
      log(response.status);
      return response;
    } catch (error) {
      if (error instanceof ApiError) {
        log(error.status);
        return toErrorResponse(error, world);
      }
      log(null);
      throw error;
    }
  };

  const app = new Hono<Env>({ strict: true });
  for (const operation of parts.operations.toSorted(byStaticness)) {
    app.on(operation.method, operation.path, (context) => handle(context, operation));
  }
  app.all("*", (context) => handle(context, null));
  app.onError((error) => {
    throw error;
  });
  return app;
}

/** Literal parts before parameters, so that `search` is not taken for an id. */
function byStaticness(a: Operation, b: Operation): number {
  const key = ({ path }: Operation) =>
    path
      .split("/")
      .map((part) => (part.startsWith(":") ? "1" : "0"))
      .join("");
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
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
  readonly known: SpaceRow | undefined;
  /** The transaction in the path, or that the body names. */
  readonly transaction: string | null;
}

async function receive(context: Context<Env>, world: World): Promise<Received> {
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

function parseLeniently(text: string): ParsedJson {
  try {
    return text === "" ? null : parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function transactionInBody(text: string): string | null {
  const body = parseLeniently(text);
  const value = isParsedObject(body) ? body.transaction : undefined;
  return value instanceof NumberText ? value.text : null;
}

function readBody({ headers, bodyText }: Received): ParsedJson {
  const type = headers.get("content-type") ?? "";
  if (!/^application\/(.+\+)?json\b/i.test(type)) {
    throw new ApiError(415, "unsupported_media_type", `The body must be application/json, the request says "${type}".`);
  }
  try {
    return parseJson(bodyText);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError(400, "malformed_json", `The body is not JSON: ${error.message}.`);
  }
}

function checkAccept({ headers }: Received): void {
  const accept = headers.get("accept") ?? "*/*";
  if (/\*\/\*|application\/(\*|json)|text\/(\*|plain)/i.test(accept)) return;
  throw new ApiError(
    406,
    "not_acceptable",
    `The web service answers application/json or text/plain, the request accepts only ${accept}.`,
  );
}
