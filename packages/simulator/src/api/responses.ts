import { ApiError } from "../api-error.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow } from "../state/space.ts";
import { type Json, NumberText, writeJson } from "../values/json.ts";
import { toUuid } from "../values/random.ts";
import { type Answer, PlainText } from "./operation.ts";

function respond(
  status: number,
  type: string | null,
  body: string | null,
  headers: Readonly<Record<string, string>>,
): Response {
  const contentType = type === null ? {} : { "content-type": type };
  return new Response(body, { status, headers: { ...contentType, "cache-control": "no-store", ...headers } });
}

const dateHeader = (now: number) => ({ date: new Date(now).toUTCString() });

export function toResponse(answer: Answer, status: number, space: SpaceRow | undefined, now: number): Response {
  if (answer === undefined) return respond(204, null, null, dateHeader(now));
  if (answer instanceof PlainText) return respond(status, "text/plain;charset=utf-8", answer.text, dateHeader(now));
  const shown = space?.switches.unsetValues === "absent" ? withoutNulls(answer) : answer;
  return respond(status, "application/json;charset=utf-8", writeJson(shown), dateHeader(now));
}

/** @throws what is not an answer of the service: our own mistake, or a connection to cut */
export function toErrorResponse(error: unknown, world: World): Response {
  if (!(error instanceof ApiError)) throw error;
  const now = world.agenda.now();
  const body = {
    id: toUuid(world.random),
    date: new Date(now).toISOString(),
    code: error.code,
    message: error.message,
    errors: { ...error.errors },
  };
  const retryAfter = error.retryAfter === undefined ? {} : { "retry-after": String(error.retryAfter) };
  return respond(error.status, "application/json;charset=utf-8", writeJson(body), {
    ...dateHeader(now),
    ...retryAfter,
  });
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null || value instanceof NumberText) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member ?? null)]));
}
