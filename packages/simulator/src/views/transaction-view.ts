import { failures } from "../catalogue/failures.ts";
import { toLanguage } from "../catalogue/languages.ts";
import type { TransactionGroupRow, TransactionRow } from "../state/transaction.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import { dateTime, failureReason, reference, type View } from "./common.ts";
import { addressView, lineItemView } from "./line-item-view.ts";
import { connectorReference } from "./method-views.ts";
import { terminalView } from "./terminal-views.ts";
import { tokenView } from "./token-views.ts";

/** Ids of the sales channels. */
export const salesChannels = { ecommerce: "1582816223150", terminal: "1582819151330" } as const;
const day = 86_400_000;

export const transactionView: View<TransactionRow> = (row, expand, context) => {
  const { content, creation } = row;
  const { state } = context.world;
  const isAuthorized = row.authorizedOn !== null;
  return {
    id: numberText(row.id),
    linkedSpaceId: numberText(row.space),
    version: row.version,
    state: row.state,
    currency: content.currency,
    language: content.language,
    authorizationAmount: numberText(row.authorizationAmount),
    completedAmount: numberText(row.completedAmount),
    refundedAmount: numberText(row.refundedAmount),
    totalAppliedFees: 0,
    totalSettledAmount: 0,
    merchantReference: content.merchantReference ?? null,
    invoiceMerchantReference: content.invoiceMerchantReference ?? null,
    customerId: content.customerId ?? null,
    customerEmailAddress: content.customerEmailAddress ?? null,
    customersPresence: row.terminal === null ? (creation.customersPresence ?? "VIRTUAL_PRESENT") : "PHYSICAL_PRESENT",
    autoConfirmationEnabled: creation.autoConfirmationEnabled ?? true,
    chargeRetryEnabled: creation.chargeRetryEnabled ?? true,
    emailsDisabled: creation.emailsDisabled ?? false,
    completionBehavior: content.completionBehavior ?? "USE_CONFIGURATION",
    environment: creation.environment ?? "LIVE",
    environmentSelectionStrategy: creation.environmentSelectionStrategy ?? "USE_CONFIGURATION",
    authorizationEnvironment: row.authorizationEnvironment,
    authorizationSalesChannel: isAuthorized
      ? numberText(row.terminal === null ? salesChannels.ecommerce : salesChannels.terminal)
      : null,
    allowedPaymentMethodBrands: (content.allowedPaymentMethodBrands ?? []).map(numberText),
    allowedPaymentMethodConfigurations: (content.allowedPaymentMethodConfigurations ?? []).map(numberText),
    metaData: { ...content.metaData },
    billingAddress: addressView(content.billingAddress),
    shippingAddress: addressView(content.shippingAddress),
    shippingMethod: content.shippingMethod ?? null,
    successUrl: content.successUrl ?? null,
    failedUrl: content.failedUrl ?? null,
    timeZone: content.timeZone ?? state.spaces.get(row.space)?.timeZone ?? null,
    tokenizationMode: content.tokenizationMode ?? null,
    deviceSessionIdentifier: creation.deviceSessionIdentifier ?? null,
    spaceViewId: numberText(creation.spaceViewId),
    ...dates(row),
    createdBy: numberText(row.createdBy),
    confirmedBy: numberText(row.confirmedBy),
    failureReason: failureReason(expand, row.failure),
    userFailureMessage: row.failure === null ? null : failures[row.failure].message[toLanguage(content.language)],
    group: reference(expand, "group", row.group, state.tables.groups, transactionGroupView, context),
    paymentConnectorConfiguration: connectorReference(expand, "paymentConnectorConfiguration", row.method, context),
    token: reference(expand, "token", content.token ?? null, state.tables.tokens, tokenView, context),
    parent: null,
    terminal: reference(expand, "terminal", row.terminal, state.tables.terminals, terminalView, context),
    userInterfaceType: row.userInterface,
    userAgentHeader: row.browser?.userAgent ?? null,
    acceptHeader: row.browser?.accept ?? null,
    acceptLanguageHeader: row.browser?.acceptLanguage ?? null,
    internetProtocolAddress: null,
    internetProtocolAddressCountry: null,
    javaEnabled: null,
    screenColorDepth: null,
    screenHeight: null,
    screenWidth: null,
    windowHeight: null,
    windowWidth: null,
    yearsToKeep: null,
    lineItems: content.lineItems.map(lineItemView),
  };
};

function dates(row: TransactionRow): JsonObject {
  return {
    createdOn: dateTime(row.createdOn),
    confirmedOn: dateTime(row.confirmedOn),
    processingOn: dateTime(row.processingOn),
    authorizedOn: dateTime(row.authorizedOn),
    completedOn: dateTime(row.completedOn),
    failedOn: dateTime(row.failedOn),
    deliveryDecisionMadeOn: dateTime(row.deliveryDecisionMadeOn),
    authorizationTimeoutOn: dateTime(row.authorizationTimeoutOn),
    completionTimeoutOn: dateTime(row.completionTimeoutOn),
    endOfLife: dateTime(row.endOfLife),
    plannedPurgeDate: dateTime(row.endOfLife ?? row.createdOn + 100 * day),
  };
}

export const transactionGroupView: View<TransactionGroupRow> = (row) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  version: row.version,
  state: row.state,
  beginDate: dateTime(row.beginDate),
  endDate: dateTime(row.endDate),
  customerId: row.customerId,
  plannedPurgeDate: dateTime(row.beginDate + 300_000),
});
