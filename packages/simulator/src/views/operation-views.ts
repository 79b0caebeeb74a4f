import { failures } from "../catalogue/failures.ts";
import { toLanguage } from "../catalogue/languages.ts";
import type {
  ChargeAttemptRow,
  CompletionRow,
  DeliveryIndicationRow,
  InvoiceRow,
  LineItemVersionRow,
  Part,
  RefundRow,
  VoidRow,
} from "../state/payment.ts";
import type { LineItem, TransactionRow } from "../state/transaction.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import { dateTime, failureReason, reference, type View, type ViewContext } from "./common.ts";
import { cardLabels } from "./label-view.ts";
import { addressView, lineItemView, taxAmountOf, taxView } from "./line-item-view.ts";
import { connectorReference } from "./method-views.ts";
import { tokenVersionView } from "./token-views.ts";
import { salesChannels, transactionView } from "./transaction-view.ts";

const lines = (items: readonly LineItem[]) => items.map(lineItemView);
const taxAmount = (items: readonly LineItem[]) => numberText(taxAmountOf(items));
const day = 86_400_000;

function transactionOf(row: Part, { world }: ViewContext): TransactionRow | undefined {
  return world.state.tables.transactions.get(row.transaction);
}

/** What completions, voids, versions, invoices and attempts have in common. */
function common(row: Part, context: ViewContext): JsonObject {
  const spaceViewId = numberText(transactionOf(row, context)?.creation.spaceViewId);
  return { ...basic(row, context), spaceViewId };
}

/** What these have in common with refunds, which name no space view. */
function basic(row: Part, context: ViewContext): JsonObject {
  return {
    id: numberText(row.id),
    linkedSpaceId: numberText(row.space),
    version: row.version,
    createdOn: dateTime(row.createdOn),
    language: transactionOf(row, context)?.content.language ?? null,
    plannedPurgeDate: dateTime(row.createdOn + 100 * day),
  };
}

const transactionReference = (row: Part, expand: Parameters<View<Part>>[1], context: ViewContext) =>
  reference(expand, "transaction", row.transaction, context.world.state.tables.transactions, transactionView, context);

export const completionView: View<CompletionRow> = (row, expand, context) => ({
  ...common(row, context),
  linkedTransaction: numberText(row.transaction),
  state: row.state,
  mode: row.mode,
  amount: numberText(row.amount),
  taxAmount: taxAmount(row.lineItems),
  lastCompletion: row.lastCompletion,
  externalId: row.externalId,
  invoiceMerchantReference: row.invoiceMerchantReference,
  statementDescriptor: row.statementDescriptor,
  metaData: { ...row.metaData },
  baseLineItems: lines(row.baseLineItems),
  lineItems: lines(row.lineItems),
  remainingLineItems: lines(row.remainingLineItems),
  lineItemVersion: reference(
    expand,
    "lineItemVersion",
    row.lineItemVersion,
    context.world.state.tables.lineItemVersions,
    lineItemVersionView,
    context,
  ),
  createdBy: numberText(row.createdBy),
  processingOn: dateTime(row.createdOn),
  succeededOn: dateTime(row.succeededOn),
  failedOn: dateTime(row.failedOn),
  nextUpdateOn: dateTime(row.nextUpdateOn),
  timeoutOn: null,
  failureReason: failureReason(expand, row.failure),
  labels: [],
  paymentInformation: null,
  processorReference: null,
  timeZone: null,
});

export const voidView: View<VoidRow> = (row, expand, context) => ({
  ...common(row, context),
  linkedTransaction: numberText(row.transaction),
  state: row.state,
  mode: row.mode,
  createdBy: numberText(row.createdBy),
  succeededOn: dateTime(row.succeededOn),
  failedOn: dateTime(row.failedOn),
  nextUpdateOn: dateTime(row.nextUpdateOn),
  timeoutOn: null,
  failureReason: failureReason(expand, row.failure),
  labels: [],
  processorReference: null,
  transaction: transactionReference(row, expand, context),
});

export const lineItemVersionView: View<LineItemVersionRow> = (row, expand, context) => ({
  ...common(row, context),
  linkedTransaction: numberText(row.transaction),
  state: row.state,
  externalId: row.externalId,
  amount: numberText(row.amount),
  taxAmount: taxAmount(row.lineItems),
  lineItems: lines(row.lineItems),
  createdBy: numberText(row.createdBy),
  processingOn: dateTime(row.createdOn),
  succeededOn: dateTime(row.createdOn),
  failedOn: null,
  nextUpdateOn: null,
  timeoutOn: null,
  failureReason: null,
  labels: [],
  transaction: transactionReference(row, expand, context),
});

/** Has no linkedTransaction: its transaction is read by expand. */
export const refundView: View<RefundRow> = (row, expand, context) => ({
  ...basic(row, context),
  state: row.state,
  type: row.type,
  amount: numberText(row.amount),
  environment: "LIVE",
  externalId: row.externalId,
  merchantReference: row.merchantReference,
  metaData: { ...row.metaData },
  completion: numberText(row.completion),
  reductions: row.reductions.map(({ lineItemUniqueId, quantityReduction, unitPriceReduction }) => ({
    lineItemUniqueId,
    quantityReduction: numberText(quantityReduction),
    unitPriceReduction: numberText(unitPriceReduction),
  })),
  baseLineItems: lines(row.baseLineItems),
  lineItems: lines(row.lineItems),
  reducedLineItems: lines(row.reducedLineItems),
  taxes: row.lineItems.flatMap(({ taxes = [] }) => taxes).map(taxView),
  createdBy: numberText(row.createdBy),
  processingOn: dateTime(row.createdOn),
  succeededOn: dateTime(row.succeededOn),
  failedOn: dateTime(row.failedOn),
  nextUpdateOn: dateTime(row.nextUpdateOn),
  timeoutOn: null,
  failureReason: failureReason(expand, row.failure),
  labels: [],
  processorReference: null,
  totalAppliedFees: 0,
  totalSettledAmount: 0,
  timeZone: null,
  updatedInvoice: numberText(row.updatedInvoice),
  transaction: transactionReference(row, expand, context),
});

export const invoiceView: View<InvoiceRow> = (row, expand, context) => ({
  ...common(row, context),
  linkedTransaction: numberText(row.transaction),
  state: row.state,
  amount: numberText(row.amount),
  outstandingAmount: numberText(row.outstandingAmount),
  taxAmount: taxAmount(row.lineItems),
  externalId: row.externalId ?? row.id,
  merchantReference: row.merchantReference,
  lineItems: lines(row.lineItems),
  billingAddress: addressView(row.billingAddress),
  environment: "LIVE",
  dueOn: dateTime(row.dueOn),
  paidOn: dateTime(row.paidOn),
  derecognizedOn: dateTime(row.derecognizedOn),
  derecognizedBy: numberText(row.derecognizedBy),
  timeZone: null,
  completion: reference(
    expand,
    "completion",
    row.completion,
    context.world.state.tables.completions,
    completionView,
    context,
  ),
});

export const deliveryIndicationView: View<DeliveryIndicationRow> = (row, expand, context) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  linkedTransaction: numberText(row.transaction),
  state: row.state,
  createdOn: dateTime(row.createdOn),
  automaticallyDecidedOn: dateTime(row.automaticallyDecidedOn),
  automaticDecisionReason: null,
  manuallyDecidedOn: dateTime(row.manuallyDecidedOn),
  manuallyDecidedBy: numberText(row.manuallyDecidedBy),
  manualDecisionTimeoutOn: dateTime(row.manualDecisionTimeoutOn),
  timeoutOn: null,
  plannedPurgeDate: dateTime(row.createdOn + 100 * day),
  completion: reference(
    expand,
    "completion",
    row.completion,
    context.world.state.tables.completions,
    completionView,
    context,
  ),
  transaction: transactionReference(row, expand, context),
});

/** The charge that an attempt belongs to; each attempt has its own. */
export const chargeView: View<ChargeAttemptRow> = (row, expand, context) => ({
  ...common(row, context),
  id: numberText(row.charge),
  state: row.state === "PROCESSING" ? "PENDING" : row.state,
  type: row.chargeType,
  failureReason: failureReason(expand, row.failure),
  userFailureMessage: userFailureMessage(row, context),
  timeoutOn: dateTime(row.timeoutOn),
  timeZone: null,
  transaction: transactionReference(row, expand, context),
});

function userFailureMessage(row: ChargeAttemptRow, context: ViewContext): string | null {
  const language = toLanguage(transactionOf(row, context)?.content.language ?? "en");
  return row.failure === null ? null : failures[row.failure].message[language];
}

export const chargeAttemptView: View<ChargeAttemptRow> = (row, expand, context) => {
  const transaction = transactionOf(row, context);
  return {
    ...common(row, context),
    linkedTransaction: numberText(row.transaction),
    state: row.state,
    environment: row.environment,
    completionBehavior: transaction?.content.completionBehavior ?? "USE_CONFIGURATION",
    customersPresence: transaction?.creation.customersPresence ?? "VIRTUAL_PRESENT",
    salesChannel: numberText(row.chargeType === "TERMINAL" ? salesChannels.terminal : salesChannels.ecommerce),
    initializingTokenVersion: false,
    succeededOn: dateTime(row.succeededOn),
    failedOn: dateTime(row.failedOn),
    timeoutOn: dateTime(row.timeoutOn),
    nextUpdateOn: null,
    redirectionUrl: null,
    userFailureMessage: userFailureMessage(row, context),
    failureReason: failureReason(expand, row.failure),
    charge: expand.one("charge", row.charge, (inner) => chargeView(row, inner, context)),
    invocation: expand.one("invocation", row.invocation, () => ({
      id: numberText(row.invocation),
      linkedSpaceId: numberText(row.space),
      transaction: numberText(row.transaction),
      stage: "AUTHORIZATION",
      createdOn: dateTime(row.createdOn),
      timeTookInMilliseconds: 0,
      version: 1,
    })),
    connectorConfiguration: connectorReference(expand, "connectorConfiguration", row.method, context),
    tokenVersion: reference(
      expand,
      "tokenVersion",
      row.tokenVersion,
      context.world.state.tables.tokenVersions,
      tokenVersionView,
      context,
    ),
    labels: row.card === null ? [] : cardLabels(row.card, expand.into("labels")),
    terminal: null,
    wallet: null,
    timeZone: null,
  };
};
