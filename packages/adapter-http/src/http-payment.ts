import { isPaymentError, type Json, type Payment, PaymentError, type Shown } from "@checkout-plugins/core";
import { parseJson, parseShown, readFault, type ShowMessage } from "@checkout-plugins/shop-protocol";
import type { DoorAnswer } from "./http-api.ts";

export function toShowMessage(payment: Payment, receipt: Json | null): ShowMessage {
  return { kind: "showPayment", payment, receipt };
}

/**
 * What the shop's door answered.
 *
 * @throws PaymentError `shopUnavailable`, retryable, that says what the shop must mend.
 */
export function toShown(answer: DoorAnswer): Shown<Json> {
  const { status, retryAfter } = answer;
  if (status === 503 && retryAfter !== null) return { kind: "notReady", retryAfter };
  if (status === 200) return readShown(answer);
  const said = readFault(answer.body)?.message ?? "It gave no reason.";
  if (status === 401) {
    throw unavailable(`The shop refused our signature. ${said} Both sides need the same secret and the right time.`);
  }
  if (status === 404) throw unavailable(`The shop has nothing at ${answer.url}; correct its showUrl.`);
  if (status >= 300 && status < 400) {
    throw unavailable(`The shop redirects from ${answer.url}; set its showUrl to the address that answers itself.`);
  }
  throw unavailable(`The shop answered ${status} at ${answer.url}. ${said}`);
}

function readShown(answer: DoorAnswer): Shown<Json> {
  try {
    return parseShown(parseJson(answer.body));
  } catch (cause) {
    if (!isPaymentError(cause)) throw cause;
    throw unavailable(`${cause.message} It came from ${answer.url}.`, cause);
  }
}

function unavailable(message: string, cause?: unknown): PaymentError {
  return new PaymentError("shopUnavailable", message, { retryable: true, cause });
}
