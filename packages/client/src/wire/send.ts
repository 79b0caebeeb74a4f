import type { CallOptions, ClientSettings } from "../client.ts";
import { isOutcomeUnknown, isServiceError, ServiceError } from "../errors.ts";
import type { SpaceId } from "../ids.ts";
import { exchange } from "./exchange.ts";
import type { SignRequest } from "./jwt.ts";
import { type Answer, toRefusal, toRequestText } from "./refusal.ts";
import { longestWait, type RequestLimit, type Urgency } from "./request-limit.ts";
import { type Query, toPathAndQuery } from "./url.ts";

/** A request to the service and how its answer is read. */
export interface ServiceRequest<T> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v2.0, escaped. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** Of one try, milliseconds. Default: the client's. */
  readonly timeout?: number;
  /** May it be sent again after an unknown outcome? Default: GET only. */
  readonly isRepeatable?: boolean;
  /** @throws Error that says what is wrong with the answer. */
  readonly read: (answer: Answer) => T;
}

/** @throws ServiceError, or the signal's reason when it is aborted before anything can have taken effect. */
export type Send = <T>(request: ServiceRequest<T>, options?: CallOptions) => Promise<T>;

export type SendSettings = Required<
  Omit<ClientSettings, "baseUrl" | "userId" | "authenticationKey" | "requestLimit">
> & {
  readonly origin: string;
  readonly sign: SignRequest;
};

/** Of one space: what all its requests share. */
export interface SpaceLine {
  readonly space: SpaceId;
  readonly limit: RequestLimit;
  readonly urgency: Urgency;
}

/**
 * Sends, each try signed anew. Repeated are: every request that had no effect (no connection, 429), and repeatable ones
 * after 5xx or a cut; never before Retry-After, with exponential backoff and full jitter.
 */
export function createSend(settings: SendSettings, line?: SpaceLine): Send {
  const { origin, sign, now, fetch } = settings;
  const space = line?.space;

  async function sendOnce<T>(request: ServiceRequest<T>, signal: AbortSignal | undefined): Promise<T> {
    const { method, path } = request;
    await line?.limit.pass(line.urgency, toRequestText({ ...request, space }), signal);
    const target = toPathAndQuery(path, request.query);
    const headers: Record<string, string> = {
      authorization: `Bearer ${sign(method, target, Math.floor(now() / 1000))}`,
    };
    if (space !== undefined) headers.space = space;
    if (request.body !== undefined) headers["content-type"] = "application/json";
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const timeout = request.timeout ?? settings.timeout;
    const answer = await exchange(fetch, { method, path, space, url: origin + target, headers, body, timeout }, signal);
    if (answer.status < 200 || answer.status >= 300) throw toRefusal(answer, { method, path, space }, now());
    return readAnswer(request, answer);
  }

  /** Who is asked to wait waits with all that he sends to this space. */
  function heed(error: unknown): void {
    if (!isServiceError(error) || error.code !== "rateLimited" || error.details.status === undefined) return;
    line?.limit.close((error.details.retryAfter ?? 0) * 1000);
  }

  return async (request, options = {}) => {
    const isRepeatable = request.isRepeatable ?? request.method === "GET";
    let unsettled: ServiceError | undefined;
    for (let tries = 1, wait = 0; ; tries++) {
      try {
        if (wait > 0) await settings.sleep(wait, options.signal);
        return await sendOnce(request, options.signal);
      } catch (error) {
        if (request.method !== "GET" && isServiceError(error) && isOutcomeUnknown(error)) unsettled ??= error;
        heed(error);
        const pause = toPause(error, tries, isRepeatable, settings.random);
        if (pause === undefined || tries > settings.retries || options.signal?.aborted) {
          throw unsettled === undefined || unsettled === error ? error : toUnsettled(unsettled, error);
        }
        wait = pause;
      }
    }
  };
}

/** Milliseconds until the next try; undefined when there must be none. */
function toPause(error: unknown, tries: number, isRepeatable: boolean, random: () => number): number | undefined {
  if (!isServiceError(error)) return undefined;
  const hadNoEffect = error.code === "unreachable" || error.code === "rateLimited";
  const maySettle = error.code === "cut" || error.code === "unavailable";
  if (!hadNoEffect && !(maySettle && isRepeatable)) return undefined;
  const asked = (error.details.retryAfter ?? 0) * 1000;
  // Longer than this nobody waits inside a call: the error tells `retryAfter`, the caller decides.
  if (asked > longestWait) return undefined;
  return asked + random() * Math.min(8000, 500 * 2 ** (tries - 1));
}

/** A try may have had its effect; what later tries met does not change that, so the first error is the one to act on. */
function toUnsettled(first: ServiceError, last: unknown): ServiceError {
  const told = last instanceof Error ? last.message : String(last);
  return new ServiceError(`${first.message} Trying again did not settle it: ${told}`, first.details, { cause: last });
}

function readAnswer<T>(request: ServiceRequest<T>, answer: Answer): T {
  try {
    return request.read(answer);
  } catch (cause) {
    const name = toRequestText({ ...request, space: undefined });
    const type = answer.headers.get("content-type") ?? "no content type";
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError(
      `The answer to ${name} (${answer.status}, ${type}) is not understood: ${told}. A newer version of this package may know it; if it is a web page, check baseUrl and what stands in between.`,
      { code: "unreadable", status: answer.status, request: name },
      { cause },
    );
  }
}
