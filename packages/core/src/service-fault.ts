import { isServiceError } from "@checkout-plugins/client";
import type { Seconds } from "./contract/index.ts";
import { isPaymentError, PaymentError, type PaymentErrorCode } from "./errors.ts";
import { toBuyerMessage } from "./failure.ts";

const codes: Readonly<Record<string, PaymentErrorCode>> = {
  credentials: "credentials",
  permission: "permission",
  notFound: "spaceNotFound",
  versionConflict: "busy",
  invalid: "serviceRefused",
};

/** A fault of the service as a PaymentError; its message already says what to do. Other errors pass unchanged. */
export function toPaymentError(error: unknown): unknown {
  if (!isServiceError(error)) return error;
  const code = codes[error.code] ?? "serviceUnavailable";
  const retryable = code === "serviceUnavailable" || code === "busy";
  return new PaymentError(code, error.message, { retryable, cause: error });
}

const passing: ReadonlySet<string> = new Set([
  "credentials",
  "permission",
  "rateLimited",
  "unavailable",
  "unreachable",
  "cut",
]);

/** Does every request of the space meet this fault, until it passes or is mended? Then it says nothing of one payment. */
export function isPassing(error: unknown): boolean {
  const cause = isPaymentError(error) ? error.cause : error;
  return isServiceError(cause) && passing.has(cause.code);
}

/** Seconds that the space's limit asks to wait; null: the fault is another one. */
export function toLimited(error: unknown): Seconds | null {
  const cause = isPaymentError(error) ? error.cause : error;
  return isServiceError(cause) && cause.code === "rateLimited" ? (cause.details.retryAfter ?? 1) : null;
}

/** `language` is the buyer's; `what` completes "when asked to …". */
export function toUnanswered(language: string, what: string): PaymentError {
  const message = `The service did not answer when asked to ${what}. Nothing was charged; try again.`;
  const publicMessage = toBuyerMessage("temporary", language);
  return new PaymentError("serviceUnavailable", message, { retryable: true, publicMessage });
}
