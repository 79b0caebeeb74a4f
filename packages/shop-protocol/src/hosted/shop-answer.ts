import { isPaymentError, type Json, PaymentError, type Shown } from "@checkout-plugins/core";
import { parseJson } from "../body.ts";
import { readFault } from "../wire/fault.ts";
import { parseShown } from "../wire/show.ts";
import type { DoorAnswer } from "./post-to-shop.ts";

/** Where a shop's door is, and what to tell whoever must mend it. */
export interface Door {
  readonly url: string;
  /** When it cannot be reached: "Is it running?" */
  readonly unreachable: string;
  /** When it answers 404: "correct its showUrl." */
  readonly notFound: string;
  /** When it redirects: "set its showUrl to the address that answers itself." */
  readonly redirects: string;
  /** When it answers something that is not of this protocol, such as a page. */
  readonly otherAnswer: string;
}

/**
 * What the shop's door answered. 503 with Retry-After, a shop in maintenance, is no fault: the shop is not ready.
 *
 * @throws PaymentError `shopUnavailable`, retryable, that says what the shop must mend.
 */
export function toShown(answer: DoorAnswer, door: Door): Shown<Json> {
  const { status, retryAfter, url } = answer;
  if (status === 503 && retryAfter !== null) return { kind: "notReady", retryAfter };
  if (status === 200) return readShown(answer, door);
  const said = readFault(answer.body)?.message ?? "It gave no reason.";
  if (status === 401) {
    throw unavailable(`The shop refused our signature. ${said} Both sides need the same secret and the right time.`);
  }
  if (status === 404) throw unavailable(`The shop has nothing at ${url}; ${door.notFound}`);
  if (status >= 300 && status < 400) throw unavailable(`The shop redirects from ${url}; ${door.redirects}`);
  throw unavailable(`The shop answered ${status} at ${url}. ${said}`);
}

function readShown(answer: DoorAnswer, door: Door): Shown<Json> {
  try {
    return parseShown(parseJson(answer.body));
  } catch (cause) {
    if (!isPaymentError(cause)) throw cause;
    throw unavailable(`${cause.message} It came from ${answer.url}. ${door.otherAnswer}`.trimEnd(), cause);
  }
}

function unavailable(message: string, cause?: unknown): PaymentError {
  return new PaymentError("shopUnavailable", message, { retryable: true, cause });
}
