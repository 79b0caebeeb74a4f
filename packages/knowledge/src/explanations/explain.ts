import type { Language } from "../language.ts";
import { callTargets } from "./call-targets.ts";
import type { Explanation, ExplanationTexts } from "./explanation.ts";
import { type PaymentFailureCode, paymentFailures } from "./failures-of-the-payment.ts";
import { type RequestFailureCode, requestFailures } from "./failures-of-the-request.ts";
import { type PaymentFindingKind, paymentFindings } from "./findings-of-the-payment.ts";
import { type ShopFindingKind, shopFindings } from "./findings-of-the-shop.ts";
import { type ServiceStatus, serviceStatuses } from "./statuses.ts";

/** The kinds of finding that core knows; a test compares both lists. */
export type FindingKind = PaymentFindingKind | ShopFindingKind;
/** The failure codes that core knows; a test compares both lists. */
export type FailureCode = PaymentFailureCode | RequestFailureCode;

export const findings: Readonly<Record<FindingKind, ExplanationTexts>> = { ...paymentFindings, ...shopFindings };
export const failures: Readonly<Record<FailureCode, ExplanationTexts>> = { ...paymentFailures, ...requestFailures };

function toExplanation({ happened, todo, call }: ExplanationTexts, language: Language): Explanation {
  return { whatHappened: happened[language], whatToDo: todo[language], whomToCall: callTargets[call][language], call };
}

/** What a finding means for the owner. */
export function explainFinding(kind: FindingKind, language: Language): Explanation {
  return toExplanation(findings[kind], language);
}

/** What a failure means for the owner; the buyer's message is core's. */
export function explainFailure(code: FailureCode, language: Language): Explanation {
  return toExplanation(failures[code], language);
}

export function isServiceStatus(status: number): status is ServiceStatus {
  return Object.hasOwn(serviceStatuses, status);
}

/** What an HTTP status of the web service means for the owner; undefined for one that is not explained here. */
export function explainStatus(status: number, language: Language): Explanation | undefined {
  return isServiceStatus(status) ? toExplanation(serviceStatuses[status], language) : undefined;
}
