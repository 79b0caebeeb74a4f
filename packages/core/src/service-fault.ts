import { isServiceError } from "@checkout-plugins/client";
import { PaymentError, type PaymentErrorCode } from "./errors.ts";

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
