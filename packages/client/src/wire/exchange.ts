import { ServiceError, type ServiceErrorDetails } from "../errors.ts";
import { type Answer, type RequestName, toRequestText } from "./refusal.ts";

/** One request on the wire. */
export interface Exchange extends RequestName {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number;
}

/** Documents are the largest answers, a few megabytes of Base64. */
const largestAnswer = 32 * 1024 * 1024;

/**
 * Sends once and reads the whole answer, whatever its status.
 *
 * @throws ServiceError `unreachable` when no connection was made, else `cut`; the signal's reason when the caller aborts a
 *   GET. An aborted write may already have been received, so it is a `cut` whose cause is the reason.
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  request: Exchange,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const relay = () => stop.abort(signal?.reason);
  // An own timer: AbortSignal.any and AbortSignal.timeout stay referenced by the caller's long-lived signal.
  const timer = setTimeout(() => stop.abort(), request.timeout);
  signal?.addEventListener("abort", relay, { once: true });
  try {
    const { method, headers, body = null } = request;
    const response = await fetch(request.url, { method, headers, body, redirect: "manual", signal: stop.signal });
    return { status: response.status, headers: response.headers, text: await readText(response) };
  } catch (error) {
    if (signal?.aborted && request.method === "GET") throw signal.reason;
    throw toFailure(error, request, signal?.aborted === true, stop.signal.aborted);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", relay);
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > largestAnswer) {
      await reader.cancel();
      throw new RangeError(`the answer is larger than ${largestAnswer} bytes`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toFailure(error: unknown, request: Exchange, isAborted: boolean, isTimedOut: boolean): ServiceError {
  const name = toRequestText(request);
  const details = { request: name };
  const effect = request.method === "GET" ? "" : " It may have had its effect.";
  if (isAborted)
    return fail({ ...details, code: "cut" }, `${name} was aborted while it was under way.${effect}`, error);
  if (isTimedOut) {
    return fail(
      { ...details, code: "cut" },
      `${name} had no whole answer after ${request.timeout} ms.${effect}`,
      error,
    );
  }
  if (isConnectFailure(error)) {
    const origin = new URL(request.url).origin;
    const message = `No connection to ${origin} for ${name}: ${tell(error)}. It had no effect. Check baseUrl, DNS, the firewall and certificates.`;
    return fail({ ...details, code: "unreachable" }, message, error);
  }
  return fail({ ...details, code: "cut" }, `The answer to ${name} broke off: ${tell(error)}.${effect}`, error);
}

function fail(details: ServiceErrorDetails, message: string, cause: unknown): ServiceError {
  return new ServiceError(message, details, { cause });
}

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

function toSystemError(error: unknown): SystemError {
  return typeof error === "object" && error !== null ? error : {};
}

/** Names were not found, nobody listened, or TLS failed: the request was never sent. Everything else may have been. */
function isConnectFailure(error: unknown): boolean {
  const { code, syscall, cause, errors } = toSystemError(error);
  if (errors !== undefined && errors.length > 0) return errors.every(isConnectFailure);
  if (syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT") return true;
  if (typeof code === "string" && /^(?:ERR_TLS_CERT|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/.test(code)) return true;
  return cause !== undefined && isConnectFailure(cause);
}

function tell(error: unknown): string {
  const { code, message, cause } = toSystemError(error);
  if (cause !== undefined) return tell(cause);
  return [code, message].filter((part) => typeof part === "string" && part !== "").join(" ") || "unknown error";
}
