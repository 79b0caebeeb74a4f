/** An answer of the web service that is not a success. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  /** By field of the body, such as `lineItems[0].name`. */
  readonly errors: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    details: { readonly errors?: Readonly<Record<string, string>>; readonly retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = details.errors ?? {};
    this.retryAfter = details.retryAfter;
  }
}

export function missing(what: string, id: string): ApiError {
  return new ApiError(404, "resource_missing", `The requested ${what} ${id} does not exist in this space.`);
}

export function unprocessable(code: string, message: string, errors?: Readonly<Record<string, string>>): ApiError {
  return new ApiError(422, code, message, errors === undefined ? {} : { errors });
}
