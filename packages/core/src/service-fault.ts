import { isServiceError } from "@checkout-plugins/client";
import { PaymentError, type PaymentErrorCode } from "./errors.ts";
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

/** `language` is the buyer's; `what` completes "when asked to …". */
export function toUnanswered(language: string, what: string): PaymentError {
  const message = `The service did not answer when asked to ${what}. Nothing was charged; try again.`;
  const publicMessage = toBuyerMessage("temporary", language);
  return new PaymentError("serviceUnavailable", message, { retryable: true, publicMessage });
}
