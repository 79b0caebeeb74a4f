import { ServiceError, type ServiceErrorCode, type ServiceErrorDetails } from "../errors.ts";
import { orNull, readText, readTexts, toFields } from "./fields.ts";
import { parseJson } from "./json.ts";

/** An answer of the service, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What an error tells about its request: method, path and space, never the query, headers or body. */
export interface RequestName {
  readonly method: string;
  readonly path: string;
  readonly space: string | undefined;
}

export function toRequestText(request: RequestName): string {
  return `${request.method} ${request.path}`;
}

/** The error of an answer that is not 2xx. `now` in milliseconds, for Retry-After dates and the clock's skew. */
export function toRefusal(answer: Answer, request: RequestName, now: number): ServiceError {
  const code = toCode(answer.status);
  const serverTime = Date.parse(answer.headers.get("date") ?? "");
  const details: ServiceErrorDetails = {
    code,
    status: answer.status,
    request: toRequestText(request),
    retryAfter: toRetryAfter(answer.headers.get("retry-after"), Number.isNaN(serverTime) ? now : serverTime),
    clockSkew: answer.status === 401 && !Number.isNaN(serverTime) ? Math.round((now - serverTime) / 1000) : undefined,
    ...toServiceDetails(answer.text),
  };
  return new ServiceError(`${explain(details, request, answer)}${quote(details)}`, details);
}

function toCode(status: number): ServiceErrorCode {
  if (status < 400) return "unreadable";
  // 408 tells that the service gave up waiting, not whether it did something.
  if (status >= 500 || status === 408) return "unavailable";
  const codes: Readonly<Record<number, ServiceErrorCode>> = {
    401: "credentials",
    403: "permission",
    404: "notFound",
    409: "versionConflict",
    423: "versionConflict",
    429: "rateLimited",
  };
  return codes[status] ?? "invalid";
}

function explain(details: ServiceErrorDetails, request: RequestName, answer: Answer): string {
  const what = `${details.request} (${answer.status})`;
  const place = request.space === undefined ? "" : ` in space ${request.space}`;
  switch (details.code) {
    case "credentials":
      return `PostFinance Checkout refused the credentials for ${what}. ${explainSkew(details.clockSkew)}`;
    case "permission":
      return `The application user may not do ${what}${place}. Give it a role with this right there, such as "Space Admin".`;
    case "notFound":
      return `PostFinance Checkout found nothing for ${what}${place}. Check the id, and that it belongs to this space.`;
    case "versionConflict":
      return `It has changed meanwhile: ${what}. Read it again and decide again.`;
    case "rateLimited":
      return `Too many requests: ${what} was refused. Wait ${details.retryAfter ?? "some"} seconds, or ask for a higher limit.`;
    case "unavailable":
      return `PostFinance Checkout failed at ${what}${request.method === "GET" ? "." : "; whether it took effect is not known."}`;
    case "unreadable":
      return `${what} was redirected, which the service never does. Check baseUrl, and what stands in between.`;
    default:
      return `PostFinance Checkout refused ${what}${place}: the request is not right.`;
  }
}

function explainSkew(skew: number | undefined): string {
  const usual = "Check the id of the application user, its authentication key, and that the user is active.";
  if (skew === undefined || Math.abs(skew) < 30) return usual;
  const direction = skew > 0 ? "ahead of" : "behind";
  return `This machine's clock is ${Math.abs(skew)} seconds ${direction} the service's: set it right first. ${usual}`;
}

function quote(details: ServiceErrorDetails): string {
  const fields = Object.entries(details.serviceErrors ?? {}).map(([field, text]) => `${field}: ${text}`);
  const said = [details.serviceMessage, ...fields].filter((part) => part !== undefined).join(" | ");
  if (said === "") return "";
  const id = details.serviceErrorId === undefined ? "" : ` (error ${details.serviceErrorId})`;
  return ` The service says: ${toOneLine(`${said}${id}`)}`;
}

/** The service's text goes into logs: no line breaks or control characters, no novels. */
function toOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length > 1000 ? `${line.slice(0, 1000)} …` : line;
}

type ServiceDetails = Pick<ServiceErrorDetails, "serviceCode" | "serviceMessage" | "serviceErrors" | "serviceErrorId">;

/** The service's own error body; a proxy's page has none, and says nothing more than its status. */
function toServiceDetails(text: string): ServiceDetails {
  try {
    const fields = toFields(parseJson(text), "error");
    return {
      serviceCode: orNull(fields, "code", readText) ?? undefined,
      serviceMessage: orNull(fields, "message", readText) ?? undefined,
      serviceErrors: orNull(fields, "errors", readTexts) ?? undefined,
      serviceErrorId: orNull(fields, "id", readText) ?? undefined,
    };
  } catch {
    return {};
  }
}

/** Seconds; of a date they count from the service's own clock where it told it. */
function toRetryAfter(header: string | null, serverTime: number): number | undefined {
  if (header === null) return undefined;
  if (/^[0-9]{1,9}$/.test(header)) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - serverTime) / 1000));
}
