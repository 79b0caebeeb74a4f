/**
 * What went wrong between us and the service.
 *
 * - `credentials` 401, `permission` 403, `notFound` 404, `versionConflict` 409, `invalid` 400/406/413/415/416/422,
 *   `rateLimited` 429, `unavailable` 5xx: the service answered, the request had no effect (for 5xx: not known).
 * - `unreachable`: no connection was made, the request had no effect.
 * - `cut`: the request may have had its effect, the answer did not arrive (time-out, reset, truncated body).
 * - `unreadable`: the service answered with something we do not understand, for instance an unknown state.
 */
export type ServiceErrorCode =
  | "credentials"
  | "permission"
  | "notFound"
  | "versionConflict"
  | "invalid"
  | "rateLimited"
  | "unavailable"
  | "unreachable"
  | "cut"
  | "unreadable";

const mark = Symbol.for("checkout-plugins.ServiceError");

export interface ServiceErrorDetails {
  readonly code: ServiceErrorCode;
  readonly status?: number | undefined;
  /** Method and path, never the query's secrets, never headers. */
  readonly request: string;
  /** `code`, `message`, `errors` and `id` of the service's own error body. */
  readonly serviceCode?: string | undefined;
  readonly serviceMessage?: string | undefined;
  readonly serviceErrors?: Readonly<Record<string, string>> | undefined;
  readonly serviceErrorId?: string | undefined;
  /** Seconds the service asked us to wait. */
  readonly retryAfter?: number | undefined;
  /** Seconds our clock is ahead of the service's Date header; told on 401, where it is the usual cause. */
  readonly clockSkew?: number | undefined;
}

export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ServiceErrorCode;
  readonly details: ServiceErrorDetails;

  constructor(message: string, details: ServiceErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.code = details.code;
    this.details = details;
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Recognises a ServiceError of another installed copy of this package too. */
export function isServiceError(value: unknown): value is ServiceError {
  return typeof value === "object" && value !== null && (value as Readonly<Record<symbol, unknown>>)[mark] === true;
}

/** May the request have taken effect although we have no answer? */
export function isOutcomeUnknown(error: unknown): boolean {
  return isServiceError(error) && (error.code === "cut" || error.code === "unavailable" || error.code === "unreadable");
}
