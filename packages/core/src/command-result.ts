import type { AttemptId, CommandResult, Failure, FailureCode, Payment, PaymentReference } from "./contract/index.ts";
import { refusal } from "./failure.ts";
import { hasMoney } from "./transaction-state.ts";

export interface Refused {
  readonly kind: "failed";
  readonly failure: Failure;
  readonly payment: Payment | null;
}

/** What core answers where the service was not asked, or would not. `language`: what the buyer's sentence is in. */
export function refuse(
  code: FailureCode,
  language: string,
  merchantMessage: string,
  payment: Payment | null = null,
): Refused {
  return { kind: "failed", failure: refusal(code, language, merchantMessage), payment };
}

export function refuseUnknown(reference: PaymentReference, language = "en"): Refused {
  return refuse("unknownPayment", language, `There is no payment "${reference}" in this shop.`);
}

export function refuseGivenUp(language: string, payment: Payment | null): Refused {
  const why = "This payment was given up by the shop. Start another one under a new reference.";
  return refuse("notPossibleNow", language, why, payment);
}

/** Of shops whose failed payments are not begun again. */
export function refuseFailed(language: string, payment: Payment | null): Refused {
  const why = "This payment failed and is final. Start another one under a new reference.";
  return refuse("notPossibleNow", language, why, payment);
}

/**
 * What came of an attempt that no buyer is led through (stored means, a terminal), as far as it is recorded. `said`: to the
 * merchant, where the service gives no reason.
 */
export function toAttemptResult(
  id: AttemptId,
  payment: Payment | null,
  language: string,
  said: { readonly givenBack: string; readonly noReason: string },
): CommandResult<"charge" | "terminal"> {
  const attempts = payment === null ? [] : [payment.governing, ...payment.superseded];
  const attempt = attempts.find((one) => one?.id === id);
  switch (attempt?.state) {
    case "failed": {
      const failure = attempt.failure ?? refusal("declined", language, said.noReason);
      return { kind: "failed", failure, payment };
    }
    case "voided":
      return refuse("notPossibleNow", language, said.givenBack, payment);
    default:
      return attempt != null && hasMoney(attempt.state)
        ? { kind: "successful", answer: null, payment }
        : { kind: "pending", operation: null, payment };
  }
}
