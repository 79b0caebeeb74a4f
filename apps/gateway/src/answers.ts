import type { PaymentError, PaymentErrorCode } from "@checkout-plugins/core";
import { toFault } from "@checkout-plugins/shop-protocol";

/** 4xx: the caller must change something. 500: whoever runs the gateway. 502 and 503: the service or the moment. */
const statuses: Readonly<Record<PaymentErrorCode, number>> = {
  badRequest: 400,
  keyReused: 409,
  badSignature: 401,
  unknownShop: 404,
  unknownPayment: 404,
  invalidOrder: 422,
  invalidAmount: 422,
  notConfigured: 500,
  credentials: 502,
  permission: 502,
  spaceNotFound: 502,
  serviceRefused: 502,
  unknownState: 502,
  busy: 503,
  leaseLost: 503,
  serviceUnavailable: 503,
  shopUnavailable: 503,
};

export function toErrorAnswer(error: PaymentError): Response {
  return Response.json(toFault(error), { status: statuses[error.code] });
}

/** For what nobody foresaw: the log has the cause, the caller gets none of it. */
export function toCrashAnswer(): Response {
  const error = {
    code: "internal",
    message: "The gateway failed; the cause is in its log. Try again with the same id.",
    publicMessage: "The payment could not be processed. Please try again later.",
    retryable: true,
  };
  return Response.json({ error }, { status: 500 });
}
