import { type Context, Hono } from "hono";
import { ApiError } from "../api-error.ts";
import type { World } from "../service/world.ts";
import { admitToSpace, admitUser } from "./admission.ts";
import { createExpand } from "./expand.ts";
import type { FaultyDoor } from "./faulty-door.ts";
import type { Answer, Operation } from "./operation.ts";
import type { RateLimit } from "./rate-limit.ts";
import { apiPrefix, checkAccept, type Env, type Received, readBody, receive } from "./received.ts";
import type { RequestLog } from "./request-log.ts";
import { toErrorResponse, toResponse } from "./responses.ts";

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

/** The web service, below its prefix. */
export function createApi(parts: ApiParts): Hono<Env> {
  const { world, requests, door } = parts;

  const respond = async (received: Received, operation: Operation | null): Promise<Response> => {
    try {
      checkAccept(received);
      const answer = await perform(parts, received, operation);
      return toResponse(answer, operation?.status ?? 200, received.known, world.agenda.now());
    } catch (error) {
      return toErrorResponse(error, world);
    }
  };
  const handle = async (context: Context<Env>, operation: Operation | null): Promise<Response> => {
    const received = await receive(context, world);
    const { method, path, search, spaceHeader: space } = received;
    const log = (status: number | null) =>
      requests.add({ at: world.agenda.now(), method, path: path + search, space, status });
    try {
      const response = await door.pass(received, () => respond(received, operation));
      log(response.status);
      return response;
    } catch (error) {
      log(error instanceof ApiError ? error.status : null);
      return toErrorResponse(error, world);
    }
  };

  const app = new Hono<Env>();
  for (const operation of parts.operations.toSorted(byStaticness)) {
    app.on(operation.method, operation.path, (context) => handle(context, operation));
  }
  app.all("*", (context) => handle(context, null));
  app.onError((error) => {
    throw error;
  });
  return app;
}

/** Lets the request in and does what it asks. @throws ApiError */
async function perform(parts: ApiParts, received: Received, operation: Operation | null): Promise<Answer> {
  const { world, rateLimit } = parts;
  const user = admitUser(world, received, parts.now());
  if (operation === null) {
    const message = `The simulator has no operation ${received.method} ${apiPrefix}${received.path}.`;
    throw new ApiError(404, "unknown_operation", message);
  }
  const { takesBody, run } = operation;
  const space = run.context === "space" ? admitToSpace(received, user) : null;
  if (space !== null) rateLimit.take(space, world.agenda.now());
  const call = {
    user,
    params: received.params,
    query: received.query,
    body: takesBody ? readBody(received) : null,
    expand: createExpand(received.query.getAll("expand"), space?.switches.unexpanded ?? "stub"),
    context: { world, origin: parts.publicUrl ?? received.origin },
  };
  if (run.context === "none") return run.call(call);
  return space === null ? undefined : run.call({ ...call, space });
}

/** Literal parts before parameters, so that `search` is not taken for an id. */
function byStaticness(a: Operation, b: Operation): number {
  const key = ({ path }: Operation) => path.replace(/[^/]+/g, (part) => (part.startsWith(":") ? "1" : "0"));
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
