import type { Random } from "./random.ts";

/**
 * How this history's service behaves where its documentation leaves it open. Core must keep its promise with every one
 * of these; the names are those of the simulator's switches.
 */
export interface Answers {
  /** Which versions a write may name: not lower than the last, or exactly the last. */
  readonly versionCheck: "lenient" | "strict";
  /** Creating answers version 1, or already 2. */
  readonly versionNumbers: "counting" | "echoed";
  /** Is a refund's transaction told in the answer to its creation? */
  readonly refundTransaction: "told" | "null";
  readonly outsidePending: 422 | 409;
  readonly outsideAuthorized: 422 | 409;
  readonly webhookSignature: "signed" | "unsigned";
  /** What becomes of a transaction that nobody pays. */
  readonly unpaid: "expires" | "stays";
  readonly abort: "fails" | "staysOpen";
  readonly processingStarts: "onSubmit" | "onOpening";
  readonly delivery: "suitable" | "manualCheck" | "notSuitable";
  readonly deliveryDecided: "atAuthorization" | "atCompletion";
  /** Are completions, voids and refunds final when they are answered? */
  readonly operations: "atOnce" | "later";
  /** A refund while another one of the transaction is open. */
  readonly secondRefund: "refused" | "accepted";
  readonly whileInProgress: 422 | 409;
  /** What becomes of goods about which nobody decides in time. */
  readonly manualDecision: "suitable" | "notSuitable";
  /** Does a 429 say when to come back? */
  readonly retryAfter: "sent" | "omitted";
  /** The chance that an operation fails. */
  readonly failures: number;
}

/** `more`: the chance of the questions that were asked later, apart, so that an older history stays what it was. */
export function chooseAnswers(random: Random, more: Random | null): Answers {
  const either = <T>(one: T, other: T): T => (random.chance(0.5) ? one : other);
  const later = <T>(one: T, other: T): T => (more?.chance(0.5) ? other : one);
  return {
    versionCheck: either("lenient", "strict"),
    versionNumbers: either("counting", "echoed"),
    refundTransaction: either("told", "null"),
    outsidePending: either(422, 409),
    outsideAuthorized: either(422, 409),
    webhookSignature: random.chance(0.8) ? "signed" : "unsigned",
    unpaid: either("expires", "stays"),
    abort: either("fails", "staysOpen"),
    processingStarts: either("onSubmit", "onOpening"),
    delivery: random.pick(["suitable", "suitable", "suitable", "manualCheck", "notSuitable"] as const),
    deliveryDecided: either("atAuthorization", "atCompletion"),
    operations: either("atOnce", "later"),
    secondRefund: either("refused", "accepted"),
    failures: either(0, 0.25),
    whileInProgress: later(422, 409),
    manualDecision: later("suitable", "notSuitable"),
    retryAfter: later("omitted", "sent"),
  };
}
