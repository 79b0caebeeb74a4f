import {
  type KeptFinding,
  type Method,
  type Money,
  type Operation,
  type Payment,
  toDecimal,
} from "@checkout-plugins/core";
import { explainFailure, explainFinding, type Language } from "@checkout-plugins/knowledge";
import { findPartners } from "./admin-partners.ts";
import { findMessages } from "./messages.ts";
import { findObstacle } from "./obstacle.ts";
import type { Provider } from "./runtime.ts";

/** What a person reads in the admin; nothing here is a secret, and nothing is for a buyer. */
export interface PaymentView {
  readonly session: string;
  readonly standing: Payment["standing"];
  readonly state: Payment["state"];
  readonly isTest: boolean;
  readonly mayShip: boolean;
  /** Why the goods must not leave now, in the administrator's language. */
  readonly obstacle: string | null;
  readonly method: string | null;
  readonly image: string | null;
  /** Whom to ask about this means of payment; null where nobody is named. */
  readonly partners: PartnersView | null;
  /** What the service has rendered by now. */
  readonly documents: readonly DocumentView[];
  readonly amount: string;
  readonly authorized: string;
  readonly completed: string;
  readonly refunded: string;
  readonly expiresOn: string | null;
  readonly review: Payment["review"];
  readonly failure: Advice | null;
  readonly attempts: readonly AttemptView[];
  readonly operations: readonly OperationView[];
  readonly findings: readonly FindingView[];
}

/** What happened, what to do and whom to call, in the administrator's language. */
export interface Advice {
  readonly happened: string;
  readonly todo: string;
  readonly call: string;
}

interface AttemptView {
  readonly transaction: string | null;
  readonly state: Payment["state"];
  readonly amount: string;
  /** In the back office. */
  readonly url: string | null;
  readonly governs: boolean;
}

interface OperationView {
  readonly key: string;
  readonly kind: Operation["kind"];
  readonly origin: Operation["origin"];
  readonly state: Operation["state"];
  readonly amount: string | null;
  readonly why: string | null;
}

export interface PartnersView {
  /** Which of several it is. */
  readonly note: string;
  readonly named: readonly PartnerView[];
}

/** An acceptance partner, and how to reach it. */
export interface PartnerView {
  readonly name: string;
  readonly contacts: readonly { readonly text: string; readonly url: string }[];
}

export interface DocumentView {
  readonly kind: "invoice" | "packingSlip" | "refund";
  /** After `/documents/`: `invoice`, `packingSlip`, or `refund-` with its key. */
  readonly path: string;
  readonly amount: string | null;
}

export interface FindingView extends Advice {
  /** It was settled since: stays to be read at its order. */
  readonly isResolved: boolean;
  readonly kind: KeptFinding["kind"];
  readonly since: string;
  readonly amount: string | null;
}

export interface ViewSource {
  readonly payment: Payment;
  readonly findings: readonly KeptFinding[];
  readonly provider: Provider;
  readonly language: Language;
  /** Of the space, with their pictures. */
  readonly methods: readonly Method[];
}

export function toPaymentView({ payment, findings, provider, language, methods }: ViewSource): PaymentView {
  const { governing, superseded, failure } = payment;
  const attempts = governing === null ? superseded : [governing, ...superseded];
  const obstacle = findObstacle(payment);
  return {
    session: payment.reference,
    standing: payment.standing,
    state: payment.state,
    isTest: payment.environment === "test",
    mayShip: payment.mayShip,
    obstacle: obstacle === null ? null : findMessages(language).mustNotShip[obstacle],
    method: payment.method?.name ?? null,
    image: methods.find(({ id }) => id === payment.method?.id)?.image ?? null,
    partners: findPartners(payment.method, language),
    documents: toDocuments(payment),
    amount: toText(payment.amount),
    authorized: toText(payment.authorized),
    completed: toText(payment.completed),
    refunded: toText(payment.refunded),
    expiresOn: payment.expiresOn,
    review: payment.review,
    failure: failure === null ? null : toAdvice(explainFailure(failure.code, language)),
    attempts: attempts.map((attempt) => ({
      transaction: attempt.transaction,
      state: attempt.state,
      amount: toText(attempt.amount),
      url: attempt.transaction === null ? null : toBackOfficeUrl(provider, attempt.transaction),
      governs: attempt === governing,
    })),
    operations: payment.operations.map(({ key, kind, origin, state, amount, failure }) => ({
      key,
      kind,
      origin,
      state,
      amount: amount === null ? null : toText(amount),
      why: failure?.merchantMessage ?? null,
    })),
    findings: findings.filter((one) => one.payment === payment.id).map((finding) => toFindingView(finding, language)),
  };
}

export function toFindingView({ kind, since, amount, resolvedOn }: KeptFinding, language: Language): FindingView {
  const advice = toAdvice(explainFinding(kind, language));
  return { kind, since, amount: amount === null ? null : toText(amount), isResolved: resolvedOn !== null, ...advice };
}

function toDocuments({ state, operations }: Payment): readonly DocumentView[] {
  const isTaken = state === "completed" || state === "fulfilled" || state === "declined";
  const refunds = operations.filter((one) => one.kind === "refund" && one.state === "successful");
  return [
    ...(isTaken ? [{ kind: "invoice", path: "invoice", amount: null } as const] : []),
    ...(state === "fulfilled" ? [{ kind: "packingSlip", path: "packingSlip", amount: null } as const] : []),
    ...refunds.map(({ key, amount }) => ({
      kind: "refund" as const,
      path: `refund-${key}`,
      amount: amount === null ? null : toText(amount),
    })),
  ];
}

function toAdvice(explanation: ReturnType<typeof explainFinding>): Advice {
  const { whatHappened, whatToDo, whomToCall } = explanation;
  return { happened: whatHappened, todo: whatToDo, call: whomToCall };
}

function toBackOfficeUrl({ settings }: Provider, transaction: string): string {
  const origin = settings.serviceUrl ?? "https://checkout.postfinance.ch";
  return `${origin}/s/${settings.spaceId}/payment/transaction/view/${transaction}`;
}

function toText(amount: Money): string {
  return `${amount.currency} ${toDecimal(amount)}`;
}
